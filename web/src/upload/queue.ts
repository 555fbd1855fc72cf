/** All drafts of this page: sending goes on while people write, move to other pages, or have pressed Post already. */
import { useSyncExternalStore } from 'react';
import type { Upload } from '@vitrine/schema';
import { ApiProblem, idempotencyKey, request, sentenceOf } from '../api/request.ts';
import { isSameFile, newDraft, publishBody, type Choices, type Draft, type Purpose } from './draft.ts';
import { forget, keepDraft, keepFile, keptDrafts, keptFile } from './keep.ts';
import { paceOf, withMark, type Mark } from './pace.ts';
import { sendFile } from './send.ts';

const ASK_MS = 1000;
/** Until something that met no connection is tried again. */
const AGAIN_MS = 5000;
const STORED_FLAG = 'drafts';

let drafts: readonly Draft[] = [];
let isLoaded = false;
const listeners = new Set<() => void>();
const stops = new Map<string, () => void>();
const files = new Map<string, Blob>();
const publishing = new Set<string>();
const keeping = new Map<string, Promise<void>>();

function show(next: readonly Draft[]): void {
  drafts = next;
  if (next.length > 0) localStorage.setItem(STORED_FLAG, '1');
  else localStorage.removeItem(STORED_FLAG);
  for (const listener of listeners) listener();
}

function change(key: string, changes: Partial<Draft>): void {
  const found = drafts.find((draft) => draft.key === key);
  if (!found) return;
  const next = { ...found, ...changes };
  show(drafts.map((draft) => (draft.key === key ? next : draft)));
  void keepDraft(next);
}

/** Resolves when the file of a draft that was just added is safe in this browser. */
export async function whenKept(key: string): Promise<void> {
  await keeping.get(key);
}

/** One draft by its key or its upload's id, as it is now. */
export function draftOf(id: string): Draft | undefined {
  return drafts.find((draft) => draft.key === id || draft.uploadId === id);
}

/** Hears of every change. @returns stops hearing */
export function onDrafts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The drafts, oldest first; undefined until what was kept is read. */
export function useDrafts(): readonly Draft[] | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      void loadDrafts();
      return () => listeners.delete(listener);
    },
    () => (isLoaded ? drafts : undefined),
  );
}

/** The file of a draft, for previews; undefined when it must be chosen again. */
export function fileOf(key: string): Blob | undefined {
  return files.get(key);
}

let loading: Promise<void> | undefined;

/** Reads what was kept and goes on with it. */
export function loadDrafts(): Promise<void> {
  loading ??= keptDrafts().then(async (kept) => {
    for (const draft of kept) {
      const file = await keptFile(draft.key);
      if (file) files.set(draft.key, file);
    }
    isLoaded = true;
    show([...kept, ...drafts]);
    for (const draft of kept) goOn(draft);
  });
  return loading;
}

function goOn(draft: Draft): void {
  if (draft.sending === 'refused') return;
  const file = files.get(draft.key);
  void publishIfWanted(draft.key);
  if (draft.sending === 'sent') void follow(draft.key);
  else if (file) send(draft.key, file);
  else change(draft.key, { sending: 'needsFile' });
}

/** Starts with a file; gives the draft's key. A draft that waits for this very file goes on instead. */
export function addFile(file: File, purpose: Purpose = 'post'): string {
  const waiting = drafts.find((draft) => draft.sending === 'needsFile' && isSameFile(draft, file));
  const draft = waiting ?? { ...newDraft(idempotencyKey(), file, purpose), begunMs: Date.now() };
  files.set(draft.key, file);
  if (!waiting) show([...drafts, draft]);
  keeping.set(
    draft.key,
    keepDraft(draft).then(() => keepFile(draft.key, file)),
  );
  send(draft.key, file);
  return draft.key;
}

function send(key: string, file: Blob): void {
  const draft = drafts.find((candidate) => candidate.key === key);
  if (!draft || stops.has(key)) return;
  let marks: Mark[] = [];
  change(key, { sending: 'sending', problem: undefined });
  const stop = sendFile({
    file,
    fileName: draft.fileName,
    key,
    uploadUrl: draft.uploadUrl,
    isForStudio: draft.purpose === 'studio',
    onOpened: (url) => {
      change(key, { uploadUrl: url, uploadId: url.split('/').at(-1) });
      void publishIfWanted(key);
    },
    onProgress: (sentBytes) => {
      marks = withMark(marks, { atMs: performance.now(), sentBytes });
      change(key, { sending: 'sending', sentBytes, bytesPerSecond: paceOf(marks) });
    },
    onWaiting: () => {
      marks = [];
      change(key, { sending: 'waiting', bytesPerSecond: 0 });
    },
    onSent: () => {
      stops.delete(key);
      change(key, { sending: 'sent', sentBytes: file.size });
      void publishIfWanted(key);
      void follow(key);
    },
    onRefused: (problem) => {
      stops.delete(key);
      change(key, { sending: 'refused', problem });
    },
  });
  stops.set(key, stop);
}

