/**
 * The studio's drafts of this page: every change is kept in the browser at once and on the server a moment later, for as long as it
 * takes. Posting waits in the same way. Nothing here knows how an edit is shown.
 */
import { useSyncExternalStore } from 'react';
import type { Draft as ServerDraft, Edit, Publish } from '@vitrine/schema';
import { emptyEdit } from '@vitrine/edit';
import { currentMe, useMe } from '../api/me.ts';
import { ApiProblem, idempotencyKey, request, sentenceOf } from '../api/request.ts';
import { publishBody, type Choices } from '../upload/draft.ts';
import { addFile, choose, discard as discardFile, draftOf, loadDrafts, onDrafts, post } from '../upload/queue.ts';
import { writeVtt } from './captions-text.ts';
import { bodyOf, fromServer, isUntouched, mediaIdsOf, newStudioDraft, withNames } from './draft.ts';
import type { StudioDraft, WaitingClip } from './draft.ts';
import { forgetStudioDraft, keepStudioDraft, keptStudioDrafts } from './keep.ts';

/** The server hears of changes after this pause. */
const PAUSE_MS = 600;
const AGAIN_MS = 4000;
/** In the place of a version: it was thrown away elsewhere, and is made anew by the next save. */
const GONE = -1;
const STORED_FLAG = 'studioDrafts';

let drafts: readonly StudioDraft[] = [];
let loading: Promise<void> | undefined;
let isLoaded = false;
const listeners = new Set<() => void>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const busy = new Set<string>();
/** When the state was changed that this browser has safe, by key. */
const keptStates = new Map<string, string>();

function show(next: readonly StudioDraft[]): void {
  drafts = next;
  if (next.length > 0) localStorage.setItem(STORED_FLAG, '1');
  else localStorage.removeItem(STORED_FLAG);
  for (const listener of listeners) listener();
}

/** The signed-in account's, as far as that is known. */
function isOwn({ accountId }: StudioDraft): boolean {
  const me = currentMe();
  return accountId === undefined || me === undefined || accountId === me?.id;
}

let shown: { of: readonly StudioDraft[]; accountId: string | undefined; own: readonly StudioDraft[] } | undefined;

/** The same list as long as nothing changes. */
function ownDrafts(): readonly StudioDraft[] {
  const accountId = currentMe()?.id;
  if (shown?.of !== drafts || shown.accountId !== accountId)
    shown = { of: drafts, accountId, own: drafts.filter(isOwn) };
  return shown.own;
}

function put(draft: StudioDraft): void {
  const isKnown = drafts.some(({ key }) => key === draft.key);
  show(isKnown ? drafts.map((other) => (other.key === draft.key ? draft : other)) : [draft, ...drafts]);
  void keepStudioDraft(draft).then(() => {
    keptStates.set(draft.key, draft.changedAt);
    show([...drafts]);
  });
}

/** The newest state is safe in this browser, and the server cannot be reached now. */
export function isKeptHereOnly({ key, changedAt }: StudioDraft): boolean {
  return keptStates.get(key) === changedAt && (!navigator.onLine || timers.has(`${key} again`));
}

function patch(key: string, changes: Partial<StudioDraft>): void {
  const draft = studioDraft(key);
  if (draft) put({ ...draft, ...changes });
}

/** A draft by its key or the server's id, as it is now. */
function studioDraft(id: string): StudioDraft | undefined {
  return drafts.find((draft) => draft.key === id || draft.draftId === id);
}

/** All drafts of this device, newest first; undefined until what was kept is read. */
export function useStudioDrafts(): readonly StudioDraft[] | undefined {
  // Renders again when somebody else signs in.
  useMe();
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      void loadStudioDrafts();
      return () => listeners.delete(listener);
    },
    () => (isLoaded ? ownDrafts() : undefined),
  );
}

/** Reads what was kept and goes on with what the server does not have yet. */
export function loadStudioDrafts(): Promise<void> {
  loading ??= Promise.all([keptStudioDrafts(), loadDrafts()]).then(([kept]) => {
    isLoaded = true;
    show([...drafts, ...kept]);
    for (const draft of kept) if (!draft.isSaved || draft.isWanted) saveSoon(draft.key);
    onDrafts(uploadsMoved);
    addEventListener('online', () => drafts.forEach((draft) => !draft.isSaved && saveSoon(draft.key, 0)));
  });
  return loading;
}

/** An upload that was not known to the server may be known now. */
function uploadsMoved(): void {
  for (const draft of drafts) if ((!draft.isSaved || draft.isWanted) && namesOf(draft.edit)) saveSoon(draft.key);
}

/** Begins a draft. */
export function beginStudioDraft(edit: Edit = emptyEdit()): StudioDraft {
  const accountId = currentMe()?.id;
  const draft = { ...newStudioDraft(idempotencyKey(), edit, new Date().toISOString()), accountId };
  put(draft);
  return draft;
}

