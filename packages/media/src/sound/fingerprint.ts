/** What a recording sounds like, in words of 32 bits, about eight a second (chromaprint). Runs in the worker only. */
import { readFileSync, rmSync } from 'node:fs';
import {
  AVFMT_FLAG_BITEXACT,
  AVIO_FLAG_WRITE,
  AVMEDIA_TYPE_AUDIO,
  AV_CHANNEL_LAYOUT_MONO,
  AV_CODEC_ID_PCM_S16LE,
  AV_PKT_FLAG_KEY,
  AV_SAMPLE_FMT_S16,
  FormatContext,
  IOContext,
  Packet,
  Rational,
} from 'node-av';
import { check } from '../encode/mp4-writer.ts';
import { setOptions } from '../source.ts';
import { MONO_RATE_HZ } from './measure.ts';

const BLOCK_SAMPLES = 4096;
/** Fewer different words say nothing: a pure tone, a hum, silence. */
const MIN_DIFFERENT_WORDS = 8;

/** Little-endian words; empty for what is too short or too plain to be known again. */
export function fingerprintOf(mono: Int16Array, scratchPath: string): Buffer {
  const context = new FormatContext();
  check(context.allocOutputContext2(null, 'chromaprint', scratchPath), 'allocate the fingerprint');
  const io = new IOContext();
  check(io.open2Sync(`file:${scratchPath}`, AVIO_FLAG_WRITE), 'open the fingerprint');
  context.pb = io;
  context.setFlags(AVFMT_FLAG_BITEXACT);
  setOptions(context, { fp_format: 'raw' });
  try {
    const stream = context.newStream(null);
    const { codecpar } = stream;
    codecpar.codecType = AVMEDIA_TYPE_AUDIO;
    codecpar.codecId = AV_CODEC_ID_PCM_S16LE;
    codecpar.format = AV_SAMPLE_FMT_S16;
    codecpar.sampleRate = MONO_RATE_HZ;
    codecpar.channelLayout = AV_CHANNEL_LAYOUT_MONO;
    stream.timeBase = new Rational(1, MONO_RATE_HZ);
    check(context.writeHeaderSync(null), 'begin the fingerprint');
    for (let at = 0; at < mono.length; at += BLOCK_SAMPLES)
      writeBlock(context, mono.subarray(at, at + BLOCK_SAMPLES), at);
    check(context.writeTrailerSync(), 'finish the fingerprint');
  } finally {
    // The context would close it a second time.
    context.pb = null;
    io.closepSync();
    context.freeContext();
  }
  const print = readFileSync(scratchPath);
  rmSync(scratchPath);
  return isTelling(print) ? print : Buffer.alloc(0);
}

function writeBlock(context: FormatContext, block: Int16Array, at: number): void {
  using packet = new Packet();
  packet.alloc();
  packet.data = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
  packet.streamIndex = 0;
  packet.pts = BigInt(at);
  packet.dts = BigInt(at);
  packet.duration = BigInt(block.length);
  packet.flags = AV_PKT_FLAG_KEY as never;
  check(context.writeFrameSync(packet), 'write the fingerprint');
}

function isTelling(print: Buffer): boolean {
  const words = new Set<number>();
  for (let at = 0; at + 4 <= print.length; at += 4) words.add(print.readUInt32LE(at));
  return words.size >= MIN_DIFFERENT_WORDS;
}
