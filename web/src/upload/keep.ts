/** Keeps drafts and their files in this browser, so that a reload, a crash or a lost network costs nothing. */
import { createStore, del, get, keys, set } from 'idb-keyval';
import type { Draft } from './draft.ts';

/** Larger files are not copied into the browser's store: after a reload the person chooses them again. */
const LARGEST_KEPT_BYTES = 1_000_000_000;

const store = createStore('vitrine-drafts', 'drafts');
const DRAFT = 'draft:';
const FILE = 'file:';

/** Every draft that is kept, oldest first. */
export async function keptDrafts(): Promise<Draft[]> {
  const names = (await keys<string>(store)).filter((name) => name.startsWith(DRAFT));
  const drafts = await Promise.all(names.map((name) => get<Draft>(name, store)));
  return drafts.filter((draft) => draft !== undefined).sort((one, other) => (one.begunMs ?? 0) - (other.begunMs ?? 0));
}

/** Writes a draft as it is now. */
export async function keepDraft(draft: Draft): Promise<void> {
  await set(DRAFT + draft.key, draft, store);
}

/** Copies the file where there is room for it; a browser that refuses keeps the draft without it. */
export async function keepFile(key: string, file: Blob): Promise<void> {
  if (file.size > LARGEST_KEPT_BYTES) return;
  await set(FILE + key, file, store).catch(() => undefined);
}

/** The kept file of a draft. */
export async function keptFile(key: string): Promise<Blob | undefined> {
  const file = await get<Blob>(FILE + key, store).catch(() => undefined);
  return file && (await isReadable(file)) ? file : undefined;
}

/** A kept file whose disk copy is gone cannot be read any more. */
async function isReadable(file: Blob): Promise<boolean> {
  return file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
}

/** Forgets a draft and its file. */
export async function forget(key: string): Promise<void> {
  await Promise.all([del(DRAFT + key, store), del(FILE + key, store)]);
}