/** The draft of an id: kept here, or fetched from the server; where both have it, the newer one, unless this one has unsaved changes. */
export async function openStudioDraft(id: string): Promise<StudioDraft> {
  await loadStudioDrafts();
  const here = studioDraft(id);
  const draftId = here === undefined ? id : here.draftId;
  if (draftId === undefined) return here as StudioDraft;
  const there = await request<ServerDraft>(`/drafts/${draftId}`).catch((error: unknown) => {
    if (here === undefined) throw error;
    return undefined;
  });
  if (there === undefined || (here !== undefined && there.version <= here.version)) return here as StudioDraft;
  if (here !== undefined && !here.isSaved) {
    patch(here.key, { isOvertaken: true });
    return { ...here, isOvertaken: true };
  }
  const taken = { ...fromServer(here?.key ?? idempotencyKey(), there, emptyEdit()), accountId: currentMe()?.id };
  put(taken);
  return taken;
}

/** Files that will become clips: kept with the draft, so that a reload loses none. */
export function awaitClips(key: string, waiting: (before: readonly WaitingClip[]) => readonly WaitingClip[]): void {
  patch(key, { waiting: waiting(studioDraft(key)?.waiting ?? []) });
}

/** Keeps a change at once, and tells the server a moment later. */
export function changeStudioDraft(
  key: string,
  changes: { title?: string; edit?: Edit; choices?: Partial<Choices> },
): void {
  const draft = studioDraft(key);
  if (!draft) return;
  put({
    ...draft,
    ...(changes.title === undefined ? {} : { title: changes.title }),
    ...(changes.edit === undefined ? {} : { edit: changes.edit }),
    choices: { ...draft.choices, ...changes.choices },
    changedAt: new Date().toISOString(),
    isSaved: false,
    problem: undefined,
  });
  saveSoon(key);
}

function saveSoon(key: string, pauseMs = PAUSE_MS): void {
  clearTimeout(timers.get(key));
  timers.set(
    key,
    setTimeout(() => void save(key), pauseMs),
  );
}

/** The server's id of a medium: of this device's uploads once it is known, of others as it stands. */
function serverIdOf(id: string): string | undefined {
  const sending = draftOf(id);
  return sending === undefined ? (id.includes('-') ? id : undefined) : sending.uploadId;
}

function namesOf(edit: Edit): Edit | undefined {
  return withNames(edit, serverIdOf);
}

/** Saves as often as it takes until the server has the newest state; then posts, if that is wanted. */
async function save(key: string): Promise<void> {
  const draft = studioDraft(key);
  if (draft === undefined || busy.has(key) || draft.isOvertaken || !isOwn(draft)) return;
  const edit = namesOf(draft.edit);
  if (edit === undefined) return;
  busy.add(key);
  try {
    if (!draft.isSaved) await saveState(draft, edit);
    const saved = studioDraft(key);
    if (saved?.isSaved && saved.isWanted) await publish(saved);
  } catch (error) {
    failed(key, error);
  } finally {
    busy.delete(key);
  }
  const now = studioDraft(key);
  if (now && !now.isSaved && !now.isOvertaken && now.problem === undefined && !timers.has(`${key} again`))
    saveSoon(key);
}

async function saveState(draft: StudioDraft, edit: Edit): Promise<void> {
  const body = bodyOf(draft, edit);
  const saved =
    draft.draftId === undefined
      ? await request<{ id: string; version: number }>('/drafts', {
          method: 'POST',
          headers: { 'idempotency-key': draft.version === GONE ? `${draft.key}-again` : draft.key },
          body,
        })
      : await request<{ id: string; version: number }>(`/drafts/${draft.draftId}`, {
          method: 'PUT',
          headers: { 'if-match': `"${draft.version}"` },
          body,
        });
  const isFirst = draft.draftId === undefined;
  const now = studioDraft(draft.key);
  // An answer lost on its way: the draft was made by an earlier try, maybe of an earlier state.
  const isCurrent = now?.changedAt === draft.changedAt && !(isFirst && saved.version > 1);
  patch(draft.key, { draftId: saved.id, version: saved.version, isSaved: isCurrent });
}

function failed(key: string, error: unknown): void {
  const isPassing = error instanceof ApiProblem && (error.status === 0 || error.status === 429 || error.status >= 500);
  if (isPassing) {
    clearTimeout(timers.get(`${key} again`));
    timers.set(
      `${key} again`,
      setTimeout(() => {
        timers.delete(`${key} again`);
        void save(key);
      }, AGAIN_MS),
    );
  } else if (error instanceof ApiProblem && error.code === 'draft_changed') patch(key, { isOvertaken: true });
  else if (error instanceof ApiProblem && error.status === 404) patch(key, { draftId: undefined, version: GONE });
  else patch(key, { problem: sentenceOf(error), isWanted: false });
}

