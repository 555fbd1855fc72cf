/** What keeps an edit from being published, in sentences for its maker. */
import { EDIT_LIMITS, type VideoEdit } from '@vitrine/schema';
import { isEmoji } from './emoji.ts';
import { unknownLetter } from './fonts.ts';
import { clipKey, type Sources } from './sources.ts';
import { timelineOf } from './timeline.ts';

export type EditProblemCode =
  | 'nothing_to_show'
  | 'too_long'
  | 'source_missing'
  | 'no_picture'
  | 'clip_backwards'
  | 'clip_too_short'
  | 'clip_outside_source'
  | 'stitch_not_first'
  | 'stitch_in_duet'
  | 'stitch_too_long'
  | 'text_without_time'
  | 'letters_missing'
  | 'not_a_sticker'
  | 'sound_missing'
  | 'sound_outside'
  | 'voice_missing'
  | 'parent_missing'
  | 'cover_outside';

/** `where`: id of the clip, text, sticker or voice-over. */
export type EditProblem = { code: EditProblemCode; sentence: string; where: string | null };

/** Frames at the end may be this much shorter than a file says. */
const END_SLACK_MS = 100;

/** Everything that is wrong; empty if it can be rendered. `maxDurationMs`: the region's limit. */
export function problemsOf(
  edit: VideoEdit,
  sources: Sources,
  { maxDurationMs = EDIT_LIMITS.durationMs }: { maxDurationMs?: number } = {},
): EditProblem[] {
  const { durationMs } = timelineOf(edit);
  const whole: EditProblem[] = [];
  if (durationMs === 0) whole.push(problem('nothing_to_show', 'Add a clip first: there is nothing to show yet.'));
  if (durationMs > maxDurationMs)
    whole.push(
      problem('too_long', `This is ${seconds(durationMs)} long; the most is ${seconds(maxDurationMs)}. Trim a clip.`),
    );
  if (edit.coverMs !== null && edit.coverMs > durationMs)
    whole.push(problem('cover_outside', 'The cover lies after the end. Choose it again.'));
  return [
    ...whole,
    ...edit.clips.flatMap((_, index) => clipProblems(edit, index, sources)),
    ...placedProblems(edit),
    ...soundProblems(edit, sources, durationMs),
  ];
}

function clipProblems(edit: VideoEdit, index: number, sources: Sources): EditProblem[] {
  const clip = edit.clips[index];
  if (clip === undefined) return [];
  const name = `Clip ${index + 1}`;
  const found: EditProblem[] = [];
  const say = (code: EditProblemCode, sentence: string): number => found.push(problem(code, sentence, clip.id));
  const facts = sources.get(clipKey(clip));
  if (facts === undefined)
    say('source_missing', `The file of clip ${index + 1} is not there. Add it again or remove the clip.`);
  else if (facts.widthPx === 0) say('no_picture', `${name} has no picture: sounds go under the video, not in its row.`);
  if (clip.outMs <= clip.inMs) say('clip_backwards', `${name} ends before it begins.`);
  else if (clip.outMs - clip.inMs < EDIT_LIMITS.clipMinMs)
    say('clip_too_short', `${name} is shorter than ${EDIT_LIMITS.clipMinMs} milliseconds.`);
  if (facts !== undefined && clip.outMs > facts.durationMs + END_SLACK_MS)
    say('clip_outside_source', `${name} reaches past the end of its file, which is ${seconds(facts.durationMs)} long.`);
  if ('postId' in clip.source) {
    if (index > 0) say('stitch_not_first', 'What is taken over from another post can only stand at the start.');
    if (edit.duet !== null)
      say(
        'stitch_in_duet',
        'A duet cannot begin with another post as well: a post has one parent, who is asked and credited.',
      );
    if (clip.outMs - clip.inMs > EDIT_LIMITS.stitchMs)
      say('stitch_too_long', `At most ${seconds(EDIT_LIMITS.stitchMs)} of another post can be taken over.`);
  }
  return found;
}

function placedProblems({ texts, stickers }: VideoEdit): EditProblem[] {
  const found: EditProblem[] = [];
  for (const { id, fromMs, toMs } of [...texts, ...stickers])
    if (toMs <= fromMs) found.push(problem('text_without_time', 'It ends before it begins, so it is never seen.', id));
  for (const { id, text } of texts) {
    const letter = unknownLetter(text);
    if (letter !== undefined)
      found.push(problem('letters_missing', `No type face here has the letter “${letter}”.`, id));
  }
  for (const { id, emoji } of stickers)
    if (!isEmoji(emoji)) found.push(problem('not_a_sticker', 'This sticker is not in the set.', id));
  return found;
}

function soundProblems(edit: VideoEdit, sources: Sources, durationMs: number): EditProblem[] {
  const found: EditProblem[] = [];
  if (edit.sound !== null) {
    const facts = sources.get(`sound:${edit.sound.soundId}`);
    if (facts === undefined) found.push(problem('sound_missing', 'The sound is not there any more. Choose another.'));
    else if (edit.sound.offsetMs >= facts.durationMs)
      found.push(problem('sound_outside', 'The chosen part lies after the end of the sound.'));
    if (durationMs > 0 && edit.sound.startMs >= durationMs)
      found.push(problem('sound_outside', 'The sound would begin after the end of the video.'));
  }
  for (const { id, uploadId } of edit.voiceOvers)
    if (sources.get(`upload:${uploadId}`)?.hasAudio !== true)
      found.push(problem('voice_missing', 'The recording of this voice-over is not there, or is silent.', id));
  if (edit.duet !== null && sources.get(`post:${edit.duet.postId}`) === undefined)
    found.push(problem('parent_missing', 'The post of this duet is not shown any more.'));
  return found;
}

function problem(code: EditProblemCode, sentence: string, where: string | null = null): EditProblem {
  return { code, sentence, where };
}

function seconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(1))} seconds`;
}
