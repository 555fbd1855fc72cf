/** SHA-256 of a file while it is being sent: read in slices, so that the page stays quick and memory small. */
import { sha256 } from '@noble/hashes/sha2.js';

const SLICE_BYTES = 4 * 1024 * 1024;

async function hashOf(file: Blob): Promise<string> {
  const hash = sha256.create();
  for (let start = 0; start < file.size; start += SLICE_BYTES) {
    hash.update(new Uint8Array(await file.slice(start, start + SLICE_BYTES).arrayBuffer()));
  }
  return Array.from(hash.digest(), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

addEventListener('message', (event: MessageEvent<Blob>) => {
  hashOf(event.data).then(
    (hex) => postMessage({ hex }),
    () => postMessage({ hex: undefined }),
  );
});
