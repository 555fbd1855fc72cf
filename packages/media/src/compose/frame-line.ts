/** Makes the finished pictures one after the other: clips, then stickers, then words, then emoji in words. Runs in the worker only. */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  clipAt,
  clipKey,
  FONT_NAMES,
  frameAt,
  frameSize,
  isSeen,
  placeSticker,
  timelineOf,
  type Layer,
  type PictureLayer,
  type PlacedClip,
  type Size,
  type SourceKey,
  type Sources,
  type Timeline,
} from '@vitrine/edit';
import { AV_PIX_FMT_RGBA, Frame } from 'node-av';
import type { FrameRate } from '../cadence.ts';
import { lookOf } from '../encode/picture-filter.ts';
import { assScript, type TimedText } from './ass-script.ts';
import { draw, drawnPictures } from './drawn-pictures.ts';
import { FrameReader } from './frame-reader.ts';
import { Graph } from './graph.ts';
import { pictureGraph, type PictureInput } from './picture-graph.ts';
import { factsOf, type ComposeSource, type ComposeWork } from './types.ts';

type Input = { of: PictureLayer['of']; reader: FrameReader; source: ComposeSource };
/** The clip that is being shown, with its readers and filters. */
type Scene = { placed: PlacedClip; layers: PictureLayer[]; inputs: Input[]; graph: Graph | undefined; key: string };
/** Pictures laid over every frame of a scene: their graph, and the picture itself. */
type Overlay = { key: string; graph: Graph; picture: Frame } | undefined;

/** Ask for frames in rising order. Must be closed. */
export class FrameLine {
  readonly #work: ComposeWork;
  readonly #files: ReadonlyMap<SourceKey, ComposeSource>;
  readonly #facts: Sources;
  readonly #timeline: Timeline;
  readonly #rate: FrameRate;
  readonly #words: Graph | undefined;
  readonly size: Size;
  #scene: Scene | undefined;
  #parent: Input | undefined;
  #last: { serials: string; picture: Frame } | undefined;
  readonly #overlays: Record<'stickers' | 'texts', Overlay> = { stickers: undefined, texts: undefined };

  constructor(work: ComposeWork, rate: FrameRate) {
    this.#work = work;
    this.#rate = rate;
    this.#files = new Map(work.sources);
    this.#facts = new Map(work.sources.map(([key, { probe }]) => [key, factsOf(probe)]));
    this.#timeline = timelineOf(work.edit);
    this.size = frameSize(work.edit.frame);
    this.#words = work.texts.length === 0 ? undefined : this.#openWords();
  }

