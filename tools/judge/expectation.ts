/** What an index of test files says that each must get, and the verdict on what a server really serves of it. */
import type { ImportLine } from '../import/import-file.ts';

/** A row of INDEX.tsv. */
export interface Expectation {
  file: string;
  kind: 'video' | 'sound' | 'photo' | 'caption';
  expect: 'accept' | 'accept_stripped' | 'accept_or_refuse' | 'refuse';
  widthPx: number | undefined;
  heightPx: number | undefined;
  durationMs: number | undefined;
  hasAudio: boolean | undefined;
  /** Why a refusal is expected; begins with the problem's code. */
  reason: string;
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
  if (wanted.kind === 'caption') return judgeOutcome(wanted, line.outcome === 'caption', line);
  const isTaken = line.outcome === 'published' || line.outcome === 'sound' || line.outcome === 'photo';
  if (line.outcome === 'later') return mayBeLater(wanted) ? undefined : `answered later, must ${wanted.expect}`;
  return judgeOutcome(wanted, isTaken, line) ?? (served ? judgeServed(wanted, served) : undefined);
}

/** Sounds and photos alone: a kind that may not be taken yet. What must be refused is refused whatever its kind. */
function mayBeLater(wanted: Expectation): boolean {
  if (wanted.expect === 'refuse') return wanted.reason.includes('no_video');
  return wanted.kind === 'sound' || wanted.kind === 'photo' || wanted.expect === 'accept_or_refuse';
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
  if (wanted.widthPx !== undefined && wanted.heightPx !== undefined) {
    const scale = Math.min(1, LONGEST_SHORT_SIDE_PX / Math.min(wanted.widthPx, wanted.heightPx));
    const size = [wanted.widthPx, wanted.heightPx].map((side) => Math.max(SMALLEST_SIDE_PX, side * scale));
    const isTiny = Math.min(wanted.widthPx, wanted.heightPx) < SMALLEST_SIDE_PX;
    const off = Math.max(Math.abs(served.widthPx - (size[0] ?? 0)), Math.abs(served.heightPx - (size[1] ?? 0)));
    if (off > SIZE_TOLERANCE_PX && !isTiny)
      return `${served.widthPx}x${served.heightPx}, must be ${size.map(Math.round).join('x')}`;
  }
  if (
    wanted.durationMs !== undefined &&
    wanted.durationMs > 0 &&
    Math.abs(served.durationMs - wanted.durationMs) > DURATION_TOLERANCE_MS
  ) {
    return `lasts ${served.durationMs} ms, must be ${wanted.durationMs}`;
  }
  if (wanted.hasAudio !== undefined && served.hasAudio !== wanted.hasAudio)
    return served.hasAudio ? 'has audio, must have none' : 'has no audio, must have';
  return undefined;
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
