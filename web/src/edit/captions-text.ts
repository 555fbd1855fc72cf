/** Captions as WebVTT and SRT: read leniently, written strictly. Pure. */

/** A line of captions. */
export interface Cue {
  startMs: number;
  endMs: number;
  text: string;
}

const TIMES = /(?:(\d+):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})\s*-->\s*(?:(\d+):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})/;
/** Voice and style marks of WebVTT and SRT: `<v Ada>`, `<i>`. */
const MARKS = /<[^>]*>/g;

function msOf(parts: readonly (string | undefined)[]): number {
  const [hours = '0', minutes = '0', seconds = '0', fraction = '0'] = parts.map((part) => part ?? '0');
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, '0'));
}

/** Reads WebVTT or SRT; what is no caption is passed over. [] where there is none. */
export function readCaptions(file: string): Cue[] {
  const blocks = file
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .split(/\n{2,}/);
  return blocks.flatMap((block): Cue[] => {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => TIMES.test(line));
    const found = TIMES.exec(lines[at] ?? '');
    if (found === null) return [];
    const text = lines
      .slice(at + 1)
      .join('\n')
      .replaceAll(MARKS, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
      .trim();
    const [startMs, endMs] = [msOf(found.slice(1, 5)), msOf(found.slice(5, 9))];
    return text === '' || endMs <= startMs ? [] : [{ startMs, endMs, text }];
  });
}

function timeWords(ms: number, point: '.' | ','): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = Math.floor(ms / 1000);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${point}${String(Math.round(ms) % 1000).padStart(3, '0')}`;
}

/** Neither an empty line nor an arrow may stand inside a cue. */
function soundText(text: string): string {
  return text
    .replaceAll(/\n{2,}/g, '\n')
    .replaceAll('-->', '→')
    .trim();
}

/** Writes a WebVTT file. */
export function writeVtt(cues: readonly Cue[]): string {
  const blocks = cues.map(
    ({ startMs, endMs, text }) =>
      `${timeWords(startMs, '.')} --> ${timeWords(endMs, '.')}\n${soundText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;')}`,
  );
  return `${['WEBVTT', ...blocks].join('\n\n')}\n`;
}

/** Writes an SRT file. */
export function writeSrt(cues: readonly Cue[]): string {
  const blocks = cues.map(
    ({ startMs, endMs, text }, place) =>
      `${place + 1}\n${timeWords(startMs, ',')} --> ${timeWords(endMs, ',')}\n${soundText(text)}`,
  );
  return `${blocks.join('\n\n')}\n`;
}
