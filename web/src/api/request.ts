/** The one way to the server: JSON over `/api/v1`, refusals as `ApiProblem`. The session travels in its cookie. */
import type { Problem } from '@vitrine/schema';
import { t, type Word } from '../words/words.ts';
import problemWords from './problem-words.ts';

const BASE = '/api/v1';

/** What the server refused, or that it could not be reached (`code` "offline", status 0). */
export class ApiProblem extends Error {
  readonly code: string;
  readonly status: number;
  readonly problem: Problem | undefined;
  constructor(code: string, status: number, problem?: Problem) {
    super(problem?.detail ?? problem?.title ?? code);
    this.code = code;
    this.status = status;
    this.problem = problem;
  }
}

/** How to ask: method, query, body (sent as JSON unless it is a Blob), further headers. */
export interface Asking {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

/** What the server answers to everyone alike: asked for without the session, so that nobody can know who asked. */
const BLIND = /^\/(cards|shelves|watches|tickets\/keys|algorithms\/|taste\/)/;

function addressOf(path: string, query: Asking['query']): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined && value !== null) search.set(name, String(value));
  const text = search.toString();
  return `${BASE}${path}${text === '' ? '' : `?${text}`}`;
}

async function problemOf(response: Response): Promise<ApiProblem> {
  try {
    const problem = (await response.json()) as Problem;
    return new ApiProblem(
      typeof problem.code === 'string' ? problem.code : `http_${response.status}`,
      response.status,
      problem,
    );
  } catch {
    return new ApiProblem(`http_${response.status}`, response.status);
  }
}

/**
 * Asks the server and gives its JSON (undefined for 204).
 * @param path below /api/v1, with leading slash; encode what goes into it by `encodeURIComponent`
 * @throws ApiProblem
 */
export async function request<Answer>(path: string, asking: Asking = {}): Promise<Answer> {
  const { method = 'GET', query, body, headers, signal } = asking;
  const isRaw = body instanceof Blob || body instanceof FormData;
  let response: Response;
  try {
    response = await fetch(addressOf(path, query), {
      method,
      credentials: BLIND.test(path) ? 'omit' : 'same-origin',
      ...(BLIND.test(path) && { referrerPolicy: 'no-referrer' as const }),
      headers: {
        accept: 'application/json',
        ...(body !== undefined && !isRaw && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isRaw ? body : JSON.stringify(body) }),
      ...(signal !== undefined && { signal }),
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiProblem('offline', 0);
  }
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204 || response.headers.get('content-length') === '0') return undefined as Answer;
  return (await response.json()) as Answer;
}

/** A fresh Idempotency-Key: keep it over all retries of one act. */
export function idempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** One sentence for people: ours where we have one for the code, else the server's, else a general one. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof ApiProblem)) return t('problem.unknown');
  const word: Word | undefined = problemWords[error.code];
  if (word !== undefined) return t(word, { seconds: error.problem?.retryAfterSeconds ?? 60 });
  return error.problem?.detail ?? error.problem?.title ?? t('problem.unknown');
}
