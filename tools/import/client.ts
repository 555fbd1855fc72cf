/** The part of the HTTP API that importing needs, as one signed-in account. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import * as tus from 'tus-js-client';
import type { Me, Post, Problem, SoundLibrary, Upload } from '@vitrine/schema';

/** A refusal of the server, in its own words. */
export class ServerRefusal extends Error {
  override name = 'ServerRefusal';
  readonly status: number;
  readonly code: string;
  /** Set when the server takes no more for a while. */
  readonly retryAfterSeconds: number | undefined;
  constructor(status: number, told: { code: string; detail: string; retryAfterSeconds?: number | undefined }) {
    super(told.detail);
    this.status = status;
    this.code = told.code;
    this.retryAfterSeconds = told.retryAfterSeconds;
  }
}

/** What an import does with the server. */
export interface ImportClient {
  /** Sends a file so that it survives dropped connections; gives the upload's id. The same key continues the same upload. */
  upload(
    path: string,
    told: { fileName: string; key: string; sha256: string; onProgress(sent: number, total: number): void },
  ): Promise<string>;
  /** The upload of the same bytes that this account made before, by whatever way; undefined when there is none. */
  findSame(sha256: string): Promise<Upload | undefined>;
  /** Waits until the file is probed. */
  untilChecked(uploadId: string): Promise<Upload>;
  /** Makes a post, or finds the one that the same key made. */
  publish(uploadId: string, told: { text: string; key: string }): Promise<string>;
  /** Waits until it can be played or has failed. */
  untilPlayable(postId: string): Promise<Post>;
  /** Waits until all its renditions are there. */
  untilComplete(postId: string): Promise<void>;
  addCaption(postId: string, told: { language: string; bytes: Uint8Array<ArrayBuffer> }): Promise<void>;
  /** What the account may do. */
  roles(): Promise<readonly string[]>;
  /** Makes an uploaded sound the library's, or changes its words. */
  toLibrary(soundId: string, words: SoundLibrary): Promise<void>;
  /** Gives a sound its cover. */
  coverSound(soundId: string, picture: { type: string; bytes: Uint8Array<ArrayBuffer> }): Promise<void>;
  /** Revokes the session. */
  signOut(): Promise<void>;
}

const POLL_MS = 250;
const CHUNK_BYTES = 8 * 1024 * 1024;
const RETRY_MS = [200, 500, 1000, 2000, 5000, 10_000];
const WAIT_LIMIT_MS = 30 * 60_000;

/** Signs in with the password of a file; it is neither kept nor shown. */
export async function signIn(url: string, account: { handle: string; password: string }): Promise<ImportClient> {
  const signedIn = await call<{ token: string }>(url, '/api/v1/sessions', {
    method: 'POST',
    json: { ...account, bearer: true },
  });
  const authorization = `Bearer ${signedIn.token}`;
  const as = <Answer>(path: string, request: ApiCall = {}): Promise<Answer> =>
    call<Answer>(url, path, { ...request, headers: { authorization, ...request.headers } });
  return {
    upload: (path, told) => sendPatiently({ url, authorization, path, ...told }),
    async findSame(sha256) {
      const { uploads } = await as<{ uploads: Upload[] }>(`/api/v1/me/uploads?sha256=${sha256}`);
      return uploads.find((upload) => upload.postId !== null) ?? uploads[0];
    },
    untilChecked: (id) =>
      poll(
        () => as<Upload>(`/api/v1/uploads/${id}`),
        ({ state }) => state !== 'receiving' && state !== 'checking',
      ),
    async publish(uploadId, { text, key }) {
      const made = await as<{ id: string }>('/api/v1/posts', {
        method: 'POST',
        json: { uploadId, text },
        headers: { 'idempotency-key': key },
      });
      return made.id;
    },
    untilPlayable: (id) =>
      poll(
        () => as<Post>(`/api/v1/posts/${id}`),
        ({ state }) => state !== 'processing',
      ),
    async untilComplete(id) {
      await poll(
        () => as<Post>(`/api/v1/posts/${id}`),
        ({ encoding = [] }) => encoding.every((step) => step.state === 'done' || step.state === 'failed'),
      );
    },
    async addCaption(postId, { language, bytes }) {
      await as(`/api/v1/posts/${postId}/captions/${language}`, {
        method: 'PUT',
        body: bytes,
        headers: { 'content-type': 'text/vtt' },
      });
    },
    async roles() {
      return (await as<Me>('/api/v1/me')).roles;
    },
    async toLibrary(soundId, words) {
      await as(`/api/v1/sounds/${soundId}/library`, { method: 'PUT', json: words });
    },
    async coverSound(soundId, { type, bytes }) {
      await as(`/api/v1/sounds/${soundId}/cover`, { method: 'PUT', body: bytes, headers: { 'content-type': type } });
    },
    async signOut() {
      await as('/api/v1/sessions/current', { method: 'DELETE' });
    },
  };
}