/** This state goes on as a draft of its own; what overtook it stays as it is. @returns the copy */
export function goOnAsCopy(key: string): StudioDraft | undefined {
  const draft = studioDraft(key);
  if (!draft) return undefined;
  const copy = { ...draft, key: idempotencyKey(), draftId: undefined, version: 0, isOvertaken: false, isSaved: false };
  put(copy);
  saveSoon(copy.key, 0);
  // Stays marked until the other state has taken its place.
  patch(key, { isSaved: true });
  return copy;
}

/** Post: at once, or as soon as everything it needs is there. @returns the id of the post where it is made now */
export async function postStudioDraft(key: string): Promise<string | undefined> {
  patch(key, { isWanted: true, problem: undefined });
  clearTimeout(timers.get(key));
  while (busy.has(key)) await new Promise((resolve) => setTimeout(resolve, 50));
  await save(key);
  return studioDraft(key)?.postId ?? posted.get(key);
}

const posted = new Map<string, string>();

async function publish(draft: StudioDraft): Promise<void> {
  const edit = namesOf(draft.edit);
  if (edit === undefined || draft.draftId === undefined) return;
  if (!isPlain(draft) && (await postRendered(draft))) return;
  const { id } = await request<{ id: string }>('/posts', {
    method: 'POST',
    headers: { 'idempotency-key': draft.key },
    body: postBody(draft, edit),
  });
  posted.set(draft.key, id);
  if (isPlain(draft)) await request(`/drafts/${draft.draftId}`, { method: 'DELETE' }).catch(() => undefined);
  patch(draft.key, { postId: id });
  await forgetHere(draft.key);
}

/**
 * Rendered on this device where that saves sending: from then on it is a file like any other, and its own files need not be sent.
 * @returns false where the server has to render it
 */
async function postRendered(draft: StudioDraft): Promise<boolean> {
  // Its code may be out of reach just now, as the server is: then the server renders, once it is back.
  const renderer = await import('./device/render.ts').catch(() => undefined);
  const file = await renderer?.renderHere(draft.edit);
  if (file === undefined) return false;
  const now = studioDraft(draft.key);
  // Changed meanwhile: it is saved first, then tried again.
  if (now?.changedAt !== draft.changedAt || !now.isWanted) return true;
  patch(draft.key, { isWanted: false });
  const key = addFile(file);
  choose(key, { ...draft.choices, captions: captionsOf(draft.edit) });
  const id = await post(key);
  if (id === undefined) return true;
  posted.set(draft.key, id);
  await request(`/drafts/${draft.draftId}`, { method: 'DELETE' }).catch(() => undefined);
  await forgetHere(draft.key, 'with files');
  return true;
}

function captionsOf(edit: Edit): Choices['captions'] {
  const captions = edit.kind === 'video' ? edit.captions : null;
  if (captions === null || captions.cues.length === 0) return undefined;
  return { fileName: 'captions.vtt', language: captions.language, text: writeVtt(captions.cues) };
}

function isPlain(draft: StudioDraft): boolean {
  return isUntouched(draft.edit, (id) => draftOf(id)?.upload?.durationMs ?? undefined);
}

function postBody(draft: StudioDraft, edit: Edit): Publish {
  const [uploadId = ''] = mediaIdsOf(edit);
  const { uploadId: _, ...words } = publishBody(uploadId, draft.choices);
  return isPlain(draft) ? { uploadId, ...words } : { draftId: draft.draftId, ...words };
}

/** Forgets the draft and its files on this device. Files that are still being sent go on, unless nobody needs them. */
async function forgetHere(key: string, how: 'sent files' | 'with files' = 'sent files'): Promise<void> {
  const draft = studioDraft(key);
  show(drafts.filter((other) => other.key !== key));
  await forgetStudioDraft(key);
  for (const id of draft ? mediaIdsOf(draft.edit) : []) {
    const isStillNeeded = drafts.some((other) =>
      [...mediaIdsOf(other.edit), ...other.waiting.map((clip) => clip.key)].includes(id),
    );
    const file = draftOf(id);
    if (file && (file.sending === 'sent' || how === 'with files') && !isStillNeeded) await discardFile(file.key);
  }
}

/** Throws a draft away, here and on the server. */
export async function discardStudioDraft(key: string): Promise<void> {
  const draft = studioDraft(key);
  if (draft?.draftId !== undefined)
    await request(`/drafts/${draft.draftId}`, { method: 'DELETE' }).catch(() => undefined);
  await forgetHere(key);
}

/** Throws a draft away that only the server has. */
export async function forgetServerDraft(draftId: string): Promise<void> {
  await request(`/drafts/${draftId}`, { method: 'DELETE' });
}
