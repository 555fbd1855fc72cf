/**
 * A draft of the studio as this device holds it. While a clip's upload has no id yet, the edit names the clip by the key under
 * which it is being sent; the server gets the edit once every key has become an id. Pure.
 */
import type { Draft as ServerDraft, DraftBody, DraftWords, Edit, FilterName, FrameShape } from '@vitrine/schema';
import { emptyChoices, type Choices } from '../upload/draft.ts';

/** A file that becomes a clip as soon as its length is known, with what the camera decided for it. */
export interface WaitingClip {
  key: string;
  speed?: number;
  filter?: FilterName;
  /** It was filmed for this shape and fills it, whatever shape the camera's picture has. */
  frame?: FrameShape;
}

/** One draft. */
export interface StudioDraft {
  /** Made here; also the idempotency key of draft and post. */
  key: string;
  /** Whose it is: another account in the same browser sees and saves nothing of it. */
  accountId: string | undefined;
  /** The server's id, once it has it. */
  draftId: string | undefined;
  /** The server's version that this state was made from; 0 before the first save. */
  version: number;
  title: string;
  edit: Edit;
  /** Files that become clips as soon as their length is known, in this order. */
  waiting: readonly WaitingClip[];
  choices: Choices;
  changedAt: string;
  /** The server has this very state. */
  isSaved: boolean;
  /** Somebody (another device) saved a newer version over the one that this was made from. */
  isOvertaken: boolean;
  /** What the server refused, for people. */
  problem: string | undefined;
  /** Post was pressed: it is posted as soon as it can be. */
  isWanted: boolean;
  postId: string | undefined;
}

/** A draft that was just begun. */
export function newStudioDraft(key: string, edit: Edit, changedAt: string): StudioDraft {
  return {
    key,
    accountId: undefined,
    draftId: undefined,
    version: 0,
    title: '',
    edit,
    waiting: [],
    choices: emptyChoices(),
    changedAt,
    isSaved: false,
    isOvertaken: false,
    problem: undefined,
    isWanted: false,
    postId: undefined,
  };
}

/** What the server holds of a draft, as this device's own. */
export function fromServer(key: string, draft: Omit<ServerDraft, 'uploads'>, empty: Edit): StudioDraft {
  const edit = draft.edit ?? empty;
  return {
    ...newStudioDraft(key, edit, draft.updatedAt),
    draftId: draft.id,
    version: draft.version,
    title: draft.title,
    choices: choicesOf(draft.words, edit),
    isSaved: true,
  };
}

/** The ids by which an edit names its media: keys of this device or ids of the server. */
export function mediaIdsOf(edit: Edit): string[] {
  if (edit.kind === 'photos') return unique(edit.photos.map((photo) => photo.uploadId));
  const clips = edit.clips.flatMap(({ source }) => ('uploadId' in source ? [source.uploadId] : []));
  return unique([...clips, ...edit.voiceOvers.map((voice) => voice.uploadId)]);
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}

/**
 * The edit with other names for its media.
 * @returns undefined where `nameOf` knows none of them yet
 */
export function withNames<Kind extends Edit>(edit: Kind, nameOf: (id: string) => string | undefined): Kind | undefined {
  const names = new Map(mediaIdsOf(edit).map((id) => [id, nameOf(id)]));
  if ([...names.values()].includes(undefined)) return undefined;
  const named = <Piece extends { uploadId: string }>(piece: Piece): Piece => ({
    ...piece,
    uploadId: names.get(piece.uploadId) ?? piece.uploadId,
  });
  if (edit.kind === 'photos') return { ...edit, photos: edit.photos.map(named) };
  return {
    ...edit,
    clips: edit.clips.map((clip) => ('uploadId' in clip.source ? { ...clip, source: named(clip.source) } : clip)),
    voiceOvers: edit.voiceOvers.map(named),
  };
}

/** The body of a save. */
export function bodyOf(draft: StudioDraft, edit: Edit): DraftBody {
  return { title: draft.title, edit, words: wordsOf(draft.choices) };
}

function wordsOf(choices: Choices): DraftWords {
  return {
    text: choices.text,
    tags: [],
    audience: choices.audience,
    labels: choices.labels,
    altText: choices.altText,
    allow: choices.allow,
    ...(choices.language === '' ? {} : { language: choices.language }),
    ...(choices.publishAt === undefined ? {} : { publishAt: choices.publishAt }),
  };
}

function choicesOf(words: DraftWords, edit: Edit): Choices {
  const coverMs = edit.kind === 'video' ? (edit.coverMs ?? undefined) : undefined;
  return {
    ...emptyChoices(),
    text: words.text,
    audience: words.audience,
    labels: words.labels,
    altText: words.altText,
    allow: words.allow,
    language: words.language ?? '',
    publishAt: words.publishAt,
    coverMs,
  };
}

/** One whole clip of one upload and nothing done to it: it can be posted without rendering anything. */
export function isUntouched(edit: Edit, durationMsOf: (id: string) => number | undefined): boolean {
  if (edit.kind !== 'video' || edit.clips.length !== 1) return false;
  const [clip] = edit.clips;
  if (clip === undefined || !('uploadId' in clip.source)) return false;
  const isBare =
    edit.sound === null &&
    edit.duet === null &&
    edit.captions === null &&
    edit.originalGain === 1 &&
    [edit.texts, edit.stickers, edit.voiceOvers].every((pieces) => pieces.length === 0);
  const durationMs = durationMsOf(clip.source.uploadId);
  const isWhole = clip.inMs === 0 && durationMs !== undefined && Math.abs(clip.outMs - durationMs) <= 40;
  return isBare && isWhole && clip.speed === 1 && clip.crop === null && clip.filter === 'none' && clip.gain === 1;
}
