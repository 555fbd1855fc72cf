/** Renders an edit with this device's own coders: the layers that the preview paints, H.264 and Opus in MP4. */
import { frameAt, frameSize, timelineOf, clipKey, sourceMsAt, type PlacedClip, type SourceKey } from '@vitrine/edit';
import {
  AudioSample,
  AudioSampleSource,
  BlobSource,
  BufferTarget,
  CanvasSink,
  CanvasSource,
  Input,
  MATROSKA,
  MP4,
  Mp4OutputFormat,
  Output,
  QTFF,
  WEBM,
} from 'mediabunny';
import { loadFonts, measureText, paintFrame } from '../paint.ts';
import { FRAMES_PER_SECOND, SOUND_RATE_HZ, type DeviceAnswer, type DeviceWork, type Sound } from './work.ts';
import { SOUND_BPS, VIDEO_BPS } from './worth.ts';

/** Times of files may be rounded: a frame counts as shown this much earlier, as on the server. */
const ROUNDING_S = 0.002;
const KEY_FRAMES_EVERY_S = 2;

/** The pictures of one clip at the moments of its frames. */
async function picturesOf(files: ReadonlyMap<SourceKey, Blob>, placed: PlacedClip, momentsMs: readonly number[]) {
  const file = files.get(clipKey(placed.clip));
  if (file === undefined) throw new Error('a clip without a file');
  const input = new Input({ source: new BlobSource(file), formats: [MP4, QTFF, WEBM, MATROSKA] });
  const track = await input.getPrimaryVideoTrack();
  if (track === null || !(await track.canDecode())) throw new Error('a clip that this browser cannot decode');
  const first = await track.getFirstTimestamp();
  const wanted = momentsMs.map((atMs) => first + sourceMsAt(placed, atMs) / 1000 + ROUNDING_S);
  return new CanvasSink(track, { poolSize: 2 }).canvasesAtTimestamps(wanted);
}

async function render({ edit, files, facts, emoji, sound }: DeviceWork): Promise<ArrayBuffer> {
  await loadFonts();
  const size = frameSize(edit.frame);
  const canvas = new OffscreenCanvas(size.widthPx, size.heightPx);
  const surface = canvas.getContext('2d', { alpha: false, willReadFrequently: false });
  if (surface === null) throw new Error('no canvas');
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
  const video = new CanvasSource(canvas, { codec: 'avc', bitrate: VIDEO_BPS, keyFrameInterval: KEY_FRAMES_EVERY_S });
  output.addVideoTrack(video, { frameRate: FRAMES_PER_SECOND });
  const track = sound && new SoundTrack(sound);
  if (track) output.addAudioTrack(track.source);
  await output.start();
  const timeline = timelineOf(edit);
  const view = { sources: new Map(facts), measure: measureText, size, timeline };
  const pictures = new Map(emoji);
  const count = Math.max(1, Math.round((timeline.durationMs * FRAMES_PER_SECOND) / 1000));
  const all = Array.from({ length: count }, (_, n) => (n * 1000) / FRAMES_PER_SECOND);
  let index = 0;
  for (const placed of timeline.clips) {
    const isLast = placed === timeline.clips.at(-1);
    const moments = all.filter((atMs) => atMs >= placed.startMs && (atMs < placed.endMs || isLast));
    let shown: CanvasImageSource | undefined;
    for await (const found of await picturesOf(new Map(files), placed, moments)) {
      shown = found?.canvas ?? shown;
      const frame = frameAt(edit, all[index] ?? 0, view);
      paintFrame(surface, frame, {
        pictureOf: () => shown,
        onLater: () => undefined,
        emojiOf: (file) => pictures.get(file),
      });
      await video.add(index / FRAMES_PER_SECOND, 1 / FRAMES_PER_SECOND);
      index += 1;
      await track?.writeUntil(index / FRAMES_PER_SECOND);
    }
  }
  await track?.writeUntil(Infinity);
  await output.finalize();
  if (target.buffer === null) throw new Error('nothing was written');
  return target.buffer;
}

/** Sound in pieces of a second, as the pictures go on. */
class SoundTrack {
  readonly source = new AudioSampleSource({ codec: 'opus', bitrate: SOUND_BPS });
  readonly #sound: Sound;
  #at = 0;

  constructor(sound: Sound) {
    this.#sound = sound;
  }

  async writeUntil(seconds: number): Promise<void> {
    const { left, right } = this.#sound;
    while (this.#at < Math.min(left.length, seconds * SOUND_RATE_HZ)) {
      const to = Math.min(left.length, this.#at + SOUND_RATE_HZ);
      const data = new Float32Array(2 * (to - this.#at));
      data.set(left.subarray(this.#at, to));
      data.set(right.subarray(this.#at, to), to - this.#at);
      const sample = new AudioSample({
        data,
        format: 'f32-planar',
        numberOfChannels: 2,
        sampleRate: SOUND_RATE_HZ,
        timestamp: this.#at / SOUND_RATE_HZ,
      });
      await this.source.add(sample);
      sample.close();
      this.#at = to;
    }
  }
}

const answer = (given: DeviceAnswer, moved: Transferable[] = []): void =>
  (self as unknown as { postMessage: (given: DeviceAnswer, moved: Transferable[]) => void }).postMessage(given, moved);

addEventListener('message', (event: MessageEvent<DeviceWork>) => {
  render(event.data).then(
    (bytes) => answer({ bytes }, [bytes]),
    (error: unknown) => answer({ trouble: error instanceof Error ? error.message : 'unknown' }),
  );
});
