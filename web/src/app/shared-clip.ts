/** A clip that another app shared into this one, kept in the browser (IndexedDB) until the page for new posts takes it. */

/** The file and the words that came with it. */
interface SharedClip {
  file: File;
  text: string;
}
const DATABASE = 'shared-clip';
const STORE = 'clips';
const KEY = 'newest';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE));
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () =>
      reject(new Error('the browser refused its own storage', { cause: request.error })),
    );
  });
}

async function within<Answer>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<Answer>,
): Promise<Answer> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.addEventListener('complete', () => resolve(request.result));
      transaction.addEventListener('abort', () =>
        reject(new Error('the clip could not be kept', { cause: transaction.error })),
      );
    });
  } finally {
    database.close();
  }
}

/** Lays a clip aside; a newer one takes its place. */
export async function keepSharedClip(clip: SharedClip): Promise<void> {
  await within('readwrite', (store) => store.put(clip, KEY));
}

/** Takes the clip out, if there is one. */
export async function takeSharedClip(): Promise<SharedClip | undefined> {
  const clip = (await within('readonly', (store) => store.get(KEY))) as SharedClip | undefined;
  if (clip !== undefined) await within('readwrite', (store) => store.delete(KEY));
  return clip;
}
