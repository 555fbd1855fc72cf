/** What an index of test files says that each must get, and the verdict on what a server really serves of it. */
import type { ImportLine } from '../import/import-file.ts';

/** A row of INDEX.tsv. */
interface Expectation {
  file: string;
  kind: 'video' | 'sound' | 'photo' | 'caption';
  expect: 'accept' | 'accept_stripped' | 'accept_or_refuse' | 'refuse';
  widthPx: number | undefined;
  heightPx: number | undefined;
  durationMs: number | undefined;
  hasAudio: boolean | undefined;
  /** Why a refusal is expected; begins with the problem's code. */
  reason: string;
  /** The index leaves open which way up it is shown. */
  mayBeTurned: boolean;
}

/** What was found in the bytes of a served post. */
export interface Served {
  widthPx: number;
  heightPx: number;
  durationMs: number;
  hasAudio: boolean;
  /** Where bytes of a location were found. */
  locationIn: string[];
}

const LONGEST_SHORT_SIDE_PX = 1080;
const SIZE_TOLERANCE_PX = 2;
const DURATION_TOLERANCE_MS = 200;
const SMALLEST_SIDE_PX = 16;

/** Parses INDEX.tsv by its head line. */
export function readExpectations(tsv: string): Expectation[] {
  const [head = '', ...rows] = tsv.trimEnd().split('\n');
  const names = head.split('\t');
  return rows.map((row) => {
    const cells = row.split('\t');
    const cell = (name: string): string => cells[names.indexOf(name)] ?? '';
    const numberOf = (name: string): number | undefined => (cell(name) === '' ? undefined : Number(cell(name)));
    const seconds = numberOf('decoded_duration_s');
    return {
      file: cell('file'),
      kind: cell('kind') as Expectation['kind'],
      expect: cell('expect') as Expectation['expect'],
      widthPx: numberOf('disp_width'),
      heightPx: numberOf('disp_height'),
      durationMs: seconds === undefined ? undefined : seconds * 1000,
      // A track of no channels is there and cannot be heard.
      hasAudio: cell('has_audio') === '' ? undefined : cell('has_audio') === 'yes' && cell('channels') !== '0',
      reason: cell('reason_or_condition'),
      mayBeTurned: cell('notes').includes('displayed size swaps'),
    };
  });
}

/**
 * Judges one file.
 * @returns undefined when it got what it must, else what is wrong
 */
export function mismatch(
  wanted: Expectation,
  line: ImportLine | undefined,
  served: Served | undefined,
): string | undefined {
  if (!line) return 'the import told nothing of it';
  const taken = { video: 'published', sound: 'sound', photo: 'photo', caption: 'caption' }[wanted.kind];
  // What is refused only as a video may be a sound, or (one is both) a photo.
  if (wanted.expect === 'refuse' && wanted.reason.includes('no_video') && line.outcome !== 'published')
    return undefined;
  const isTaken = line.outcome !== 'refused';
  // What may be refused may also be taken for what it is: a "video" without a picture is a sound, one of a single picture a photo.
  if (isTaken && wanted.expect === 'accept' && line.outcome !== taken)
    return `taken as ${line.outcome}, must be ${taken}`;
  return judgeOutcome(wanted, isTaken, line) ?? (served ? judgeServed(wanted, served) : undefined);
}

function judgeOutcome(wanted: Expectation, isTaken: boolean, line: ImportLine): string | undefined {
  if (wanted.expect === 'accept_or_refuse')
    return isTaken || line.problem?.detail ? undefined : 'refused without a reason';
  if (wanted.expect === 'refuse')
    return isTaken ? 'taken, must be refused' : line.problem?.detail ? undefined : 'refused without a reason';
  return isTaken ? undefined : `must be taken: ${line.problem?.code} ${line.problem?.detail}`;
}

function judgeServed(wanted: Expectation, served: Served): string | undefined {
  if (served.locationIn.length > 0) return `bytes of a location in ${served.locationIn.join(', ')}`;
  const wrongSize = wanted.kind === 'sound' ? undefined : judgeSize(wanted, served);
  if (wrongSize !== undefined || wanted.kind === 'photo') return wrongSize;
  if (
    wanted.durationMs !== undefined &&
    wanted.durationMs > 0 &&
    Math.abs(served.durationMs - wanted.durationMs) > DURATION_TOLERANCE_MS
  ) {
    return `lasts ${served.durationMs} ms, must be ${wanted.durationMs}`;
  }
  // A newer decoder may hear what the index's could not.
  if (wanted.kind === 'sound') return served.hasAudio ? undefined : 'is silent';
  if (wanted.hasAudio !== undefined && served.hasAudio !== wanted.hasAudio)
    return served.hasAudio ? 'has audio, must have none' : 'has no audio, must have';
  return undefined;
}

function judgeSize(wanted: Expectation, served: Served): string | undefined {
  if (wanted.widthPx === undefined || wanted.heightPx === undefined) return undefined;
  const shortPx = Math.min(wanted.widthPx, wanted.heightPx);
  const scale = Math.min(1, LONGEST_SHORT_SIDE_PX / shortPx);
  const smallestPx = wanted.kind === 'photo' ? 1 : SMALLEST_SIDE_PX;
  const [widthPx = 0, heightPx = 0] = [wanted.widthPx, wanted.heightPx].map((side) =>
    Math.max(smallestPx, side * scale),
  );
  const sizes = wanted.mayBeTurned
    ? [
        [widthPx, heightPx],
        [heightPx, widthPx],
      ]
    : [[widthPx, heightPx]];
  const isOff = ([width = 0, height = 0]: number[]): boolean =>
    Math.max(Math.abs(served.widthPx - width), Math.abs(served.heightPx - height)) > SIZE_TOLERANCE_PX;
  return shortPx >= smallestPx && sizes.every(isOff)
    ? `${served.widthPx}x${served.heightPx}, must be ${Math.round(widthPx)}x${Math.round(heightPx)}`
    : undefined;
}

const LOCATION_MARKS = [
  '\u00A9xyz',
  'loci',
  'com.apple.quicktime.location',
  'com.android.gps',
  'GPSLatitude',
  'GPSLongitude',
  'GPS ',
];
const ISO_6709 = /[+-]\d{2}\.\d{3,}[+-]\d{3}\.\d{3,}/;

/** Whether bytes hold a location, as a mark of a known format or as ISO 6709 text. */
export function holdsLocation(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('latin1');
  return LOCATION_MARKS.some((mark) => text.includes(mark)) || ISO_6709.test(text);
}
