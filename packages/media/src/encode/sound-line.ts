/** The sound of all rungs: the source's own where every player takes it, else decoded and encoded once. */
import type { Frame, Packet } from 'node-av';
import { framesOf, openDecoder, toMicroseconds } from '../source.ts';
import type { Source, Track } from '../source.ts';
import type { SourceLimits, SourceReading } from '../types.ts';
import { AudioEncoder } from './audio-encoder.ts';
import { copyFrom } from './mp4-writer.ts';
import type { StreamSource } from './mp4-writer.ts';

/** Takes packets of the source's sound track, gives packets for the renditions. */
export type SoundLine = {
  track: Track;
  from: StreamSource;
  timeBase: { num: number; den: number };
  take: (packet: Packet) => Packet[] | Promise<Packet[]>;
  end: () => Promise<Packet[]>;
  close: () => void;
};

/** Opens the line; undefined where the source has no usable sound. */
export function openSoundLine(source: Source, reading: SourceReading, limits: SourceLimits): SoundLine | undefined {
  const { audio, startUs } = reading;
  const track = source.tracks.find(({ index }) => index === audio?.index);
  if (audio === null || track === undefined) return undefined;
  return audio.isCopyable
    ? copiedLine(track, startUs)
    : encodedLine(track, new AudioEncoder(audio), { startUs, limits });
}

function copiedLine(track: Track, startUs: number): SoundLine {
  const { codecpar, timeBase } = track.stream;
  return {
    track,
    from: { parameters: codecpar },
    timeBase,
    take: (packet) => [copyFrom(packet, timeBase, startUs)],
    end: async () => [],
    close: () => undefined,
  };
}

function encodedLine(
  track: Track,
  encoder: AudioEncoder,
  { startUs, limits }: { startUs: number; limits: SourceLimits },
): SoundLine {
  const decoder = openDecoder(track, limits, 1);
  const encodeReady = async (): Promise<Packet[]> => {
    const packets: Packet[] = [];
    for (const frame of framesOf(decoder)) packets.push(...(await encoder.encode(frame, heardAt(frame))));
    return packets;
  };
  const heardAt = (frame: Frame): number | undefined => {
    const timeUs = toMicroseconds(frame.bestEffortTimestamp, track.stream.timeBase);
    return timeUs === undefined ? undefined : timeUs - startUs;
  };
  return {
    track,
    from: { encoder: () => encoder.context },
    timeBase: encoder.timeBase,
    take: (packet) => {
      // A packet that cannot be decoded is passed over.
      decoder.sendPacketSync(packet);
      return encodeReady();
    },
    end: async () => {
      decoder.sendPacketSync(null);
      return [...(await encodeReady()), ...(await encoder.flush())];
    },
    close: () => {
      decoder.freeContext();
      encoder.close();
    },
  };
}
