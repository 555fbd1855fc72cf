/** A post in the making: what the person wrote and chose, and how far its file has come. Kept over reloads. */
import type { Allow, Audience, Label, Publish, Upload } from '@vitrine/schema';

/** What the person decides. */
export interface Choices {
  text: string;
  audience: Audience;
  allow: Allow;
  labels: Label[];
  altText: string;
  /** BCP 47; empty: not said. */
  language: string;
  /** undefined: the server chooses a frame. */
  coverMs: number | undefined;
  /** A caption file's name and text, sent once the post exists; none again when it has arrived. */
  captions: { fileName: string; language: string; text: string } | undefined;
  /** RFC 3339; undefined: at once. */
  publishAt?: string | undefined;
}

/** sending: bytes go · waiting: no connection, tried again · needsFile: after a reload the file must be chosen again · sent: all there · refused: see problem. */
export type SendingState = 'sending' | 'waiting' | 'needsFile' | 'sent' | 'refused';

/** post: the file becomes a post as it is · studio: a piece of an edit; its encoding waits until that is posted. */
export type Purpose = 'post' | 'studio';

/** One file on its way to a post. */
export interface Draft {
  /** Absent: post. */
  purpose?: Purpose;
  /** Made here; also the idempotency key of upload and post. */
  key: string;
  /** When it was begun, in milliseconds since 1970. Absent in drafts kept by earlier versions. */
  begunMs?: number;
  fileName: string;
  sizeBytes: number;
  changedMs: number;
  sentBytes: number;
  bytesPerSecond: number;
  sending: SendingState;
  /** What went wrong, for people. */
  problem: string | undefined;
  uploadId: string | undefined;
  /** Address of the upload, to go on with it after a reload. */
  uploadUrl: string | undefined;
  /** What the server has found and made so far. */
  upload: Upload | undefined;
  choices: Choices;
  /** The person has pressed Post: it is made as soon as the server knows the upload. */
  isWanted: boolean;
  /** The post, once it is made. */
  postId: string | undefined;
  /** Why the captions of a post that is made were not taken, for people. */
  captionsProblem: string | undefined;
}

/** What is chosen before anyone chooses. */
export function emptyChoices(): Choices {
  return {
    text: '',
    audience: 'everyone',
    allow: { comments: true, duet: true, stitch: true, save: true, embed: true, recommend: true },
    labels: [],
    altText: '',
    language: '',
    coverMs: undefined,
    captions: undefined,
    publishAt: undefined,
  };
}

/** A new draft of a file. */
export function newDraft(
  key: string,
  file: { name: string; size: number; lastModified: number },
  purpose: Purpose = 'post',
): Draft {
  return {
    purpose,
    key,
    fileName: file.name,
    sizeBytes: file.size,
    changedMs: file.lastModified,
    sentBytes: 0,
    bytesPerSecond: 0,
    sending: 'sending',
    problem: undefined,
    uploadId: undefined,
    uploadUrl: undefined,
    upload: undefined,
    choices: emptyChoices(),
    isWanted: false,
    postId: undefined,
    captionsProblem: undefined,
  };
}

/** The body of `POST /posts`. */
export function publishBody(uploadId: string, choices: Choices): Publish {
  return {
    uploadId,
    text: choices.text,
    audience: choices.audience,
    allow: choices.allow,
    labels: choices.labels,
    altText: choices.altText,
    ...(choices.language === '' ? {} : { language: choices.language }),
    ...(choices.publishAt === undefined ? {} : { publishAt: choices.publishAt }),
    ...(choices.coverMs === undefined ? {} : { coverMs: Math.round(choices.coverMs) }),
  };
}

/** Whether a file chosen after a reload is the one that was being sent. */
export function isSameFile(draft: Draft, file: { name: string; size: number; lastModified: number }): boolean {
  return draft.fileName === file.name && draft.sizeBytes === file.size && draft.changedMs === file.lastModified;
}

/** With a switch of a label turned. */
export function withLabel(labels: readonly Label[], label: Label, isOn: boolean): Label[] {
  const others = labels.filter((other) => other !== label);
  return isOn ? [...others, label] : others;
}

/** Whether a text can be WebVTT or SRT at all: it has a line with two times. The server reads it in full. */
export function mayBeCaptions(text: string): boolean {
  return /^\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->/m.test(text);
}
