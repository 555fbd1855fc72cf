/** People at the other end of the wire: they sign up, upload and publish through the HTTP API, as any client may. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext } from 'playwright-core';
import type { Id, Post, Publish, SignedIn, SignedUp } from '@vitrine/schema';

/** Settings under which a journey or a bench meets no limit by accident. */
export const NO_LIMITS: Record<string, string> = {
  LOG_LEVEL: 'error',
  RATE_LIMIT_FACTOR: '1000',
  MAX_UPLOADS_PER_HOUR: '100000',
  MAX_SIGNUPS_PER_HOUR: '100000',
};

const POLL_MS = 50;
const GIVE_UP_MS = 300_000;

/** Someone signed in from the command line. */
export interface Person {
  handle: string;
  password: string;
  token: string;
  /** Calls the API as this person; gives the body of a 2xx and throws on everything else. */
  call<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Uploads a file in one piece; resolves when every byte is acknowledged. */
  upload(path: string, fileName?: string): Promise<Id>;
  /** The same for the studio: looked at, but not encoded. */
  uploadForEditing(path: string): Promise<Id>;
  /** Makes a post of an upload; gives its id at once. */
  publish(uploadId: Id, more?: Omit<Publish, 'uploadId'>): Promise<Id>;
  /** Waits until the post plays (or shows its photos), or has all its renditions. */
  untilPlayable(postId: Id, until?: 'first' | 'all'): Promise<Post>;
}

/** Signs someone up, or in where the handle exists already. */
export async function meet(url: string, handle: string): Promise<Person> {
  const password = `the long password of ${handle}`;
  const body = JSON.stringify({ handle, password, bearer: true });
  const send = (path: string) =>
    fetch(url + path, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  const made = await send('/api/v1/accounts');
  const answer = made.status === 201 ? made : await send('/api/v1/sessions');
  if (!answer.ok) throw new Error(`${handle} could not sign in: ${answer.status} ${await answer.text()}`);
  const { token } = (await answer.json()) as SignedUp | SignedIn;
  if (token === undefined) throw new Error('no token came with a session for the command line');
  const access = { url, authorization: `Bearer ${token}` };
  return {
    handle,
    password,
    token,
    call: async <Answer>(method: string, path: string, body?: unknown) =>
      (await call(access, { method, path, body })) as Answer,
    upload: (path, fileName = basename(path)) => upload(access, path, fileName),
    uploadForEditing: (path) => upload(access, path, basename(path), { editing: 'true' }),
    publish: (uploadId, more = {}) => publish(access, uploadId, more),
    untilPlayable: (postId, until = 'first') => untilPlayable(access, postId, until),
  };
}

/** Signs the person in in a browser's context, without the screens for it. */
export async function signInBrowser(context: BrowserContext, url: string, person: Person): Promise<void> {
  const { handle, password } = person;
  const answer = await context.request.post(`${url}/api/v1/sessions`, {
    data: { handle, password },
    headers: { origin: url },
  });
  if (!answer.ok()) throw new Error(`${handle} could not sign in: ${answer.status()} ${await answer.text()}`);
}

interface Access {
  url: string;
  authorization: string;
}

interface Call {
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

async function call(access: Access, { method, path, body, headers }: Call): Promise<unknown> {
  const answer = await fetch(access.url + path, {
    method,
    headers: {
      authorization: access.authorization,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

async function upload(
  { url, authorization }: Access,
  path: string,
  ...[fileName, more = {}]: [string, Record<string, string>?]
): Promise<Id> {
  const bytes = await readFile(path);
  const tus = { authorization, 'tus-resumable': '1.0.0' };
  const address = `${url}/api/v1/uploads`;
  const metadata = Object.entries({ filename: fileName, ...more })
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',');
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

async function publish(access: Access, uploadId: Id, more: Omit<Publish, 'uploadId'>): Promise<Id> {
  const body = { uploadId, text: 'A clip', ...more };
  const headers = { 'idempotency-key': uploadId };
  const made = (await call(access, { method: 'POST', path: '/api/v1/posts', body, headers })) as { id: Id };
  return made.id;
}

async function untilPlayable(access: Access, postId: Id, until: 'first' | 'all'): Promise<Post> {
  const giveUpAt = performance.now() + GIVE_UP_MS;
  while (performance.now() < giveUpAt) {
    const post = (await call(access, { method: 'GET', path: `/api/v1/posts/${postId}` })) as Post;
    if (post.problem) throw new Error(`the clip was refused: ${post.problem.detail}`);
    const hasAll = post.encoding === undefined || post.encoding.every((step) => step.state === 'done');
    if (post.state === 'published' && post.card !== undefined && (until === 'first' || hasAll)) return post;
    await delay(POLL_MS);
  }
  throw new Error(`post ${postId} did not become playable`);
}
