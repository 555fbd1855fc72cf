/** From facts of sounds to what is shown of them. Pure. */
import type { Card, CardSound, Sound, SoundName } from '@vitrine/schema';
import { z } from 'zod';
import { toOrigin } from '../sounds/store.ts';
import { fileUrlAt, type MediaBases } from '../transcode/file-address.ts';
import { postPath, soundPath } from './paths.ts';
import type { CardSoundFacts, CreditFacts, SoundFacts } from './sound-facts.ts';

const peaksSchema = z.array(z.number().int().min(0).max(255)).catch([]);

/** What plays under photos; null where it is muted or not made yet. */
export function presentAudio(
  facts: { sound: CardSoundFacts | null; soundOffsetMs: number; soundGain: number },
  bases: MediaBases,
): Card['audio'] {
  const { sound } = facts;
  if (!sound?.fileId || sound.isMuted) return null;
  return { url: fileUrlAt(bases, sound.fileId, sound.isPublic), offsetMs: facts.soundOffsetMs, gain: facts.soundGain };
}

/** A sound as a credit names it. */
function presentName({ id, title, artist, origin }: CreditFacts): SoundName {
  return { id, path: soundPath(id), title, artist, origin: toOrigin(origin) };
}

/** The sound on a card. */
export function presentCardSound(facts: CardSoundFacts | null, bases: MediaBases): CardSound | null {
  if (facts === null) return null;
  const { coverFileId } = facts;
  return {
    ...presentName(facts),
    isMuted: facts.isMuted,
    over: facts.over === null ? null : presentName(facts.over),
    coverUrl: coverFileId === null ? null : fileUrlAt(bases, coverFileId, facts.isCoverPublic ?? false),
  };
}

/** A sound's page. What its file holds is not named while it is muted. */
export function presentSound(
  facts: SoundFacts,
  given: {
    bases: MediaBases;
    madeFrom: readonly CreditFacts[];
    sameAs: CreditFacts | undefined;
    viewerId: string | undefined;
  },
): Sound {
  const { bases, viewerId } = given;
  const isMine = viewerId !== undefined && facts.accountId === viewerId;
  const isHeard =
    facts.state === 'ready' && facts.muted === null && facts.fileId !== null && facts.isFilePublic !== null;
  return {
    ...presentName(facts),
    state: facts.state === 'ready' ? 'ready' : 'processing',
    account: personOf(facts, bases),
    licence: facts.licence,
    creditLine: facts.creditLine,
    durationMs: facts.durationMs ?? 0,
    loudnessLufs: facts.loudnessLufs,
    tempoBpm: facts.tempoBpm,
    firstBeatMs: facts.firstBeatMs,
    waveform: peaksSchema.parse(facts.waveform),
    audioUrl: isHeard ? fileUrlAt(bases, facts.fileId ?? '', facts.isFilePublic ?? false) : null,
    coverUrl: facts.cover && fileUrlAt(bases, facts.cover.fileId, facts.cover.isPublic),
    postCount: Number(facts.postCount),
    allowUse: facts.allowUse,
    madeFrom: given.madeFrom.map(presentName),
    post:
      facts.postId && facts.postHandle ? { id: facts.postId, path: postPath(facts.postHandle, facts.postId) } : null,
    muted: facts.muted && { ...facts.muted, at: new Date(facts.muted.at).toISOString() },
    ...(viewerId === undefined
      ? {}
      : {
          viewer: {
            isMine,
            hasSaved: facts.hasSaved,
            ...(isMine && given.sameAs ? { sameAs: presentName(given.sameAs) } : {}),
          },
        }),
  };
}

function personOf(facts: SoundFacts, bases: MediaBases): Sound['account'] {
  if (facts.handle === null || facts.origin === 'library') return null;
  return {
    handle: facts.handle,
    name: facts.name ?? '',
    avatarUrl: facts.avatarFileId === null ? null : fileUrlAt(bases, facts.avatarFileId, true),
  };
}
