/** Whether the viewer lets this device have a profile: for those who ask nothing else of its memory. */
import { createStore, get } from 'idb-keyval';
import type { Wishes } from './memory.ts';

const store = createStore('vitrine-taste', 'taste');

/** True until the viewer has said otherwise. */
export async function wantsProfile(): Promise<boolean> {
  const wishes = await get<Partial<Wishes>>('wishes', store).catch(() => undefined);
  return wishes?.mode !== 'noProfile' && wishes?.isLearning !== false;
}
