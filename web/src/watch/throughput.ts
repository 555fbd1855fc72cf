/** How fast this network is, from what it already carried: media requests of a useful size. */
const USEFUL_BYTES = 60_000;
const WEIGHT_OF_NEW = 0.3;
const KEPT = 'throughputBps';

let bps: number | undefined = Number(localStorage.getItem(KEPT)) || undefined;

function learn(entry: PerformanceResourceTiming): void {
  if (entry.transferSize < USEFUL_BYTES || entry.responseStart === 0) return;
  const tookMs = entry.responseEnd - entry.responseStart;
  if (tookMs < 1) return;
  const seen = (entry.transferSize * 8000) / tookMs;
  bps = bps === undefined ? seen : bps * (1 - WEIGHT_OF_NEW) + seen * WEIGHT_OF_NEW;
  localStorage.setItem(KEPT, String(Math.round(bps)));
}

new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) learn(entry as PerformanceResourceTiming);
}).observe({ type: 'resource', buffered: true });

/** Bits per second as measured, also on earlier visits; undefined when nothing was measured yet: the first frame comes first. */
export function throughputBps(): number | undefined {
  return bps;
}
