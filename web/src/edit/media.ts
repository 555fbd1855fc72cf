/**
 * The media that an edit names, wherever they are: files of this device, uploads of another one, sounds, posts. What is known of
 * them grows while they are measured, sent and looked at by the server.
 */
import { useSyncExternalStore } from 'react';
import type { Post, Sound, Upload } from '@vitrine/schema';
import type { SourceFacts, SourceKey, Sources } from '@vitrine/edit';
import { request } from '../api/request.ts';
import type { Draft as Sending } from '../upload/draft.ts';
import { draftOf, fileOf, onDrafts } from '../upload/queue.ts';
import { measure } from './measure.ts';

const AGAIN_MS = 1500;

/** One of them, as far as it is known. */
export interface Medium {
  key: SourceKey;
  name: string;
  facts: SourceFacts | undefined;
  /** Where it plays from: this device's file, or the server. */
  url: string | undefined;
  /** This device's file. */
  file: Blob | undefined;
  /** How it is being sent from here. */
  sending: Sending | undefined;
  upload: Upload | undefined;
  /** Small pictures along its time, all in one. */
  strip: Storyboard | undefined;
  posterUrl: string | undefined;
  sound: Sound | undefined;
  /** It is not there any more, or was refused. */
  problem: string | undefined;
}

type Storyboard = NonNullable<Upload['storyboard']>;

const measured = new Map<string, SourceFacts | 'unplayable'>();
const addresses = new Map<string, string>();
const uploads = new Map<string, Upload>();
const sounds = new Map<string, Sound>();
const posts = new Map<string, Post>();
const gone = new Set<string>();
const asking = new Set<string>();
const listeners = new Set<() => void>();
let version = 0;
let stopHearing: (() => void) | undefined;

function moved(): void {
  version += 1;
  for (const listener of listeners) listener();
}

/** Hears of every change; for code outside of components. @returns stops hearing */
export function onMedia(listener: () => void): () => void {
  listeners.add(listener);
  stopHearing ??= onDrafts(moved);
  return () => listeners.delete(listener);
}

/** Renders again when more is known of any medium. */
export function useMediaVersion(): number {
  return useSyncExternalStore(onMedia, () => version);
}

/** Takes in a sound that was chosen from a list. */
export function rememberSound(sound: Sound): void {
  sounds.set(sound.id, sound);
  moved();
}

/** One medium; what is not known yet is asked for. */
export function mediumOf(key: SourceKey): Medium {
  const [kind, id = ''] = key.split(/:(.*)/s);
  if (kind === 'sound') return soundMedium(key, id);
  if (kind === 'post') return postMedium(key, id);
  return uploadMedium(key, id);
}

/** Facts of all media of an edit, as the edit package wants them. */
export function sourcesOf(keys: readonly SourceKey[]): Sources {
  return new Map(
    keys.flatMap((key) => {
      const { facts } = mediumOf(key);
      return facts === undefined ? [] : [[key, facts] as const];
    }),
  );
}

function blank(key: SourceKey): Medium {
  return {
    key,
    name: '',
    facts: undefined,
    url: undefined,
    file: undefined,
    sending: undefined,
    upload: undefined,
    strip: undefined,
    posterUrl: undefined,
    sound: undefined,
    problem: gone.has(key) ? 'gone' : undefined,
  };
}

function uploadMedium(key: SourceKey, id: string): Medium {
  const sending = draftOf(id);
  const file = sending === undefined ? undefined : fileOf(sending.key);
  const upload = sending?.upload ?? uploads.get(sending?.uploadId ?? id);
  const seen = sending === undefined ? undefined : measured.get(sending.key);
  if (sending !== undefined && file !== undefined && seen === undefined) void measureFile(sending.key, file);
  const isPlayable = file !== undefined && (seen !== 'unplayable' || file.type.startsWith('image/'));
  if (sending === undefined && !isSettled(upload)) askFor(key, () => askUpload(key, id));
  const facts = factsOf(upload) ?? (seen === 'unplayable' ? undefined : seen);
  return {
    ...blank(key),
    name: sending?.fileName ?? upload?.fileName ?? '',
    facts,
    url: isPlayable && sending !== undefined ? addressOf(sending.key, file) : (upload?.previewUrl ?? undefined),
    file: isPlayable ? file : undefined,
    sending,
    upload,
    strip: upload?.storyboard ?? undefined,
    posterUrl: upload?.posterUrl ?? undefined,
    problem: sending?.problem ?? upload?.problem?.detail ?? (gone.has(key) ? 'gone' : undefined),
  };
}

