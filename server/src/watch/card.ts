/** From facts to what is shown: cards and the answer of one post. Pure. */
import {
  encodingStepSchema,
  labelSchema,
  type Card,
  type Label,
  type Person,
  type Post,
  type PostState,
  type Rendition,
} from '@vitrine/schema';
import { z } from 'zod';
import { sentenceOf, isProblemCode } from '../platform/problem.ts';
import { fileUrlAt, type MediaBases } from '../transcode/file-address.ts';
import type { JudgedFacts, PersonFacts, PostFacts } from './hydration.ts';
import { postPath } from './paths.ts';
import { presentAudio, presentCardSound } from './sound-view.ts';

const labelsSchema = z.array(labelSchema).catch([]);
const rungsSchema = z.array(encodingStepSchema).catch([]);

function presentRenditions(facts: PostFacts, bases: MediaBases): Rendition[] {
  return facts.renditions.map(({ fileId, isPublic, ...rendition }) => ({
    ...rendition,
    url: fileUrlAt(bases, fileId, isPublic),
  }));
}

function presentParent({ parentKind, parent }: PostFacts, bases: MediaBases): Card['parent'] {
  if (parentKind !== 'duet' && parentKind !== 'stitch') return null;
  if (!parent) return { kind: parentKind, post: null };
  const { id, handle, name, avatarFileId } = parent;
  const avatarUrl = avatarFileId === null ? null : fileUrlAt(bases, avatarFileId, true);
  return { kind: parentKind, post: { id, path: postPath(handle, id), account: { handle, name, avatarUrl } } };
}

function presentPhotos(facts: PostFacts, bases: MediaBases): Card['photos'] {
  return facts.photos
    .filter((photo) => photo.files.length > 0)
    .map(({ files, placeholder, ...photo }) => ({
      ...photo,
      placeholder: placeholder ?? '',
      files: files.map(({ fileId, isPublic, widthPx, mime }) => ({
        widthPx,
        type: mime,
        url: fileUrlAt(bases, fileId, isPublic),
      })),
    }));
}

function presentStoryboard(facts: PostFacts, bases: MediaBases): Card['storyboard'] {
  const { storyboardFileId, storyboardFrames, storyboardWidthPx, storyboardHeightPx } = facts;
  if (
    storyboardFileId === null ||
    storyboardFrames === null ||
    storyboardWidthPx === null ||
    storyboardHeightPx === null
  )
    return null;
  const url = fileUrlAt(bases, storyboardFileId, facts.isMediaPublic ?? false);
  return { url, frames: storyboardFrames, frameWidthPx: storyboardWidthPx, frameHeightPx: storyboardHeightPx };
}

function labelsOf(facts: PostFacts): Label[] {
  return labelsSchema.parse(facts.labels);
}

/** Someone as cards name them. */
export function presentPerson(facts: Omit<PersonFacts, 'id'>, bases: MediaBases): Person {
  return {
    handle: facts.handle,
    name: facts.name,
    avatarUrl: facts.avatarFileId === null ? null : fileUrlAt(bases, facts.avatarFileId, true),
  };
}

/** A post's card; undefined while it has nothing to play. */
export function presentCard(facts: PostFacts, bases: MediaBases): Card | undefined {
  const renditions = presentRenditions(facts, bases);
  const photos = presentPhotos(facts, bases);
  if ((renditions.length === 0 && photos.length === 0) || facts.publishedAt === null) return undefined;
  const isPublic = facts.isMediaPublic ?? false;
  const audio = facts.kind === 'photos' ? presentAudio(facts, bases) : null;
  const poster = facts.posterFileId === null ? '' : fileUrlAt(bases, facts.posterFileId, isPublic);
  return {
    id: facts.id,
    path: postPath(facts.handle, facts.id),
    account: presentPerson(facts, bases),
    text: facts.text,
    tags: facts.tags,
    publishedAt: facts.publishedAt.toISOString(),
    isEdited: facts.editedAt !== null,
    kind: facts.kind === 'photos' ? 'photos' : 'video',
    durationMs: facts.durationMs ?? 0,
    widthPx: facts.widthPx ?? 0,
    heightPx: facts.heightPx ?? 0,
    hasAudio: audio !== null || (facts.hasAudio ?? false),
    poster: {
      url: poster,
      avifUrl: facts.posterAvifFileId === null ? poster : fileUrlAt(bases, facts.posterAvifFileId, isPublic),
      placeholder: facts.posterPlaceholder ?? '',
      isBright: facts.posterIsBright ?? false,
    },
    storyboard: presentStoryboard(facts, bases),
    renditions,
    photos,
    audio,
    sound: presentCardSound(facts.sound, bases),
    parent: presentParent(facts, bases),
    hlsUrl: facts.hlsFileId === null ? null : fileUrlAt(bases, facts.hlsFileId, isPublic),
    captions: facts.captions.map((track) => ({
      language: track.language,
      label: track.label,
      url: fileUrlAt(bases, track.fileId, track.isPublic),
    })),
    labels: labelsOf(facts),
    altText: facts.altText,
    language: facts.language,
    audience: facts.audience === 'everyone' || facts.audience === 'followers' ? facts.audience : 'onlyMe',
    allow: facts.allow,
    counts: facts.counts,
    publicNumber: isPublic ? facts.publicNumber : null,
    mayStandInChunk: isPublic && facts.mayStandInChunk,
    ...(facts.viewer ? { viewer: facts.viewer } : {}),
  };
}

/** The state as its author sees it. */
function stateOf(facts: JudgedFacts): PostState {
  if (facts.deletedAt !== null || facts.state === 'deleted') return 'deleted';
  if (facts.restriction !== null) return facts.restriction.what === 'withheld' ? 'withheld' : 'removed';
  if (facts.state === 'failed' || facts.videoState === 'failed') return 'failed';
  return facts.state === 'published' || facts.state === 'scheduled' ? facts.state : 'processing';
}

function problemOf(facts: JudgedFacts): Post['problem'] {
  const code = facts.videoState === 'sound' ? 'no_video' : (facts.problemCode ?? facts.uploadProblemCode);
  if (code === null) return undefined;
  const known = isProblemCode(code) ? sentenceOf(code) : '';
  return { code, detail: facts.problemDetail ?? facts.uploadProblemDetail ?? known };
}

/** The answer of `GET /posts/:id`. What only the author may know is added for the author alone. */
export function presentPost(facts: JudgedFacts, bases: MediaBases): Post {
  const isMine = facts.viewer?.isMine ?? false;
  const state = stateOf(facts);
  const problem = isMine ? problemOf(facts) : undefined;
  const card = facts.state === 'published' && facts.deletedAt === null ? presentCard(facts, bases) : undefined;
  return {
    id: facts.id,
    state,
    ...(problem ? { problem } : {}),
    durationMs: facts.durationMs,
    widthPx: facts.widthPx,
    heightPx: facts.heightPx,
    hasAudio: facts.hasAudio,
    sound: presentCardSound(facts.sound, bases),
    ...(isMine && state === 'scheduled' && facts.publishAt ? { publishAt: facts.publishAt.toISOString() } : {}),
    renditions: presentRenditions(facts, bases),
    posterUrl: facts.posterFileId === null ? null : fileUrlAt(bases, facts.posterFileId, facts.isMediaPublic ?? false),
    counts: facts.counts,
    ...(isMine ? { encoding: rungsSchema.parse(facts.rungs) } : {}),
    ...(card ? { card } : {}),
  };
}
