/** How fast this network is, from what it already carried: media requests of a useful size. */
import { connection } from './prefs.ts';

const USEFUL_BYTES = 60_000;
const WEIGHT_OF_NEW = 0.3;
const KEPT = 'throughputBps';

let bps: number | undefined = Number(sessionStorage.getItem(KEPT)) || undefined;

function learn(entry: PerformanceResourceTiming): void {
  if (entry.transferSize < USEFUL_BYTES || entry.responseStart === 0) return;
  const tookMs = entry.responseEnd - entry.responseStart;
  if (tookMs < 1) return;
  const seen = (entry.transferSize * 8000) / tookMs;
  bps = bps === undefined ? seen : bps * (1 - WEIGHT_OF_NEW) + seen * WEIGHT_OF_NEW;
  sessionStorage.setItem(KEPT, String(Math.round(bps)));
}

new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) learn(entry as PerformanceResourceTiming);
}).observe({ type: 'resource', buffered: true });

/** Bits per second; the browser's own guess until something was measured; undefined when nobody knows. */
export function throughputBps(): number | undefined {
  const guess = connection().downlink;
  return bps ?? (guess === undefined ? undefined : guess * 1_000_000);
}
