/** Copies the pictures of one clip as they are, under a sound of our own. Runs in the worker only. */
import type { Clip } from '@vitrine/schema';
import { avRescaleQ } from 'node-av';
import { h264UnitLength } from '../count-track.ts';
import { Mp4Writer, replaceData } from '../encode/mp4-writer.ts';
import { stripSampleSei } from '../encode/nal.ts';
import { RefusalError } from '../refusal.ts';
import { openSource, readPackets, toMicroseconds } from '../source.ts';
import type { Source, Track } from '../source.ts';
import type { SourceLimits, VideoProbe } from '../types.ts';
import type { Pcm } from './pcm.ts';
import { SoundTrack } from './sound-track.ts';

type CopyOrder = { path: string; probe: VideoProbe; clip: Clip; limits: SourceLimits };

/** A coded picture in the order of the file; its time is the source's, from its start. */
type CodedPicture = { timeUs: number; isKey: boolean };

/** A cut may miss its picture by this much: times are whole milliseconds. */
const CUT_SLACK_US = 5_000;
/** A clip that ends this close to the end of its source ends with it. */
const END_SLACK_US = 100_000;

/**
 * Which pictures of a file are shown between two moments, as a stretch of the file: [from, to). Undefined if it cannot be cut there
 * without decoding: the start is no key frame, or the end lies between pictures that lean on each other.
 */
export function copyRange(
  pictures: readonly CodedPicture[],
  { inUs, outUs, durationUs }: { inUs: number; outUs: number; durationUs: number },
): { from: number; to: number } | undefined {
  const from =
    inUs === 0 ? 0 : pictures.findIndex(({ timeUs, isKey }) => isKey && Math.abs(timeUs - inUs) <= CUT_SLACK_US);
  if (from < 0 || pictures[from]?.isKey !== true) return undefined;
  const startUs = pictures[from].timeUs;
  const isLate = (picture: CodedPicture): boolean => picture.timeUs >= outUs - CUT_SLACK_US;
  const firstLate =
    outUs >= durationUs - END_SLACK_US ? -1 : pictures.findIndex((picture, n) => n >= from && isLate(picture));
  const to = firstLate < 0 ? pictures.length : firstLate;
  const kept = pictures.slice(from, to);
  const isWhole = kept.every(({ timeUs }) => timeUs >= startUs) && (firstLate < 0 || pictures.slice(to).every(isLate));
  return isWhole && kept.length > 0 ? { from, to } : undefined;
}

/** Writes the file at `rawPath`; false, with nothing written, if the clip cannot be cut without decoding. */
export async function copyPictures(
  order: CopyOrder,
  { rawPath, mix }: { rawPath: string; mix: Pcm | undefined },
): Promise<boolean> {
  const { clip, probe } = order;
  const pictures: CodedPicture[] = [];
  await eachPicture(order, ({ packet, track }) => {
    const timeUs = toMicroseconds(packet.pts, track.stream.timeBase) ?? 0;
    pictures.push({ timeUs: timeUs - probe.reading.startUs, isKey: packet.isKeyframe });
  });
  const range = copyRange(pictures, {
    inUs: clip.inMs * 1000,
    outUs: clip.outMs * 1000,
    durationUs: probe.durationMs * 1000,
  });
  if (range === undefined) return false;
  await copyRangeTo(order, { rawPath, mix, ...range });
  return true;
}

async function copyRangeTo(
  order: CopyOrder,
  { rawPath, mix, from, to }: { rawPath: string; mix: Pcm | undefined; from: number; to: number },
): Promise<void> {
  const shiftUs = order.probe.reading.startUs + order.clip.inMs * 1000;
  const writer = new Mp4Writer(rawPath);
  let sound: SoundTrack | undefined;
  let index = -1;
  const begin = (track: Track): void => {
    writer.addStream('video', { parameters: track.stream.codecpar }, track.stream.timeBase);
    sound = mix === undefined ? undefined : new SoundTrack(mix, writer);
  };
  let unitLengthBytes = 0;
  try {
    await eachPicture(
      order,
      async ({ packet, track }) => {
        index += 1;
        if (index < from || index >= to) return;
        const copy = packet.clone();
        if (copy === null) throw new Error('no memory for a packet');
        const shift = avRescaleQ(BigInt(Math.round(shiftUs)), { num: 1, den: 1_000_000 }, track.stream.timeBase);
        copy.pts -= shift;
        copy.dts -= shift;
        if (copy.data !== null) replaceData(copy, stripSampleSei(copy.data, unitLengthBytes));
        const atSeconds = (toMicroseconds(copy.dts, track.stream.timeBase) ?? 0) / 1e6;
        writer.push('video', copy);
        await sound?.writeUntil(atSeconds);
      },
      (track) => {
        unitLengthBytes = h264UnitLength(track);
        begin(track);
      },
    );
    await sound?.end();
    writer.end();
  } finally {
    sound?.close();
  }
}

type Visit = (given: {
  packet: Parameters<Parameters<typeof readPackets>[2]>[0];
  track: Track;
}) => void | Promise<void>;

async function eachPicture(
  { path, probe, limits }: CopyOrder,
  visit: Visit,
  begin: (track: Track) => void = () => undefined,
): Promise<void> {
  const source: Source = openSource(path, probe.reading.demuxer, limits);
  try {
    const track = source.tracks.find(({ index }) => index === probe.reading.videoIndex);
    if (track === undefined) throw new RefusalError('corrupt');
    begin(track);
    await readPackets(source, [track], (packet) => visit({ packet, track }));
  } finally {
    source.close();
  }
}
