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
      return {
        kind: 'rendered',
        renditions: await (await quiet(() => import('./encode/render.ts'))).renderRungs(order, report),
      };
    case 'remux':
      return {
        kind: 'rendered',
        renditions: [await (await quiet(() => import('./encode/remux.ts'))).remux(order, report)],
      };
    case 'stills':
      return (await quiet(() => import('./stills/stills.ts'))).makeStills(order);
    case 'sound':
      return (await quiet(() => import('./sound/make-sound.ts'))).makeSound(order);
    case 'copy-sound':
      return (await quiet(() => import('./compose/copy-sound.ts'))).copySound(order);
    case 'frames':
      return (await quiet(() => import('./stills/frames.ts'))).makeFrames(order);
    case 'avatar':
      return (await import('./stills/avatar.ts')).makeAvatar(order);
    case 'photo':
      return (await import('./stills/make-photo.ts')).makePhoto(order);
    case 'watermark':
      return (await quiet(() => import('./encode/watermark.ts'))).makeWatermarked(order, report);
    case 'compose':
      return (await quiet(() => import('./compose/compose.ts'))).compose(order, report);
  }
}

/** Loads a module that uses FFmpeg, silenced: its messages quote what files say. */
async function quiet<T>(load: () => Promise<T>): Promise<T> {
  const { AV_LOG_QUIET, Log } = await import('node-av');
  Log.setLevel(AV_LOG_QUIET);
  return load();
}

async function probe(path: string, limits: SourceLimits): Promise<ProbeOutcome> {
  const { size } = statSync(path);
  if (size > limits.maxSizeBytes) return refuse('too_large');
  const sniffed = sniff(readHead(path), size);
  if (sniffed.kind === 'stream')
    return (await quiet(() => import('./probe.ts'))).probeStream(path, sniffed.demuxer, limits);
  if (sniffed.kind === 'photo') {
    if (sniffed.format === 'avif-sequence') return probeSequence(path, limits);
    return (await import('./stills/photo.ts')).probePhoto(path, sniffed.format, limits);
  }
  if (sniffed.kind === 'refused') return sniffed;
  const captions = size > MAX_CAPTION_BYTES ? refuse('too_large') : parseCaptions(readFileSync(path));
  return captions.kind === 'refused'
    ? captions
    : { kind: 'caption', format: captions.format, cueCount: captions.cues.length };
}

/** A film of AVIF pictures: the picture library does not read these, FFmpeg does. */
async function probeSequence(path: string, limits: SourceLimits): Promise<ProbeOutcome> {
  const outcome = await (await quiet(() => import('./probe.ts'))).probeStream(path, 'mov', limits);
  if (outcome.kind !== 'video') return outcome.kind === 'refused' ? outcome : refuse('corrupt');
  return { kind: 'photo', format: 'avif', widthPx: outcome.widthPx, heightPx: outcome.heightPx, isAnimated: true };
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
