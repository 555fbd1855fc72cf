/** Publishes a source's own H.264 and AAC in our container, without decoding. Runs in the worker only. */
import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { h264UnitLength } from '../count-track.ts';
import { RefusalError } from '../refusal.ts';
import { openSource, readPackets } from '../source.ts';
import type { RenditionFile } from '../types.ts';
import { finishMp4 } from './finish-mp4.ts';
import { copyFrom, Mp4Writer, replaceData } from './mp4-writer.ts';
import { stripSampleSei } from './nal.ts';
import type { RenderWork, Report } from './render.ts';

/** Copies pictures and sound; drops everything else, supplemental units inside the pictures too. */
export async function remux(work: Omit<RenderWork, 'rungs'>, report: Report): Promise<RenditionFile> {
  const { probe, outDir } = work;
  const { reading } = probe;
  const source = openSource(work.sourcePath, reading.demuxer, work.limits);
  const shortSidePx = Math.min(probe.widthPx, probe.heightPx);
  const rawPath = join(outDir, `${shortSidePx}.raw.part`);
  try {
    const video = source.tracks.find((track) => track.index === reading.videoIndex);
    const audio = source.tracks.find((track) => track.index === reading.audio?.index);
    if (video === undefined) throw new RefusalError('corrupt');
    const writer = new Mp4Writer(rawPath);
    const kept = audio === undefined ? [video] : [video, audio];
    for (const track of kept)
      writer.addStream(track.type, { parameters: track.stream.codecpar }, track.stream.timeBase);
    const unitLengthBytes = h264UnitLength(video);
    await readPackets(source, kept, (packet, track) => {
      const copy = copyFrom(packet, track.stream.timeBase, reading.startUs);
      if (track === video && copy.data !== null) replaceData(copy, stripSampleSei(copy.data, unitLengthBytes));
      writer.push(track.type, copy);
    });
    writer.end();
  } finally {
    source.close();
  }
  const path = join(outDir, `${shortSidePx}.mp4`);
  const finished = finishMp4(rawPath, path);
  unlinkSync(rawPath);
  report({ shortSidePx, fraction: 1 });
  const bitrateBps = Math.round((finished.sizeBytes * 8000) / Math.max(1, finished.durationMs));
  return {
    path,
    shortSidePx,
    widthPx: probe.widthPx,
    heightPx: probe.heightPx,
    ...finished,
    fps: probe.fps,
    hasAudio: probe.hasAudio,
    isRemuxed: true,
    bitrateBps,
  };
}