  /** Frames of the whole video. */
  get frameCount(): number {
    return Math.max(1, Math.round((this.#timeline.durationMs * this.#rate.num) / (this.#rate.den * 1000)));
  }

  /** The finished picture; the caller frees it. */
  async at(index: number): Promise<Frame> {
    const atMs = this.#msOf(index);
    let picture = this.#picture(index, atMs);
    picture = await this.#lay('stickers', picture, { index, atMs });
    picture = this.#write(picture, index);
    return this.#lay('texts', picture, { index, atMs });
  }

  close(): void {
    this.#closeScene();
    this.#parent?.reader.close();
    this.#words?.close();
    for (const overlay of Object.values(this.#overlays)) {
      overlay?.graph.close();
      overlay?.picture.free();
    }
  }

  #msOf(index: number): number {
    return (index * this.#rate.den * 1000) / this.#rate.num;
  }

  #picture(index: number, atMs: number): Frame {
    const scene = this.#sceneAt(atMs);
    const shown = frameAt(bare(this.#work), atMs, {
      sources: this.#facts,
      measure: () => 0,
      timeline: this.#timeline,
    }).layers.filter((layer) => layer.kind === 'picture');
    const frames = scene.inputs.map(({ of, reader }) => {
      const sourceMs = shown.find((layer) => layer.of === of)?.sourceMs ?? 0;
      return { of, frame: reader.at(sourceMs * 1000), serial: reader.serial };
    });
    const serials = `${scene.placed.index} ${frames.map(({ serial }) => serial).join(' ')}`;
    if (this.#last?.serials !== serials) {
      this.#last?.picture.free();
      this.#last = { serials, picture: this.#filter(scene, frames, index) };
    }
    const picture = this.#last.picture.clone();
    if (picture === null) throw new Error('no memory for a picture');
    picture.pts = BigInt(index);
    return picture;
  }

  #filter(scene: Scene, frames: { of: PictureLayer['of']; frame: Frame }[], index: number): Frame {
    const looks = scene.inputs.map(({ of, source }): PictureInput => {
      const frame = frames.find((candidate) => candidate.of === of)?.frame;
      if (frame === undefined || source.probe.kind !== 'video') throw new Error('a clip without a picture');
      return { of, look: lookOf(frame), probe: source.probe };
    });
    const graph = this.#graphFor(scene, looks);
    for (const { of, frame } of frames) {
      const copy = frame.clone();
      if (copy === null) throw new Error('no memory for a picture');
      copy.pts = BigInt(index);
      graph.push(`buffer@${of}`, copy);
      copy.free();
    }
    const made = graph.pull();
    if (made === undefined) throw new Error('the filters gave no picture');
    return made;
  }

  /** The scene's filters, made anew when the pictures of a source change in size or kind. */
  #graphFor(scene: Scene, looks: PictureInput[]): Graph {
    const key = JSON.stringify(looks.map(({ look }) => look));
    if (scene.graph !== undefined && scene.key === key) return scene.graph;
    scene.graph?.close();
    const inputs = looks.map(({ of }) => `buffer@${of}`);
    scene.graph = new Graph(pictureGraph(looks, scene.layers, this.size), inputs);
    scene.key = key;
    return scene.graph;
  }

  #sceneAt(atMs: number): Scene {
    const placed = clipAt(this.#timeline, atMs);
    if (placed === undefined) throw new Error('an edit without clips');
    if (this.#scene?.placed.index === placed.index) return this.#scene;
    this.#closeScene();
    const layers = frameAt(bare(this.#work), placed.startMs, {
      sources: this.#facts,
      measure: () => 0,
      timeline: this.#timeline,
    }).layers.filter((layer) => layer.kind === 'picture');
    const own = this.#open('clip', clipKey(placed.clip));
    const { duet } = this.#work.edit;
    if (duet !== null) this.#parent ??= this.#open('parent', `post:${duet.postId}`);
    const inputs = this.#parent === undefined ? [own] : [this.#parent, own];
    this.#scene = { placed, layers, inputs, graph: undefined, key: '' };
    return this.#scene;
  }

  #open(of: PictureLayer['of'], key: SourceKey): Input {
    const source = this.#files.get(key);
    if (source?.probe.kind !== 'video') throw new Error(`no pictures for ${key}`);
    const { path, probe } = source;
    return { of, source, reader: new FrameReader({ path, probe, limits: this.#work.limits }) };
  }

  #closeScene(): void {
    this.#last?.picture.free();
    this.#last = undefined;
    const scene = this.#scene;
    if (scene === undefined) return;
    scene.graph?.close();
    for (const { of, reader } of scene.inputs) if (of === 'clip') reader.close();
    this.#scene = undefined;
  }

  /** Lays stickers, or the emoji of texts, over a picture; takes the picture over. */
  async #lay(of: 'stickers' | 'texts', picture: Frame, moment: { index: number; atMs: number }): Promise<Frame> {
    const layers = this.#placedLayers(of, moment.atMs);
    const pictures = drawnPictures(layers, of);
    if (pictures.length === 0) return picture;
    const key = JSON.stringify(pictures);
    let overlay = this.#overlays[of];
    if (overlay?.key !== key) {
      overlay?.graph.close();
      overlay?.picture.free();
      overlay = await openOverlay(key, pictures, this.size);
      this.#overlays[of] = overlay;
    }
    if (overlay === undefined) return picture;
    overlay.graph.push('buffer@under', picture);
    picture.free();
    overlay.picture.pts = BigInt(moment.index);
    overlay.graph.push('buffer@over', overlay.picture);
    const made = overlay.graph.pull();
    if (made === undefined) throw new Error('nothing could be laid over a picture');
    return made;
  }

  #placedLayers(of: 'stickers' | 'texts', atMs: number): Layer[] {
    const { edit, texts } = this.#work;
    if (of === 'stickers')
      return edit.stickers
        .filter((sticker) => isSeen(sticker, atMs))
        .map((sticker) => placeSticker(sticker, this.size));
    return texts.filter((_, n) => {
      const text = edit.texts[n];
      return text !== undefined && isSeen(text, atMs);
    });
  }

  #write(picture: Frame, index: number): Frame {
    if (this.#words === undefined) return picture;
    picture.pts = BigInt(index);
    this.#words.push('buffer@in', picture);
    picture.free();
    const made = this.#words.pull();
    if (made === undefined) throw new Error('no words could be drawn');
    return made;
  }

  /** The script and its fonts lie in a folder of their own while the filters are set up. */
  #openWords(): Graph {
    const { texts, edit, extents, outDir } = this.#work;
    const folder = join(outDir, 'words');
    mkdirSync(folder);
    const frameMs = this.#msOf(1);
    const firstFrame = (ms: number): number => Math.ceil((ms - 1e-6) / frameMs);
    const timed = texts.flatMap((layer, n): TimedText[] => {
      const text = edit.texts[n];
      return text === undefined ? [] : [{ layer, fromFrame: firstFrame(text.fromMs), toFrame: firstFrame(text.toMs) }];
    });
    const usedFonts = new Set(texts.flatMap(({ face }) => [face, 'plain' as const, 'arabic' as const]));
    for (const name of FONT_NAMES)
      if (usedFonts.has(name)) copyFileSync(extents[name].path, join(folder, basename(extents[name].path)));
    writeFileSync(join(folder, 'words.ass'), assScript(timed, { size: this.size, frameMs, extents }));
    // Names that need no escaping in a description of filters.
    process.chdir(outDir);
    try {
      return new Graph(
        `${inputText('in', this.size, this.#rate)},ass=filename=words/words.ass:fontsdir=words:shaping=complex,format=yuv420p,buffersink@out`,
        ['buffer@in'],
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

function bare({ edit }: ComposeWork): ComposeWork['edit'] {
  return { ...edit, texts: [], stickers: [] };
}

/** An input of finished pictures; its name tells the format: one that lies over others has transparency. */
function inputText(name: 'in' | 'under' | 'over', size: Size, rate: FrameRate = { num: 30, den: 1 }): string {
  const format = name === 'over' ? 'yuva420p' : 'yuv420p';
  return `buffer@${name}=video_size=${size.widthPx}x${size.heightPx}:pix_fmt=${format}:time_base=${rate.den}/${rate.num}:pixel_aspect=1/1:colorspace=1:range=1`;
}

async function openOverlay(
  key: string,
  pictures: Parameters<typeof draw>[0],
  size: Size,
): Promise<Exclude<Overlay, undefined> | undefined> {
  const drawing = await draw(pictures, size);
  if (drawing === undefined) return undefined;
  const { widthPx, heightPx, x, y } = drawing;
  using raw = Frame.fromVideoBuffer(drawing.rgba, { width: widthPx, height: heightPx, format: AV_PIX_FMT_RGBA });
  const into = new Graph(
    `buffer@in=video_size=${widthPx}x${heightPx}:pix_fmt=rgba:time_base=1/30:pixel_aspect=1/1,scale=out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd+bitexact,format=yuva420p,buffersink@out`,
    ['buffer@in'],
  );
  raw.pts = 0n;
  into.push('buffer@in', raw);
  const picture = into.pull();
  into.close();
  if (picture === undefined) throw new Error('a sticker could not be drawn');
  const graph = new Graph(
    `${inputText('under', size)}[under];${inputText('over', { widthPx, heightPx })}[over];[under][over]overlay=${x}:${y}:format=yuv420,format=yuv420p,buffersink@out`,
    ['buffer@under', 'buffer@over'],
  );
  return { key, graph, picture };
}
