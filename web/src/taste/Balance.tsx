/** A slider with two ends, filled from the middle; the chosen side's word is the brighter one. */
const MOST = 3;

/** -3 to 3, whole steps. */
export function Balance({
  low,
  high,
  value,
  onChange,
}: {
  low: string;
  high: string;
  value: number;
  onChange: (value: number) => void;
}) {
  const share = 50 + (value / MOST) * 50;
  const style = { '--from': `${Math.min(50, share)}%`, '--to': `${Math.max(50, share)}%` } as Record<string, string>;
  return (
    <label className="balance">
      <span className="balance-ends t-small">
        <span className={value < 0 ? 'is-chosen' : ''}>{low}</span>
        <span className={value > 0 ? 'is-chosen' : ''}>{high}</span>
      </span>
      <input
        type="range"
        className="balance-track"
        aria-label={`${low}, ${high}`}
        min={-MOST}
        max={MOST}
        step={1}
        value={value}
        style={style}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
      />
    </label>
  );
}
