/** The mark (two panes, one lamp) and the word beside it. */
import './logo.css';

/** The mark alone. The panes take the colour of the text around it. */
export function Mark({ sizePx = 28 }: { sizePx?: number }) {
  return (
    <svg className="mark" width={sizePx} height={sizePx} viewBox="0 0 48 48" aria-hidden="true">
      <g opacity="0.44" fill="currentColor" stroke="currentColor" strokeWidth="3" strokeLinejoin="round">
        <path d="M42 7H29L17.5 41h13z" />
      </g>
      <g opacity="0.94" fill="currentColor" stroke="currentColor" strokeWidth="3" strokeLinejoin="round">
        <path d="M6 7h13l11.5 34h-13z" />
      </g>
      <path
        className="mark-lamp"
        fill="#FFA566"
        d="M24 17.1 31.92 40.52A1.5 1.5 0 0 1 30.5 42.5H17.5A1.5 1.5 0 0 1 16.08 40.52z"
      />
    </svg>
  );
}

/** Mark and word. */
export function Logo({ sizePx = 28 }: { sizePx?: number }) {
  return (
    <span className="logo" dir="ltr">
      <Mark sizePx={sizePx} />
      <span className="logo-word">Vitrine</span>
    </span>
  );
}
