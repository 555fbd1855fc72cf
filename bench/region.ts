/** A region with something to show, for benches: the real server, an account, posts made through the API. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Post } from '@vitrine/schema';
import { startServer, type RunningServer } from '@vitrine/e2e';

/** The server and who is signed in. */
export interface BenchRegion extends RunningServer {
  token: string;
  handle: string;
  /** Uploads a file whole; gives the upload's id. Resolves when the server has acknowledged every byte. */
  upload(path: string): Promise<string>;
  /** Makes a post of an upload; gives the post's id at once. */
  publish(uploadId: string, text?: string): Promise<string>;
  /** Waits until the post is playable, or has all of its renditions. */
  untilPlayable(postId: string, until?: 'first' | 'all'): Promise<Post>;
}

/** Where to send and as whom. */
interface Access {
  url: string;
  authorization: string;
}

const POLL_MS = 25;
const GIVE_UP_MS = 300_000;
const HANDLE = 'bench.person';
const NO_LIMITS = {
  LOG_LEVEL: 'error',
  RATE_LIMIT_FACTOR: '1000',
  MAX_UPLOADS_PER_HOUR: '100000',
  MAX_SIGNUPS_PER_HOUR: '1000',
};

/** Starts one with an account; with a data folder, the one that is already there. */
export async function startBenchRegion(
  settings: Record<string, string> = {},
  dataFolder?: string,
): Promise<BenchRegion> {
  const needs = { settings: { ...NO_LIMITS, ...settings } };
  const server = await startServer(dataFolder === undefined ? needs : { ...needs, dataFolder });
  const token = await signIn(server.url);
  const access = { url: server.url, authorization: `Bearer ${token}` };
  return {
    ...server,
    token,
    handle: HANDLE,
    upload: (path) => upload(access, path),
    publish: (uploadId, text = 'A clip for a bench') => publish(access, uploadId, text),
    untilPlayable: (postId, until = 'first') => untilPlayable(access, postId, until),
  };
}

async function signIn(url: string): Promise<string> {
  const body = JSON.stringify({ handle: HANDLE, password: 'a password for benches', bearer: true });
  const send = (path: string) =>
    fetch(url + path, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  const made = await send('/api/v1/accounts');
  const signedIn = made.status === 201 ? made : await send('/api/v1/sessions');
  return ((await signedIn.json()) as { token: string }).token;
}

async function upload({ url, authorization }: Access, path: string): Promise<string> {
  const bytes = await readFile(path);
  const tus = { authorization, 'tus-resumable': '1.0.0' };
  const metadata = `filename ${Buffer.from(basename(path)).toString('base64')}`;
  const address = `${url}/api/v1/uploads`;
  const created = await fetch(address, {
    method: 'POST',
    headers: { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': metadata },
  });
  const location = created.headers.get('location');
  if (!location) throw new Error(`an upload was not created: ${created.status} ${await created.text()}`);
  const headers = { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
  const sent = await fetch(new URL(location, address), { method: 'PATCH', headers, body: bytes });
  if (sent.status !== 204) throw new Error(`bytes were not taken: ${sent.status} ${await sent.text()}`);
  return location.split('/').at(-1) ?? '';
}

async function publish({ url, authorization }: Access, uploadId: string, text: string): Promise<string> {
  const headers = { authorization, 'content-type': 'application/json', 'idempotency-key': uploadId };
  const answer = await fetch(`${url}/api/v1/posts`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ uploadId, text }),
  });
  if (answer.status !== 202) throw new Error(`not published: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

async function untilPlayable({ url, authorization }: Access, postId: string, until: 'first' | 'all'): Promise<Post> {
  const giveUpAt = performance.now() + GIVE_UP_MS;
  while (performance.now() < giveUpAt) {
    const post = (await (await fetch(`${url}/api/v1/posts/${postId}`, { headers: { authorization } })).json()) as Post;
    if (post.problem) throw new Error(`the clip was refused: ${post.problem.detail}`);
    const hasAll = post.encoding === undefined || post.encoding.every((step) => step.state === 'done');
    if (post.state === 'published' && post.renditions.length > 0 && (until === 'first' || hasAll)) return post;
    await delay(POLL_MS);
  }
  throw new Error(`post ${postId} did not become playable`);
}
