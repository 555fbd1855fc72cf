/** How fast this network is, from what it already carried to this browser. */
import { withTransfer } from './measured-speed.ts';

const KEPT = 'throughputBps';

let bps: number | undefined = Number(localStorage.getItem(KEPT)) || undefined;

function learn(entry: PerformanceResourceTiming): void {
  // What an element reads by itself comes as fast as it is played, not as fast as the network could bring it.
  if (entry.initiatorType === 'video' || entry.initiatorType === 'audio' || entry.responseStart === 0) return;
  bps = withTransfer(bps, { bytes: entry.transferSize, tookMs: entry.responseEnd - entry.responseStart });
  if (bps !== undefined) localStorage.setItem(KEPT, String(Math.round(bps)));
}

new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) learn(entry as PerformanceResourceTiming);
}).observe({ type: 'resource', buffered: true });

/** Bits per second as measured, also on earlier visits; undefined when nothing was measured yet: the first frame comes first. */
export function throughputBps(): number | undefined {
  return bps;
}
