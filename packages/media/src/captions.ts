/** Reads WebVTT (W3C) and SubRip strictly enough to refuse what players would show wrongly; writes clean WebVTT. Pure. */
import { refuse } from './refusal.ts';
import type { CaptionsOutcome, Cue, Refusal } from './types.ts';

/** Most cues of one track and most characters of one cue. */
const MAX_CUES = 20_000;
const MAX_CUE_CHARS = 2_000;

const TIME = String.raw`(?:(\d{2,}):)?([0-5]\d):([0-5]\d)`;
const VTT_TIMING = new RegExp(String.raw`^${TIME}\.(\d{3})[ \t]+-->[ \t]+${TIME}\.(\d{3})(?:[ \t]+(.*))?$`);
const SRT_TIMING =
  /^(\d{1,2}):([0-5]\d):([0-5]\d),(\d{3})[ \t]+-->[ \t]+(\d{1,2}):([0-5]\d):([0-5]\d),(\d{3})(?:[ \t]+(.*))?$/;

/** Checks a caption file; the refusal's sentence names the line. */
export function parseCaptions(bytes: Uint8Array): CaptionsOutcome {
  let text: string;
  try {
    text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    return invalid(1, 'the text is not UTF-8');
  }
  const lines = text.replaceAll('\0', '\u{fffd}').split(/\r\n|\n|\r/);
  return /^WEBVTT([ \t].*)?$/.test(lines[0] ?? '') ? parseVtt(lines) : parseSrt(lines);
}

/** UTF-8, unless a mark at the start says UTF-16, as older Windows programs write. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

function invalid(line: number, what: string): Refusal {
  return refuse('invalid_caption', `This caption file has a mistake in line ${line}: ${what}.`);
}

/** Lines between empty ones, with the number (from 1) of the first. */
type Block = { line: number; rows: string[] };

function blocksOf(lines: readonly string[], from: number): Block[] {
  const blocks: Block[] = [];
  let current: Block | undefined;
  lines.forEach((row, n) => {
    if (n < from) return;
    if (row.trim() === '') current = undefined;
    else if (current !== undefined) current.rows.push(row);
    else blocks.push((current = { line: n + 1, rows: [row] }));
  });
  return blocks;
}

function parseVtt(lines: readonly string[]): CaptionsOutcome {
  const cues: Cue[] = [];
  const headerEnd = lines.findIndex((row) => row.trim() === '');
  if (headerEnd < 0 && lines.some((row) => row.includes('-->')))
    return invalid(2, 'an empty line has to follow the header');
  for (const block of headerEnd < 0 ? [] : blocksOf(lines, headerEnd)) {
    for (const { line, rows } of splitAtTimes(block)) {
      const refusal = addCue(cues, { line, match: VTT_TIMING.exec((rows[0] ?? '').trim()), text: rows.slice(1) });
      if (refusal !== undefined) return refusal;
    }
  }
  return { kind: 'captions', format: 'vtt', cues: cues.map(cleanCue) };
}

/** A time ends the cue before it, even without an empty line; what stands before the first time (names, NOTE, STYLE) is not shown. */
function splitAtTimes({ line, rows }: Block): Block[] {
  const cues: Block[] = [];
  rows.forEach((row, n) => {
    if (row.includes('-->')) cues.push({ line: line + n, rows: [row] });
    else cues.at(-1)?.rows.push(row);
  });
  return cues;
}

