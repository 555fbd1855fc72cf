/** Keeps the studio's drafts in this browser: every change is here first, then on the server. */
import { createStore, del, set, values } from 'idb-keyval';
import type { StudioDraft } from './draft.ts';

const store = createStore('vitrine-studio', 'drafts');

/** Every draft that is kept, newest change first. */
export async function keptStudioDrafts(): Promise<StudioDraft[]> {
  const drafts = await values<StudioDraft>(store).catch(() => []);
  return drafts.sort((one, other) => other.changedAt.localeCompare(one.changedAt));
}

/** Writes a draft as it is now. */
export async function keepStudioDraft(draft: StudioDraft): Promise<void> {
  await set(draft.key, draft, store).catch(() => undefined);
}

/** Forgets a draft here. */
export async function forgetStudioDraft(key: string): Promise<void> {
  await del(key, store).catch(() => undefined);
}
