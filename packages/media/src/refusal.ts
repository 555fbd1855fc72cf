/** The one table of sentences for files that are not taken. */
import type { Refusal, RefusalCode } from './types.ts';

const SENTENCES: Record<RefusalCode, string> = {
  empty: 'The file is empty.',
  not_media: 'This is not a video, a sound or a picture.',
  no_video: 'There is no moving picture in this file.',
  unsupported_container: 'This kind of file is not supported. MP4, MOV, WebM and MKV are.',
  unsupported_codec:
    'The pictures in this file are coded in a way that is not supported. H.264, HEVC, VP9 and AV1 are.',
  encrypted: 'This file is encrypted, so it cannot be shown to others.',
  corrupt: 'This file is damaged: nothing in it could be played.',
  too_short: 'This video is too short.',
  too_long: 'This video is too long.',
  too_large: 'This file is too large.',
  too_large_pixels: 'The picture is too large: the most is 36 million pixels.',
  too_many_streams: 'This file holds too many tracks.',
  invalid_caption: 'This caption file has a mistake in it.',
  too_hard: 'This file could not be read within the limits: it is too large or built to break players.',
};

/** A refusal; `sentence` replaces the table's where more can be said. */
export function refuse(code: RefusalCode, sentence: string = SENTENCES[code]): Refusal {
  return { kind: 'refused', code, sentence };
}

/** Carries a refusal out of nested work; caught once, in the worker. */
export class RefusalError extends Error {
  readonly refusal: Refusal;
  constructor(code: RefusalCode, sentence?: string, cause?: unknown) {
    const refusal = refuse(code, sentence);
    super(refusal.sentence, { cause });
    this.refusal = refusal;
  }
}
