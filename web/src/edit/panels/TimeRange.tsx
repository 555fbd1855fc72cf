/** A slider with two ends: from when to when something is seen. */
import { t } from '../../words/words.ts';
import type { Span } from '../pieces.ts';
import { fineClock } from '../words.ts';

const SHORTEST_MS = 200;
const STEP_MS = 100;

/** Both ends are native sliders, so that keys and screen readers know them. */
export function TimeRange({
  label,
  span,
  durationMs,
  onSpan,
  onEnd,
}: {
  label: string;
  span: Span;
  durationMs: number;
  onSpan: (span: Span) => void;
  onEnd: () => void;
}) {
  const max = Math.max(durationMs, span.toMs);
  const share = (ms: number): string => `${(ms / Math.max(1, max)) * 100}%`;
  return (
    <div
      className="time-range"
      role="group"
      aria-label={label}
      dir="ltr"
      style={{ '--from': share(span.fromMs), '--to': share(span.toMs) } as Record<string, string>}
    >
      <input
        type="range"
        aria-label={t('edit.from')}
        aria-valuetext={fineClock(span.fromMs)}
        min={0}
        max={max}
        step={STEP_MS}
        value={span.fromMs}
        onInput={(event) =>
          onSpan({ fromMs: Math.min(Number(event.currentTarget.value), span.toMs - SHORTEST_MS), toMs: span.toMs })
        }
        onChange={onEnd}
      />
      <input
        type="range"
        aria-label={t('edit.to')}
        aria-valuetext={fineClock(span.toMs)}
        min={0}
        max={max}
        step={STEP_MS}
        value={span.toMs}
        onInput={(event) =>
          onSpan({ fromMs: span.fromMs, toMs: Math.max(Number(event.currentTarget.value), span.fromMs + SHORTEST_MS) })
        }
        onChange={onEnd}
      />
    </div>
  );
}
