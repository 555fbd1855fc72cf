/** Faces, badges, progress and the shapes of what is still loading. */
import type { Person } from '@vitrine/schema';
import './avatar.css';

/** An account's picture; without one, its first letter on a ground made from its handle. */
export function Avatar({
  person,
  sizePx = 34,
}: {
  person: Pick<Person, 'handle' | 'name' | 'avatarUrl'>;
  sizePx?: number;
}) {
  const style = { inlineSize: `${sizePx}px`, blockSize: `${sizePx}px` };
  if (person.avatarUrl !== null) {
    return (
      <img
        className="avatar"
        style={style}
        src={person.avatarUrl}
        alt=""
        width={sizePx}
        height={sizePx}
        loading="lazy"
        decoding="async"
      />
    );
  }
  const letter = (person.name || person.handle).slice(0, 1).toUpperCase();
  return (
    <span
      className={`avatar avatar-letter avatar-tone${tone(person.handle)}`}
      style={{ ...style, fontSize: `${Math.round(sizePx * 0.44)}px` }}
      aria-hidden="true"
    >
      {letter}
    </span>
  );
}

const TONES = 5;
function tone(handle: string): number {
  let sum = 0;
  for (const char of handle) sum = (sum * 31 + char.charCodeAt(0)) % 997;
  return sum % TONES;
}

/** A small count on an icon. Nothing at zero. */
export function Badge({ count, label }: { count: number; label?: string }) {
  if (count <= 0) return null;
  return (
    <span className="badge num" aria-label={label}>
      {count > 99 ? '99+' : count}
    </span>
  );
}

/** Progress in words and a bar; `share` from 0 to 1. `isPaused` turns the bar grey. */
export function Progress({
  label,
  words,
  share,
  isPaused = false,
}: {
  label: string;
  words?: string | undefined;
  share: number;
  isPaused?: boolean;
}) {
  return (
    <div className="progress">
      <div className="progress-words">
        <span className="t-small progress-label" dir="auto">
          {label}
        </span>
        {words !== undefined && <span className="t-small ink2 num">{words}</span>}
      </div>
      <div
        className="progress-track"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
      >
        <span
          className={isPaused ? 'progress-bar progress-paused' : 'progress-bar'}
          style={{ transform: `scaleX(${Math.min(1, Math.max(0, share))})` }}
        />
      </div>
    </div>
  );
}
