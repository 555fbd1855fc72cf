/** The process in which FFmpeg runs: reads one order from standard input, does it, says how it went, ends. */
import { closeSync, openSync, readFileSync, readSync, statSync, writeSync } from 'node:fs';
import { sniff, SNIFF_BYTES } from './sniff.ts';
import { parseCaptions } from './captions.ts';
import { refuse, RefusalError } from './refusal.ts';
import type { Line, Order } from './order.ts';
import type { ProbeOutcome, RungProgress, SourceLimits } from './types.ts';

const STDOUT = 1;

function say(line: Line): void {
  const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
  for (let done = 0; done < bytes.length;) done += writeSync(STDOUT, bytes, done);
}

const report = (progress: RungProgress): void => say({ line: 'progress', progress });

/** Only what a job needs is loaded: FFmpeg alone takes a tenth of a second. */
async function run(order: Order): Promise<unknown> {
  switch (order.job) {
    case 'probe':
      return probe(order.sourcePath, order.limits);
    case 'encode':
      return { kind: 'rendered', renditions: await (await media('./encode/render.ts')).renderRungs(order, report) };
    case 'remux':
      return { kind: 'rendered', renditions: [await (await media('./encode/remux.ts')).remux(order, report)] };
    case 'stills':
      return (await media('./stills/stills.ts')).makeStills(order);
    case 'avatar':
      return (await import('./stills/avatar.ts')).makeAvatar(order);
    case 'watermark':
      return (await media('./encode/watermark.ts')).makeWatermarked(order, report);
  }
}

/** Loads a module that uses FFmpeg, silenced: its messages quote what files say. */
async function media<T extends keyof Modules>(path: T): Promise<Modules[T]> {
  const { AV_LOG_QUIET, Log } = await import('node-av');
  Log.setLevel(AV_LOG_QUIET);
  return (await import(path)) as Modules[T];
}

type Modules = {
  './probe.ts': typeof import('./probe.ts');
  './encode/render.ts': typeof import('./encode/render.ts');
  './encode/remux.ts': typeof import('./encode/remux.ts');
  './encode/watermark.ts': typeof import('./encode/watermark.ts');
  './stills/stills.ts': typeof import('./stills/stills.ts');
};

async function probe(path: string, limits: SourceLimits): Promise<ProbeOutcome> {
  const { size } = statSync(path);
  if (size > limits.maxSizeBytes) return refuse('too_large');
  const sniffed = sniff(readHead(path), size);
  if (sniffed.kind === 'stream') return (await media('./probe.ts')).probeStream(path, sniffed.demuxer, limits);
  if (sniffed.kind === 'photo') return (await import('./stills/photo.ts')).probePhoto(path, sniffed.format, limits);
  if (sniffed.kind === 'refused') return sniffed;
  const captions = size > MAX_CAPTION_BYTES ? refuse('too_large') : parseCaptions(readFileSync(path));
  return captions.kind === 'refused'
    ? captions
    : { kind: 'caption', format: captions.format, cueCount: captions.cues.length };
}

/** Largest caption file. */
const MAX_CAPTION_BYTES = 512 * 1024;

function readHead(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(SNIFF_BYTES);
    return head.subarray(0, readSync(file, head, 0, SNIFF_BYTES, 0));
  } finally {
    closeSync(file);
  }
}

try {
  const order = JSON.parse(readFileSync(0, 'utf8')) as Order;
  const outcome = await run(order);
  const { user, system } = process.cpuUsage();
  say({ line: 'done', outcome, cpuMs: Math.round((user + system) / 1000) });
} catch (error) {
  if (error instanceof RefusalError)
    say({ line: 'done', outcome: error.refusal, cpuMs: Math.round(process.cpuUsage().user / 1000) });
  else
    say({
      line: 'failed',
      message:
        error instanceof Error
          ? `${error.message}${error.cause instanceof Error ? `: ${error.cause.message}` : ''}`
          : 'unknown',
    });
}
// Freeing everything by hand would only be a chance to crash.
process.exit(0);