/** Nothing more will be said of it: it plays, or it never will. */
function isSettled(upload: Upload | undefined): boolean {
  if (upload === undefined || upload.state === 'checking' || upload.state === 'receiving') return false;
  return upload.state !== 'ready' || upload.kind !== 'video' || upload.previewUrl !== null;
}

function factsOf(upload: Upload | undefined): SourceFacts | undefined {
  if (upload === undefined || upload.durationMs === null) return undefined;
  const { durationMs, widthPx, heightPx, hasAudio } = upload;
  return { durationMs, widthPx: widthPx ?? 0, heightPx: heightPx ?? 0, hasAudio: hasAudio ?? upload.kind === 'sound' };
}

function soundMedium(key: SourceKey, id: string): Medium {
  const sound = sounds.get(id);
  if (sound === undefined || sound.state === 'processing') askFor(key, () => askSound(key, id));
  return {
    ...blank(key),
    name: sound?.title ?? '',
    facts: sound && { durationMs: sound.durationMs, widthPx: 0, heightPx: 0, hasAudio: true },
    url: sound?.audioUrl ?? undefined,
    sound,
  };
}

function postMedium(key: SourceKey, id: string): Medium {
  const post = posts.get(id);
  if (post === undefined) askFor(key, () => askPost(key, id));
  const { durationMs, widthPx, heightPx, hasAudio } = post ?? {};
  return {
    ...blank(key),
    name: post?.card?.account.handle ?? '',
    facts:
      durationMs == null || widthPx == null || heightPx == null
        ? undefined
        : { durationMs, widthPx, heightPx, hasAudio: hasAudio ?? false },
    url: post?.renditions.at(-1)?.url,
    strip: post?.card?.storyboard ?? undefined,
    posterUrl: post?.posterUrl ?? undefined,
  };
}

async function measureFile(key: string, file: Blob): Promise<void> {
  if (asking.has(key)) return;
  asking.add(key);
  measured.set(key, (await measure(file)) ?? 'unplayable');
  moved();
}

function addressOf(key: string, file: Blob): string {
  const known = addresses.get(key);
  if (known !== undefined) return known;
  const made = URL.createObjectURL(file);
  addresses.set(key, made);
  return made;
}

function askFor(key: SourceKey, ask: () => Promise<boolean>): void {
  if (asking.has(key) || gone.has(key)) return;
  asking.add(key);
  void ask().then(
    (isDone) => {
      if (isDone) asking.delete(key);
      else setTimeout(() => asking.delete(key) && moved(), AGAIN_MS);
      moved();
    },
    (error: unknown) => {
      if (
        typeof error === 'object' &&
        error !== null &&
        'status' in error &&
        (error.status === 404 || error.status === 410)
      )
        gone.add(key);
      setTimeout(() => asking.delete(key) && moved(), AGAIN_MS);
    },
  );
}

async function askUpload(_key: SourceKey, id: string): Promise<boolean> {
  const upload = await request<Upload>(`/uploads/${id}`);
  uploads.set(id, upload);
  return isSettled(upload);
}

async function askSound(_key: SourceKey, id: string): Promise<boolean> {
  const sound = await request<Sound>(`/sounds/${id}`);
  sounds.set(id, sound);
  return sound.state === 'ready';
}

async function askPost(_key: SourceKey, id: string): Promise<boolean> {
  const post = await request<Post>(`/posts/${id}`);
  posts.set(id, post);
  return true;
}

/** The bytes of a medium, for its sound; undefined while it is nowhere. */
export function bytesOf(key: SourceKey): Promise<ArrayBuffer> | undefined {
  const { file, url } = mediumOf(key);
  if (file !== undefined) return file.arrayBuffer();
  return url === undefined ? undefined : fetchBytes(url);
}

async function fetchBytes(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`a sound was not sent: ${response.status}`);
  return response.arrayBuffer();
}
