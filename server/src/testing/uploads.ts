/** Sends files to a test region as a tus client would, and waits for what becomes of them. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Post, Upload } from '@vitrine/schema';

/** A server that can be called. */
export interface Callable {
  url: string;
}

const TUS = { 'tus-resumable': '1.0.0' };

/** Metadata as tus writes it. */
export function tusMetadata(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',');
}

/** Opens an upload; answers with the raw response. */
export function openUpload(
  region: Callable,
  token: string,
  order: { sizeBytes: number; metadata?: Record<string, string>; headers?: Record<string, string> },
): Promise<Response> {
  return fetch(`${region.url}/api/v1/uploads`, {
    method: 'POST',
    headers: {
      ...TUS,
      authorization: `Bearer ${token}`,
      'upload-length': String(order.sizeBytes),
      ...(order.metadata ? { 'upload-metadata': tusMetadata(order.metadata) } : {}),
      ...order.headers,
    },
  });
}

/** Appends bytes at an offset; answers with the raw response. */
export function sendChunk(
  region: Callable,
  token: string,
  chunk: { id: string; offset: number; bytes: Uint8Array },
): Promise<Response> {
  return fetch(`${region.url}/api/v1/uploads/${chunk.id}`, {
    method: 'PATCH',
    headers: {
      ...TUS,
      authorization: `Bearer ${token}`,
      'upload-offset': String(chunk.offset),
      'content-type': 'application/offset+octet-stream',
    },
    body: new Uint8Array(chunk.bytes),
  });
}

/** Asks for the offset of an upload. */
export async function askOffset(region: Callable, token: string, id: string): Promise<number> {
  const answer = await fetch(`${region.url}/api/v1/uploads/${id}`, {
    method: 'HEAD',
    headers: { ...TUS, authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new Error(`HEAD of an upload: ${answer.status}`);
  return Number(answer.headers.get('upload-offset'));
}

/** The id in the Location of an opened upload. */
export function idOf(opened: Response): string {
  const id = opened.headers.get('location')?.split('/').at(-1);
  if (!id) throw new Error(`an upload was not opened: ${opened.status}`);
  return id;
}

/** Sends a whole file; answers with the upload's id. */
export async function sendUpload(
  region: Callable,
  token: string,
  bytes: Uint8Array,
  metadata: Record<string, string> = {},
): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const opened = await openUpload(region, token, {
    sizeBytes: bytes.length,
    metadata: { filename: 'clip.mp4', sha256, ...metadata },
  });
  if (opened.status !== 201) throw new Error(`an upload was not opened: ${opened.status} ${await opened.text()}`);
  const id = idOf(opened);
  const sent = await sendChunk(region, token, { id, offset: 0, bytes });
  if (sent.status !== 204) throw new Error(`a chunk was not taken: ${sent.status} ${await sent.text()}`);
  return id;
}

const PATIENCE_MS = 60_000;
const POLL_MS = 50;

/** Asks again and again until the answer is the one that is waited for. */
export async function waitFor<T>(ask: () => Promise<T>, isDone: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await ask();
    if (isDone(value)) return value;
    if (Date.now() > deadline) throw new Error(`still waiting: ${JSON.stringify(value)}`);
    await sleep(POLL_MS);
  }
}

/** A JSON answer of the server. */
export async function getJson<T>(region: Callable, token: string, path: string): Promise<T> {
  const answer = await fetch(region.url + path, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Waits until a post is no longer being processed. */
export function waitForPost(region: Callable, token: string, id: string): Promise<Post> {
  return waitFor(
    () => getJson<Post>(region, token, `/api/v1/posts/${id}`),
    (post) => post.state !== 'processing',
  );
}

/** Waits until a post has all its renditions. */
export function waitForAllRenditions(region: Callable, token: string, id: string): Promise<Post> {
  return waitFor(
    () => getJson<Post>(region, token, `/api/v1/posts/${id}`),
    (post) =>
      post.state === 'failed' ||
      (post.encoding ?? []).every((step) => step.state === 'done' || step.state === 'failed'),
  );
}

/** Waits until an upload is ready or failed. */
export function waitForUpload(region: Callable, token: string, id: string): Promise<Upload> {
  return waitFor(
    () => getJson<Upload>(region, token, `/api/v1/uploads/${id}`),
    (upload) => upload.state === 'ready' || upload.state === 'failed',
  );
}
