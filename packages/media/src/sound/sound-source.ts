/** The sound of any file, decoded. Runs in the worker only. */
import { AV_CHANNEL_ORDER_UNSPEC, avChannelLayoutDefault } from 'node-av';
import type { CodecContext, Frame } from 'node-av';
import { RefusalError } from '../refusal.ts';
import { framesOf, openDecoder, openSource, readPackets, toMicroseconds } from '../source.ts';
import type { Source, Track } from '../source.ts';
import type { SourceLimits } from '../types.ts';

/** Which file, opened by which demuxer. */
export type SoundInput = { path: string; demuxer: string; limits: SourceLimits };

/** Takes a frame that is heard at `timeUs`, counted from the start of the file. Keeps nothing of it. */
type TakeFrame = (frame: Frame, timeUs: number | undefined) => void | Promise<void>;

/** Decodes the sound once, from its start to its end. */
export async function readSound({ path, demuxer, limits }: SoundInput, take: TakeFrame): Promise<void> {
  const source = openSource(path, demuxer, limits);
  try {
    const track = soundTrack(source);
    const decoder = openDecoder(track, limits, 1);
    try {
      await decodeTrack({ source, track, decoder }, take);
    } finally {
      decoder.freeContext();
    }
  } finally {
    source.close();
  }
}

/** The picture that a file carries on its cover; undefined where it has none. */
export async function readCover({ path, demuxer, limits }: SoundInput): Promise<Buffer | undefined> {
  const source = openSource(path, demuxer, limits);
  try {
    const track = source.tracks.find(({ isCover }) => isCover);
    let bytes: Buffer | undefined;
    if (track !== undefined)
      await readPackets(source, [track], (packet) => {
        bytes = packet.data === null ? undefined : Buffer.from(packet.data);
        return 'stop';
      });
    return bytes;
  } finally {
    source.close();
  }
}

/** The default track, or else the first, of those that can be decoded. */
function soundTrack(source: Source): Track {
  const tracks = source.tracks.filter(
    (track) => track.type === 'audio' && track.decoder !== undefined && !track.isEncrypted,
  );
  const track = tracks.find(({ isDefault }) => isDefault) ?? tracks[0];
  if (track === undefined) throw new RefusalError('corrupt', 'There is no sound in this file that can be played.');
  return track;
}

async function decodeTrack(
  { source, track, decoder }: { source: Source; track: Track; decoder: CodecContext },
  take: TakeFrame,
): Promise<void> {
  // Sound beside pictures keeps their clock; sound alone starts where it starts.
  const isAlone = source.tracks.every(({ type, isCover }) => type === 'audio' || isCover);
  let startUs: number | undefined = isAlone ? undefined : 0;
  const takeReady = async (): Promise<void> => {
    for (const frame of framesOf(decoder)) {
      if (frame.channelLayout.order === AV_CHANNEL_ORDER_UNSPEC)
        frame.channelLayout = avChannelLayoutDefault(frame.channels);
      const timeUs = toMicroseconds(frame.bestEffortTimestamp, track.stream.timeBase);
      startUs ??= timeUs;
      await take(frame, timeUs === undefined ? undefined : timeUs - (startUs ?? 0));
    }
  };
  await readPackets(source, [track], (packet) => {
    // A packet that cannot be decoded is passed over.
    decoder.sendPacketSync(packet);
    return takeReady();
  });
  decoder.sendPacketSync(null);
  await takeReady();
}