function parseSrt(lines: readonly string[]): CaptionsOutcome {
  const cues: Cue[] = [];
  const isNumber = (row: string | undefined): boolean => /^\d+$/.test(row?.trim() ?? '');
  for (const { line, rows } of blocksOf(lines, 0)) {
    const timing = rows[1] ?? '';
    if (!timing.includes('-->')) {
      // A text may hold an empty line; then its rest is a block without a time.
      const last = cues.at(-1);
      if (last === undefined || rows.some((row) => row.includes('-->')))
        return invalid(line, 'a number and a time are expected');
      last.text += `\n${rows.join('\n')}`;
      if (last.text.length > MAX_CUE_CHARS) return tooLong(line);
      continue;
    }
    if (!isNumber(rows[0])) return invalid(line, 'a cue begins with its number');
    const refusal = addCue(cues, { line: line + 1, match: SRT_TIMING.exec(timing.trim()), text: rows.slice(2) });
    if (refusal !== undefined) return refusal;
  }
  return cues.length > 0
    ? { kind: 'captions', format: 'srt', cues: cues.map(cleanCue) }
    : invalid(1, 'there are no captions in it');
}

type RawCue = { line: number; match: RegExpExecArray | null; text: readonly string[] };

function addCue(cues: Cue[], { line, match, text }: RawCue): Refusal | undefined {
  if (match === null) return invalid(line, 'the time is not written rightly');
  const startMs = toMs(match.slice(1, 5));
  const endMs = toMs(match.slice(5, 9));
  if (endMs <= startMs) return invalid(line, 'the end is not after the start');
  const stray = text.findIndex((row) => row.includes('-->'));
  if (stray >= 0) return invalid(line + 1 + stray, 'an empty line has to stand before a time');
  if (cues.length >= MAX_CUES) return invalid(line, `there are more than ${MAX_CUES} captions`);
  const joined = text.join('\n');
  if (joined.length > MAX_CUE_CHARS) return tooLong(line);
  cues.push({ startMs, endMs, text: joined });
  return undefined;
}

function tooLong(line: number): Refusal {
  return invalid(line, `a caption is longer than ${MAX_CUE_CHARS} characters`);
}

/** Once for each cue, when all of it is read: cleaning again at each part would take time beyond measure. */
function cleanCue(cue: Cue): Cue {
  return { ...cue, text: safeText(cue.text) };
}

function toMs([hours = '0', minutes = '0', seconds = '0', millis = '0']: (string | undefined)[]): number {
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(millis);
}

const KEPT_TAGS = new Set(['b', 'i', 'u']);

/** Keeps <b>, <i>, <u> (closed properly), drops all other tags, escapes what is left. */
function safeText(raw: string): string {
  const open: string[] = [];
  let out = '';
  for (const piece of raw.split(/(<[^<>]*>)/)) {
    const tag = /^<(\/?)([a-zA-Z]*)[^<>]*>$/.exec(piece);
    if (tag === null) {
      out += escapeText(piece);
      continue;
    }
    const name = (tag[2] ?? '').toLowerCase();
    if (!KEPT_TAGS.has(name)) continue;
    if (tag[1] === '') {
      open.push(name);
      out += `<${name}>`;
    } else if (open.at(-1) === name) {
      open.pop();
      out += `</${name}>`;
    }
  }
  return (
    out +
    open
      .reverse()
      .map((name) => `</${name}>`)
      .join('')
  );
}

/** Escapes, but leaves the escapes that WebVTT itself knows. */
function escapeText(text: string): string {
  return text
    .replaceAll(/&(?!(?:amp|lt|gt|nbsp|lrm|rlm|#\d+|#x[0-9a-fA-F]+);)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** Clean WebVTT of checked cues, in order of time. */
export function writeWebVtt(cues: readonly Cue[]): string {
  const sorted = [...cues].sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  const body = sorted.map(
    ({ startMs, endMs, text }) =>
      `${stamp(startMs)} --> ${stamp(endMs)}\n${safeText(text).replaceAll(/\n{2,}/g, '\n')}\n`,
  );
  return `WEBVTT\n\n${body.join('\n')}`;
}

function stamp(timeMs: number): string {
  const part = (value: number, digits: number): string => String(Math.floor(value)).padStart(digits, '0');
  return `${part(timeMs / 3_600_000, 2)}:${part((timeMs / 60_000) % 60, 2)}:${part((timeMs / 1000) % 60, 2)}.${part(timeMs % 1000, 3)}`;
}