interface ApiCall {
  method?: string;
  json?: unknown;
  body?: Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}

async function call<Answer>(
  url: string,
  path: string,
  { method = 'GET', json, body, headers }: ApiCall,
): Promise<Answer> {
  const bytes = json === undefined ? body : JSON.stringify(json);
  const init: RequestInit = {
    method,
    headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
  };
  for (const waitMs of [...RETRY_MS, undefined]) {
    const answer = await fetch(new URL(path, url), bytes === undefined ? init : { ...init, body: bytes }).catch(
      (cause: unknown) => {
        if (waitMs === undefined) throw new Error(`${url} does not answer`, { cause });
        return undefined;
      },
    );
    if (answer?.ok) return (answer.status === 204 ? undefined : await answer.json()) as Answer;
    if (answer && (answer.status < 500 || answer.status === 501) && answer.status !== 429)
      throw await readRefusal(answer);
    if (waitMs === undefined) throw answer ? await readRefusal(answer) : new Error(`${url} does not answer`);
    await delay(answer?.status === 429 ? Number(answer.headers.get('retry-after') ?? 1) * 1000 : waitMs);
  }
  throw new Error(`${url} does not answer`);
}

async function readRefusal(answer: Response): Promise<ServerRefusal> {
  const told = (await answer.json().catch(() => undefined)) as Problem | undefined;
  return new ServerRefusal(answer.status, {
    code: told?.code ?? `http_${answer.status}`,
    detail: told?.detail ?? answer.statusText,
    retryAfterSeconds: told?.retryAfterSeconds,
  });
}

async function poll<Answer>(ask: () => Promise<Answer>, isDone: (answer: Answer) => boolean): Promise<Answer> {
  const giveUpAt = performance.now() + WAIT_LIMIT_MS;
  for (;;) {
    const answer = await ask();
    if (isDone(answer)) return answer;
    if (performance.now() > giveUpAt)
      throw new Error('The server did not finish within half an hour. Run the command again: it goes on from here.');
    await delay(POLL_MS);
  }
}

interface Sending {
  url: string;
  authorization: string;
  path: string;
  fileName: string;
  key: string;
  sha256: string;
  onProgress(sent: number, total: number): void;
}

/** Sends a file; where the server takes no more this hour, waits and goes on. */
async function sendPatiently(sending: Sending): Promise<string> {
  for (;;) {
    try {
      return await sendFile(sending);
    } catch (cause) {
      if (!(cause instanceof ServerRefusal) || cause.retryAfterSeconds === undefined) throw cause;
      process.stderr.write(`${sending.fileName}: ${cause.message} Going on in ${cause.retryAfterSeconds} s.\n`);
      await delay(cause.retryAfterSeconds * 1000);
    }
  }
}

async function sendFile(sending: Sending): Promise<string> {
  const { size } = await stat(sending.path);
  return new Promise((resolve, reject) => {
    const upload = new tus.Upload(createReadStream(sending.path), {
      endpoint: new URL('/api/v1/uploads', sending.url).href,
      uploadSize: size,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_MS,
      headers: { authorization: sending.authorization, 'idempotency-key': sending.key },
      metadata: { filename: sending.fileName, sha256: sending.sha256 },
      storeFingerprintForResuming: false,
      onProgress: sending.onProgress,
      onShouldRetry: (error) => mayRetry(error.originalResponse?.getStatus() ?? 0),
      onError: (error) => reject(asRefusal(error)),
      onSuccess: () => resolve(upload.url?.split('/').at(-1) ?? ''),
    });
    upload.start();
  });
}

/** Not for a refusal, nor when it says to wait; yes for a busy upload, a server that restarts and a lost line. */
function mayRetry(status: number): boolean {
  return status === 0 || status === 409 || status === 423 || (status >= 500 && status !== 501 && status !== 507);
}

function asRefusal(error: Error | tus.DetailedError): Error {
  if (!('originalResponse' in error) || !error.originalResponse) return error;
  const status = error.originalResponse.getStatus();
  try {
    const told = JSON.parse(error.originalResponse.getBody()) as Problem;
    return new ServerRefusal(status, { ...told, detail: told.detail ?? told.title });
  } catch {
    return new ServerRefusal(status, { code: `http_${status}`, detail: error.message });
  }
}
