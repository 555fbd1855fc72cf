/** One series as bars: title left, total right, the first and the last under the axis. */
import type { Bar } from './bars.ts';

/** Height of the drawing's box; it is stretched to the width there is. */
const HEIGHT = 100;
const STEP = 10;
const LEAST = 2;

interface BarChartProps {
  title: string;
  total: string;
  /** What the whole says, for those who do not see it. */
  words: string;
  bars: readonly Bar[];
  /** Value of a full bar. */
  full: number;
  from: string;
  to: string;
  /** Which bars the page is about; the others are glass. */
  isLit: (place: number) => boolean;
  note?: string | undefined;
}

/** The chart. A bar that may not be told is a hatched stub. */
export function BarChart({ title, total, words, bars, full, from, to, isLit, note }: BarChartProps) {
  const heightOf = (value: number | null): number =>
    value === null ? LEAST * 2 : Math.max(LEAST, (HEIGHT * value) / Math.max(1, full));
  return (
    <section className="insight-chart card" aria-label={words}>
      <header>
        <h2 className="t-sub">{title}</h2>
        <b className="num">{total}</b>
      </header>
      <svg viewBox={`0 0 ${STEP * bars.length} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {bars.map(({ key, value }, place) => (
          <rect
            key={key}
            className={value === null ? 'is-untold' : isLit(place) ? 'is-lit' : undefined}
            x={place * STEP + STEP * 0.06}
            width={STEP * 0.88}
            y={HEIGHT - heightOf(value)}
            height={heightOf(value)}
            rx={1.2}
          />
        ))}
      </svg>
      <p className="insight-axis t-micro ink3 num">
        <span>{from}</span>
        <span>{to}</span>
      </p>
      {note !== undefined && <p className="t-small ink2">{note}</p>}
    </section>
  );
}