/** Looked at, and, where this browser may not play the file itself, with a copy that it plays. */
function isReadyForStudio({ state, kind, previewUrl }: Upload): boolean {
  return state === 'ready' && (kind !== 'video' || previewUrl !== null);
}

/** Asks how checking and encoding go until all is done. */
async function follow(key: string): Promise<void> {
  for (;;) {
    const draft = drafts.find((candidate) => candidate.key === key);
    if (!draft?.uploadId) return;
    try {
      const upload = await request<Upload>(`/uploads/${draft.uploadId}`);
      const isRefused = upload.state === 'failed' || upload.state === 'expired';
      change(key, { upload, ...(isRefused ? { sending: 'refused' as const, problem: upload.problem?.detail } : {}) });
      const isDone =
        upload.encoding.length > 0 && upload.encoding.every((step) => step.state === 'done' || step.state === 'failed');
      if (draft.purpose === 'studio' && isReadyForStudio(upload)) return;
      if (isRefused || (isDone && isAllTold(key))) break;
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 404) return;
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_MS));
  }
  // A post tells its own end, also that its file was refused.
  const ended = drafts.find((candidate) => candidate.key === key);
  if (ended?.postId) await discard(key);
}

/** The post is made and its captions are there: the server knows everything. */
function isAllTold(key: string): boolean {
  const draft = drafts.find((candidate) => candidate.key === key);
  return draft?.postId !== undefined && draft.choices.captions === undefined;
}

/** Keeps what was written or chosen. */
export function choose(key: string, choices: Partial<Choices>): void {
  const draft = drafts.find((candidate) => candidate.key === key);
  if (draft) change(key, { choices: { ...draft.choices, ...choices } });
}

/**
 * Post: at once when the server knows the upload, else as soon as it does.
 * @returns the id of the post once it is made, or undefined when it was refused or discarded
 */
export function post(key: string): Promise<string | undefined> {
  change(key, { isWanted: true, problem: undefined });
  void publishIfWanted(key);
  return new Promise((resolve) => {
    const look = (): void => {
      const draft = drafts.find((candidate) => candidate.key === key);
      if (draft?.isWanted && draft.postId === undefined) return;
      listeners.delete(look);
      resolve(draft?.postId);
    };
    listeners.add(look);
    look();
  });
}

async function publishIfWanted(key: string): Promise<void> {
  const draft = drafts.find((candidate) => candidate.key === key);
  if (!draft?.isWanted || !draft.uploadId || publishing.has(key)) return;
  if (draft.postId) return sendCaptions(key);
  publishing.add(key);
  try {
    const { id } = await request<{ id: string }>('/posts', {
      method: 'POST',
      headers: { 'idempotency-key': key },
      body: publishBody(draft.uploadId, draft.choices),
    });
    change(key, { postId: id });
    void sendCaptions(key);
  } catch (error) {
    if (isPassing(error)) setTimeout(() => void publishIfWanted(key), AGAIN_MS);
    else change(key, { isWanted: false, problem: sentenceOf(error) });
  } finally {
    publishing.delete(key);
  }
}

/** Sends the captions of a made post, again and again while only the line or the server is missing. */
async function sendCaptions(key: string): Promise<void> {
  const draft = drafts.find((candidate) => candidate.key === key);
  const captions = draft?.choices.captions;
  if (!draft?.postId || !captions || draft.captionsProblem !== undefined) return;
  const body = new Blob([captions.text], { type: 'text/vtt' });
  try {
    await request(`/posts/${draft.postId}/captions/${encodeURIComponent(captions.language)}`, {
      method: 'PUT',
      body,
      headers: { 'content-type': 'text/vtt' },
    });
    choose(key, { captions: undefined });
  } catch (error) {
    if (isPassing(error)) setTimeout(() => void sendCaptions(key), AGAIN_MS);
    else change(key, { captionsProblem: sentenceOf(error) });
  }
}

/** No connection, or a server that is just restarting. */
function isPassing(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status >= 500);
}

/** Tries again with everything that was written. */
export function retry(key: string): void {
  const draft = drafts.find((candidate) => candidate.key === key);
  const file = files.get(key);
  if (!draft) return;
  stops.get(key)?.();
  stops.delete(key);
  if (file) send(key, file);
  else change(key, { sending: 'needsFile' });
}

/** Stops and forgets a draft here; an unfinished upload is forgotten on the server too. */
export async function discard(key: string): Promise<void> {
  const draft = drafts.find((candidate) => candidate.key === key);
  stops.get(key)?.();
  stops.delete(key);
  files.delete(key);
  show(drafts.filter((candidate) => candidate.key !== key));
  await forget(key);
  if (draft?.uploadUrl && draft.sending !== 'sent' && !draft.postId) {
    await fetch(draft.uploadUrl, { method: 'DELETE', headers: { 'tus-resumable': '1.0.0' } }).catch(() => undefined);
  }
}
