/** What a finished file shows and sounds like, for tests: whole frames as RGB, sound as numbers. */
import { FrameReader } from '../compose/frame-reader.ts';
import { Graph } from '../compose/graph.ts';
import type { Pcm } from '../compose/pcm.ts';
import { pictureFilters, lookOf } from '../encode/picture-filter.ts';
import { readSound } from '../compose/read-sound.ts';
import { DEFAULT_LIMITS, probeSource } from '../index.ts';
import type { VideoProbe } from '../index.ts';
import { avGetPixFmtName } from 'node-av';

/** RGB, three bytes a pixel. */
export type Rgb = { widthPx: number; heightPx: number; bytes: Buffer };

/** Probes a file that must be a video. */
export async function probeVideo(path: string): Promise<VideoProbe> {
  const probe = await probeSource({ path });
  if (probe.kind !== 'video') throw new Error(`${path} is no video: ${JSON.stringify(probe)}`);
  return probe;
}

/** The frames that are shown at moments in rising order. */
export async function framesAt(path: string, momentsMs: readonly number[]): Promise<Rgb[]> {
  const probe = await probeVideo(path);
  const reader = new FrameReader({ path, probe, limits: DEFAULT_LIMITS });
  try {
    return momentsMs.map((ms) => {
      const frame = reader.at(ms * 1000);
      const look = lookOf(frame);
      const upright = pictureFilters(look, probe, probe.reading).map(([name, options]) => `${name}=${options}`);
      const graph = new Graph(
        [
          `buffer@in=video_size=${look.widthPx}x${look.heightPx}:pix_fmt=${avGetPixFmtName(look.pixelFormat as never) ?? ''}:time_base=1/1000:pixel_aspect=1/1:colorspace=${look.matrix}:range=1`,
          ...upright.map((text) => text.replace(/=$/, '')),
          'format=rgb24',
          'buffersink@out',
        ].join(','),
        ['buffer@in'],
      );
      graph.push('buffer@in', frame);
      using out = graph.pull();
      if (out === undefined) throw new Error('no picture');
      const bytes = Buffer.from(out.toBuffer());
      graph.close();
      return { widthPx: probe.widthPx, heightPx: probe.heightPx, bytes };
    });
  } finally {
    reader.close();
  }
}

/** The colour of one pixel. */
export function pixel({ bytes, widthPx }: Rgb, x: number, y: number): [number, number, number] {
  const at = (Math.round(y) * widthPx + Math.round(x)) * 3;
  return [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0];
}

/** The smallest box around all pixels that a test picks. */
export function boxOf(picture: Rgb, isPicked: (colour: [number, number, number]) => boolean) {
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  for (let y = 0; y < picture.heightPx; y += 1)
    for (let x = 0; x < picture.widthPx; x += 1) {
      if (!isPicked(pixel(picture, x, y))) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  return { x: left, y: top, width: right + 1 - left, height: bottom + 1 - top };
}

/** The whole sound of a file. */
export async function soundOf(path: string): Promise<Pcm> {
  const probe = await probeVideo(path);
  return readSound({ path, probe, limits: DEFAULT_LIMITS, fromMs: 0, lengthMs: probe.durationMs });
}
