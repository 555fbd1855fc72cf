/** Renders an edit on this device, where that is possible and saves sending. Whatever goes wrong, the server renders it instead. */
import { clipKey, frameAt, frameSize, sourceKeys, timelineOf, type SourceKey } from '@vitrine/edit';
import type { Edit, VideoEdit } from '@vitrine/schema';
import { scriptUrl } from '../../app/offline.ts';
import { mediumOf, sourcesOf } from '../media.ts';
import { emojiUrl, measureText } from '../paint.ts';
import { mixdown } from './mixdown.ts';
import workerUrl from './render.worker.ts?worker&url';
import type { DeviceAnswer, DeviceWork } from './work.ts';
import { canRenderAlone, isLighter } from './worth.ts';

/** Ten times the video's length, and a while to begin. */
const PATIENCE_MS = 30_000;
const PATIENCE_PER_MS = 10;

/** Renders; undefined where the server has to do it. */
export async function renderHere(edit: Edit): Promise<File | undefined> {
  if (!canRenderAlone(edit) || !isLighter(edit, leftToSend(edit))) return undefined;
  try {
    if (!(await hasCoders(edit))) return undefined;
    const work = await gather(edit);
    const bytes = work && (await run(work, timelineOf(edit).durationMs));
    return bytes && new File([bytes], 'edit.mp4', { type: 'video/mp4', lastModified: 0 });
  } catch {
    return undefined;
  }
}

/** Bytes of the edit's files that the server does not have yet. */
function leftToSend(edit: VideoEdit): number {
  return sourceKeys(edit).reduce((sum, key) => {
    const { sending } = mediumOf(key);
    return sending === undefined || sending.sending === 'sent' ? sum : sum + sending.sizeBytes - sending.sentBytes;
  }, 0);
}

async function hasCoders(edit: VideoEdit): Promise<boolean> {
  if (!('VideoEncoder' in globalThis) || !('OffscreenCanvas' in globalThis)) return false;
  const { canEncodeAudio, canEncodeVideo } = await import('mediabunny');
  const { widthPx: width, heightPx: height } = frameSize(edit.frame);
  const isPictured = await canEncodeVideo('avc', { width, height });
  return isPictured && (await canEncodeAudio('opus', { numberOfChannels: 2, sampleRate: 48_000 }));
}

async function gather(edit: VideoEdit): Promise<DeviceWork | undefined> {
  const keys = sourceKeys(edit);
  const files = keys.flatMap((key): [SourceKey, Blob][] => {
    const { file } = mediumOf(key);
    return file === undefined ? [] : [[key, file]];
  });
  const sources = sourcesOf(keys);
  if (files.length < keys.length || keys.some((key) => !sources.has(key))) return undefined;
  const { durationMs } = timelineOf(edit);
  const byKey = new Map(files);
  const sound = await mixdown(edit, {
    sources,
    durationMs,
    bytesOf: async (key) => (byKey.get(key) ?? new Blob()).arrayBuffer(),
  });
  const shown = new Set(edit.clips.map(clipKey));
  return {
    edit,
    files: files.filter(([key]) => shown.has(key)),
    facts: [...sources],
    emoji: await emojiOf(edit),
    sound,
  };
}

/** Every emoji of the edit, drawn at the size of its largest use. */
async function emojiOf(edit: VideoEdit): Promise<[string, ImageBitmap][]> {
  const sizes = new Map<string, number>();
  const note = (file: string, px: number): void => void sizes.set(file, Math.max(px, sizes.get(file) ?? 0));
  for (const { fromMs } of [...edit.texts, ...edit.stickers])
    for (const layer of frameAt({ ...edit, clips: [] }, fromMs, { sources: new Map(), measure: measureText }).layers) {
      if (layer.kind === 'sticker') note(layer.file, layer.box.width);
      if (layer.kind !== 'text') continue;
      for (const piece of layer.lines.flatMap((line) => line.pieces))
        if (piece.kind === 'emoji') note(piece.file, piece.box.width);
    }
  return Promise.all(
    [...sizes].map(async ([file, px]): Promise<[string, ImageBitmap]> => [file, await draw(file, px)]),
  );
}

async function draw(file: string, px: number): Promise<ImageBitmap> {
  const image = new Image();
  image.src = emojiUrl(file);
  await image.decode();
  const side = Math.ceil(px);
  const canvas = new OffscreenCanvas(side, side);
  canvas.getContext('2d')?.drawImage(image, 0, 0, side, side);
  return canvas.transferToImageBitmap();
}

function run(work: DeviceWork, durationMs: number): Promise<ArrayBuffer | undefined> {
  const worker = new Worker(scriptUrl(workerUrl), { type: 'module' });
  return new Promise<ArrayBuffer | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), PATIENCE_MS + PATIENCE_PER_MS * durationMs);
    const end = (bytes: ArrayBuffer | undefined): void => {
      clearTimeout(timer);
      resolve(bytes);
    };
    worker.addEventListener('message', ({ data }: MessageEvent<DeviceAnswer>) =>
      end('bytes' in data ? data.bytes : undefined),
    );
    worker.addEventListener('error', () => end(undefined));
    worker.postMessage(work, { transfer: work.emoji.map(([, picture]) => picture) });
  }).finally(() => worker.terminate());
}
