/** A region with something to show, for benches: the real server, an account, posts made through the API. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startServer, type RunningServer } from '../e2e/server.ts';
import type { Post } from '@vitrine/schema';

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
  get<Answer>(path: string): Promise<Answer>;
}

const POLL_MS = 25;
const GIVE_UP_MS = 300_000;

/** Starts one with an account `bench`. */
export async function startBenchRegion(
  settings: Record<string, string> = {},
  dataFolder?: string,
): Promise<BenchRegion> {
  const needs = {
    settings: { LOG_LEVEL: 'error', RATE_LIMIT_FACTOR: '1000', MAX_UPLOADS_PER_HOUR: '100000', ...settings },
  };
  const server = await startServer(dataFolder === undefined ? needs : { ...needs, dataFolder });
  const handle = 'bench.person';
  const credentials = { handle, password: 'a password for benches', bearer: true };
  const made = await send(server.url, '/api/v1/accounts', { body: JSON.stringify(credentials) });
  const signedIn =
    made.status === 201 ? made : await send(server.url, '/api/v1/sessions', { body: JSON.stringify(credentials) });
  const { token } = (await signedIn.json()) as { token: string };
  const authorized = { authorization: `Bearer ${token}` };

  async function get<Answer>(path: string): Promise<Answer> {
    const answer = await fetch(server.url + path, { headers: authorized });
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }

  return {
    ...server,
    token,
    handle,
    get,
    async upload(path) {
      const bytes = await readFile(path);
      const metadata = `filename ${Buffer.from(basename(path)).toString('base64')}`;
      const created = await fetch(`${server.url}/api/v1/uploads`, {
        method: 'POST',
        headers: {
          ...authorized,
          'tus-resumable': '1.0.0',
          'upload-length': String(bytes.length),
          'upload-metadata': metadata,
        },
      });
      const location = created.headers.get('location');
      if (!location) throw new Error(`an upload was not created: ${created.status} ${await created.text()}`);
      const sent = await fetch(new URL(location, `${server.url}/api/v1/uploads`), {
        method: 'PATCH',
        headers: {
          ...authorized,
          'tus-resumable': '1.0.0',
          'upload-offset': '0',
          'content-type': 'application/offset+octet-stream',
        },
        body: bytes,
      });
      if (sent.status !== 204) throw new Error(`bytes were not taken: ${sent.status} ${await sent.text()}`);
      return location.split('/').at(-1) ?? '';
    },
    async publish(uploadId, text = 'A clip for a bench') {
      const headers = { ...authorized, 'idempotency-key': uploadId };
      const answer = await send(server.url, '/api/v1/posts', { headers, body: JSON.stringify({ uploadId, text }) });
      if (answer.status !== 202) throw new Error(`not published: ${answer.status} ${await answer.text()}`);
      return ((await answer.json()) as { id: string }).id;
    },
    async untilPlayable(postId, until = 'first') {
      const giveUpAt = performance.now() + GIVE_UP_MS;
      while (performance.now() < giveUpAt) {
        const post = await get<Post>(`/api/v1/posts/${postId}`);
        if (post.problem) throw new Error(`the clip was refused: ${post.problem.detail}`);
        const isAll = post.encoding === undefined || post.encoding.every((step) => step.state === 'done');
        if (post.state === 'published' && post.renditions.length > 0 && (until === 'first' || isAll)) return post;
        await delay(POLL_MS);
      }
      throw new Error(`post ${postId} did not become playable`);
    },
  };
}

function send(url: string, path: string, init: { headers?: Record<string, string>; body: string }): Promise<Response> {
  return fetch(url + path, {
    method: 'POST',
    body: init.body,
    headers: { 'content-type': 'application/json', ...init.headers },
  });
}
