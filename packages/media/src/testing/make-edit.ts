/** Clips of plain colours, and edits of them, for tests of composing. */
import { emptyEdit, type SourceKey } from '@vitrine/edit';
import type { Clip, EditText, VideoEdit } from '@vitrine/schema';
import type { ComposeSource } from '../index.ts';
import { makeClip, type ClipOrder } from './make-clip.ts';
import { probeVideo } from './read-back.ts';

export type Rgb3 = readonly [number, number, number];

/** Planar 4:2:0 of BT.709 in one colour (0 to 255). */
export function plain({ widthPx, heightPx }: { widthPx: number; heightPx: number }, [r, g, b]: Rgb3): Buffer {
  const luma = (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
  const blue = (b / 255 - luma) / 1.8556;
  const red = (r / 255 - luma) / 1.5748;
  const area = widthPx * heightPx;
  return Buffer.concat([
    Buffer.alloc(area, Math.round(16 + 219 * luma)),
    Buffer.alloc(area / 4, Math.round(128 + 224 * blue)),
    Buffer.alloc(area / 4, Math.round(128 + 224 * red)),
  ]);
}

export function idOf(n: number): string {
  return `01980000-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

/** Writes a clip whose frame `n` has one colour. Default: 540x540, 2 s, 30 a second. */
export async function makePlain(
  path: string,
  colour: (n: number) => Rgb3,
  order: Partial<ClipOrder> = {},
): Promise<ComposeSource> {
  const size = { widthPx: order.widthPx ?? 540, heightPx: order.heightPx ?? 540 };
  const picture = (n: number): Buffer => plain(size, colour(n));
  await makeClip(path, { ...size, frames: 60, fps: 30, hasAudio: false, picture, ...order });
  return { path, probe: await probeVideo(path) };
}

export function clipOf(n: number, changes: Partial<Clip> = {}): Clip {
  return {
    id: `c${n}`,
    source: { uploadId: idOf(n) },
    inMs: 0,
    outMs: 1000,
    speed: 1,
    crop: null,
    fit: 'cover',
    filter: 'none',
    gain: 1,
    ...changes,
  };
}

/** A square edit. */
export function editOf(clips: Clip[], changes: Partial<VideoEdit> = {}): VideoEdit {
  return { ...emptyEdit(), frame: '1:1', clips, ...changes };
}

export function textOf(changes: Partial<EditText> = {}): EditText {
  return {
    id: 't',
    text: 'HHHHHHHH',
    face: 'bold',
    size: 0.1,
    colour: '#ffffff',
    hasBox: false,
    align: 'center',
    x: 0.5,
    y: 0.5,
    rotationDegrees: 0,
    fromMs: 0,
    toMs: 10_000,
    ...changes,
  };
}

/** Sources by the number of their upload. */
export function uploads(files: Record<number, ComposeSource>): Map<SourceKey, ComposeSource> {
  return new Map(
    Object.entries(files).map(([n, file]): [SourceKey, ComposeSource] => [`upload:${idOf(Number(n))}`, file]),
  );
}
