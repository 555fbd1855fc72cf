/** Sends one file by tus: goes on after drops and restarts, and tells the hash with the last piece. */
import * as tus from 'tus-js-client';
import { ApiProblem, sentenceOf } from '../api/request.ts';
import { scriptUrl } from '../app/offline.ts';
import type { Problem } from '@vitrine/schema';
import hashWorkerUrl from './hash.worker.ts?worker&url';

const CHUNK_BYTES = 8 * 1024 * 1024;
const RETRY_MS = [0, 500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000];
const WAIT_MS = 30_000;

/** What the sender tells while it works. */
export interface Sending {
  file: Blob;
  fileName: string;
  /** Continues the same upload when sent again. */
  key: string;
  /** Where an earlier try had got to. */
  uploadUrl: string | undefined;
  /** Looked at, not yet encoded: the studio still cuts it. */
  isForStudio: boolean;
  onOpened(url: string): void;
  onProgress(sentBytes: number): void;
  /** The line is gone; it is tried again. */
  onWaiting(): void;
  onSent(): void;
  onRefused(sentence: string): void;
}

/** Reads the file beside the sending. undefined where it cannot be read: the size is then the only check. */
function hashBeside(file: Blob): Promise<string | undefined> {
  return new Promise((resolve) => {
    const worker = new Worker(scriptUrl(hashWorkerUrl), { type: 'module' });
    const done = (hex: string | undefined): void => {
      worker.terminate();
      resolve(hex);
    };
    worker.addEventListener('message', (event: MessageEvent<{ hex: string | undefined }>) => done(event.data.hex));
    worker.addEventListener('error', () => done(undefined));
    worker.postMessage(file);
  });
}

/** Starts; the returned function stops without forgetting. */
export function sendFile(sending: Sending): () => void {
  const hash = hashBeside(sending.file);
  const lastPieceFrom = sending.file.size - CHUNK_BYTES;
  const upload = new tus.Upload(sending.file, {
    endpoint: '/api/v1/uploads',
    chunkSize: CHUNK_BYTES,
    retryDelays: RETRY_MS,
    storeFingerprintForResuming: false,
    removeFingerprintOnSuccess: true,
    headers: { 'idempotency-key': sending.key },
    metadata: { filename: sending.fileName, ...(sending.isForStudio ? { editing: 'true' } : {}) },
    ...(sending.uploadUrl === undefined ? {} : { uploadUrl: sending.uploadUrl }),
    onUploadUrlAvailable: () => upload.url && sending.onOpened(upload.url),
    onProgress: (sentBytes) => sending.onProgress(sentBytes),
    onBeforeRequest: async (request) => {
      const offset = Number(request.getHeader('Upload-Offset') ?? Number.NaN);
      if (request.getMethod() !== 'PATCH' || !(offset >= lastPieceFrom)) return;
      const hex = await hash;
      if (hex !== undefined) request.setHeader('Upload-Sha256', hex);
    },
    onShouldRetry: (error) => {
      const isWorthIt = mayRetry(error.originalResponse?.getStatus() ?? 0);
      if (isWorthIt) sending.onWaiting();
      return isWorthIt;
    },
    onError: (error) => {
      const status = 'originalResponse' in error ? (error.originalResponse?.getStatus() ?? 0) : 0;
      if (mayRetry(status)) line.wait();
      else {
        line.forget();
        sending.onRefused(sentenceOf(problemOf(error, status)));
      }
    },
    onSuccess: () => {
      line.forget();
      sending.onSent();
    },
  });
  const line = watchLine({
    stop: () => {
      sending.onWaiting();
      void upload.abort();
    },
    start: () => upload.start(),
  });
  upload.start();
  return () => {
    line.forget();
    void upload.abort();
  };
}

/**
 * Stops while the browser has no network, as a request under way may hang for minutes before it fails, and starts again
 * when it is back. `wait`: all quick tries are used up, the next one in half a minute or as soon as the line is back.
 */
function watchLine(upload: { stop(): void; start(): void }): { wait(): void; forget(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  const stop = (): void => {
    clearTimeout(timer);
    isStopped = true;
    upload.stop();
  };
  const start = (): void => {
    clearTimeout(timer);
    if (isStopped) upload.start();
    isStopped = false;
  };
  addEventListener('offline', stop);
  addEventListener('online', start);
  return {
    wait: () => {
      stop();
      timer = setTimeout(start, WAIT_MS);
    },
    forget: () => {
      clearTimeout(timer);
      removeEventListener('offline', stop);
      removeEventListener('online', start);
    },
  };
}

/** Lost lines, busy uploads and a restarting server pass; what was refused stays refused. */
function mayRetry(status: number): boolean {
  return (
    status === 0 ||
    status === 409 ||
    status === 423 ||
    status === 429 ||
    (status >= 500 && status !== 501 && status !== 507)
  );
}

function problemOf(error: Error | tus.DetailedError, status: number): ApiProblem {
  const body = 'originalResponse' in error ? error.originalResponse?.getBody() : undefined;
  try {
    const problem = JSON.parse(body ?? '') as Problem;
    return new ApiProblem(problem.code, status, problem);
  } catch {
    return new ApiProblem(`http_${status}`, status);
  }
}
