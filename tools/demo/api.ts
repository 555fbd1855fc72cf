import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { postSchema, problemSchema, publishedSchema, signedUpSchema, type Post, type Publish } from '@vitrine/schema';

const CHUNK_BYTES = 4 * 1024 * 1024;
const MOST_TRIES = 6;
const LONGEST_WAIT_S = 60;

/** A refusal of the server, with its code. */
export class Refused extends Error {
  override name = 'Refused';
  readonly status: number;
  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

/** A call: method, path under `/api/v1`, and what to send. */
type Call = {
  method: string;
  path: string;
  json?: unknown;
  bytes?: Buffer;
  headers?: Readonly<Record<string, string>>;
};

/** One signed-in person who uses the public HTTP API. */
export type Person = {
  handle: string;
  /** Sends JSON (or nothing) and answers the body as it came. */
  send: (method: string, path: string, json?: unknown) => Promise<unknown>;
  /** Sends a file's bytes as a whole. */
  sendBytes: (method: string, path: string, file: { bytes: Buffer; type: string }) => Promise<unknown>;
  /** Uploads a file by tus and answers the upload's id. */
  upload: (path: string, told?: Readonly<Record<string, string>>) => Promise<string>;
  /** Publishes an upload and answers the post's id. */
  publish: (post: Publish) => Promise<string>;
  /** Waits until a post can be played. */
  untilPlayable: (id: string, signal: AbortSignal) => Promise<Post>;
};

/** Creates an account and signs in with a bearer token. */
export async function signUp(
  origin: string,
  account: { handle: string; name: string; password: string },
): Promise<Person> {
  const answer = await call(origin, undefined, {
    method: 'POST',
    path: '/accounts',
    json: { ...account, ageBand: '18over', bearer: true },
  });
  const { token } = signedUpSchema.pick({ token: true }).parse(answer.body);
  if (!token) throw new Error(`The server gave ${account.handle} no token.`);
  return personOf(origin, account.handle, token);
}

function personOf(origin: string, handle: string, token: string): Person {
  const send = async (method: string, path: string, json?: unknown): Promise<unknown> =>
    (await call(origin, token, { method, path, json })).body;
  return {
    handle,
    send,
    sendBytes: async (method, path, file) =>
      (await call(origin, token, { method, path, bytes: file.bytes, headers: { 'content-type': file.type } })).body,
    upload: (path, told) => uploadByTus({ origin, token }, path, told),
    publish: async (post) => {
      const headers = { 'idempotency-key': crypto.randomUUID() };
      const answer = await call(origin, token, { method: 'POST', path: '/posts', json: post, headers });
      return publishedSchema.parse(answer.body).id;
    },
    untilPlayable: async (id, signal) => {
      for (;;) {
        const post = postSchema.parse(await send('GET', `/posts/${id}`));
        if (post.state === 'published') return post;
        if (post.state !== 'processing') throw new Error(`Post ${id} is ${post.state}: ${post.problem?.detail ?? ''}`);
        await sleep(400, undefined, { signal });
      }
    },
  };
}

async function uploadByTus(
  { origin, token }: { origin: string; token: string },
  path: string,
  told: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { size } = await stat(path);
  const metadata = Object.entries({ filename: basename(path), ...told })
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',');
  const created = await call(origin, token, {
    method: 'POST',
    path: '/uploads',
    headers: { 'tus-resumable': '1.0.0', 'upload-length': String(size), 'upload-metadata': metadata },
  });
  const id = new URL(created.headers.get('location') ?? '', `${origin}/api/v1/uploads/`).pathname.split('/').at(-1);
  if (!id) throw new Error('The server named no address for the upload.');
  const file = await open(path);
  try {
    for (let offset = 0; offset < size;) {
      const { buffer, bytesRead } = await file.read({
        buffer: Buffer.alloc(Math.min(CHUNK_BYTES, size - offset)),
        position: offset,
      });
      await call(origin, token, {
        method: 'PATCH',
        path: `/uploads/${id}`,
        bytes: buffer.subarray(0, bytesRead),
        headers: {
          'tus-resumable': '1.0.0',
          'upload-offset': String(offset),
          'content-type': 'application/offset+octet-stream',
        },
      });
      offset += bytesRead;
    }
  } finally {
    await file.close();
  }
  return id;
}

async function call(
  origin: string,
  token: string | undefined,
  request: Call,
): Promise<{ body: unknown; headers: Headers }> {
  for (let tried = 1; ; tried += 1) {
    const response = await fetch(`${origin}/api/v1${request.path}`, {
      method: request.method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
      },
      ...(request.json === undefined ? {} : { body: JSON.stringify(request.json) }),
      ...(request.bytes ? { body: new Uint8Array(request.bytes) } : {}),
    });
    const text = await response.text();
    if (response.ok) return { body: text === '' ? undefined : parsed(text), headers: response.headers };
    const waitS = Number(response.headers.get('retry-after') ?? 1);
    if ((response.status !== 429 && response.status !== 503) || tried === MOST_TRIES)
      throw refusedBy(request, response.status, text);
    await sleep(Math.min(waitS, LONGEST_WAIT_S) * 1000);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function refusedBy(request: Call, status: number, text: string): Refused {
  const problem = problemSchema.partial().safeParse(parsed(text));
  const why = problem.success ? (problem.data.detail ?? problem.data.title ?? '') : text.slice(0, 200);
  return new Refused(status, `${request.method} ${request.path} was answered ${status}: ${why}`);
}
