/** What tastes does now and then. */
import type { Sweep } from '../platform/sweeps.ts';
import type { SealedTasteStore } from './store.ts';

const FORGET_EVERY_MS = 3_600_000;

/** Its sweep. */
export function sealedTasteSweeps({ sealedTastes }: { sealedTastes: SealedTasteStore }): Sweep[] {
  return [{ name: 'sealed tastes', everyMs: FORGET_EVERY_MS, run: () => sealedTastes.forgetOld() }];
}
