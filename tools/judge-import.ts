/**
 * Judges an import by the bytes that the server then serves.
 * `npm run import -- DIR --json … > lines; node tools/judge-import.ts --index DIR/INDEX.tsv --lines lines --to URL [--token-file FILE]`
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { AVMEDIA_TYPE_AUDIO, AVMEDIA_TYPE_VIDEO, Demuxer } from 'node-av';
import type { Post } from '@vitrine/schema';
import type { ImportLine } from './import/import-file.ts';
import { holdsLocation, mismatch, readExpectations, type Served } from './judge/expectation.ts';

async function bytesAt(url: string): Promise<Uint8Array> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** Reads all packets of a served file: what it says of itself is not believed. */
async function readClip(path: string): Promise<Omit<Served, 'locationIn'>> {
  await using demuxer = await Demuxer.open(path);
  const video = demuxer.streams.find((stream) => stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO);
  if (!video) throw new Error('no video in what is served');
  const hasAudio = demuxer.streams.some((stream) => stream.codecpar.codecType === AVMEDIA_TYPE_AUDIO);
  // From the first to the last moment of any stream: a sound may go on after the last picture.
  let fromMs = Number.POSITIVE_INFINITY;
  let toMs = Number.NEGATIVE_INFINITY;
  for await (const packet of demuxer.packets()) {
    const timeBase = packet && demuxer.streams[packet.streamIndex]?.timeBase;
    if (!packet || !timeBase) continue;
    const tickMs = (1000 * timeBase.num) / timeBase.den;
    fromMs = Math.min(fromMs, Math.max(0, Number(packet.pts) * tickMs));
    toMs = Math.max(toMs, (Number(packet.pts) + Number(packet.duration)) * tickMs);
    packet.free();
  }
  return {
    widthPx: video.codecpar.width,
    heightPx: video.codecpar.height,
    hasAudio,
    durationMs: Math.round(toMs - fromMs),
  };
}

async function readServed(url: string, postId: string, scratch: string): Promise<Served> {
  const post = JSON.parse(Buffer.from(await bytesAt(`${url}/api/v1/posts/${postId}`)).toString()) as Post;
  const best = post.renditions.toSorted((left, right) => right.heightPx - left.heightPx)[0];
  if (!best) throw new Error('no rendition is served');
  const addresses = [
    ...post.renditions.map((rendition) => rendition.url),
    post.posterUrl,
    post.card?.poster.avifUrl,
    post.card?.storyboard?.url,
  ];
  const locationIn: string[] = [];
  for (const address of addresses) {
    if (!address) continue;
    const bytes = await bytesAt(new URL(address, url).href);
    if (holdsLocation(bytes)) locationIn.push(address);
    if (address === best.url) await writeFile(join(scratch, 'best.mp4'), bytes);
  }
  return { ...(await readClip(join(scratch, 'best.mp4'))), locationIn };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { index: { type: 'string' }, lines: { type: 'string' }, to: { type: 'string' } },
  });
  if (!values.index || !values.lines || !values.to) throw new Error('--index FILE --lines FILE --to URL');
  const root = dirname(values.index);
  const lines = (await readFile(values.lines, 'utf8'))
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as ImportLine);
  const byFile = new Map(lines.map((line) => [relative(root, line.file), line]));
  const scratch = await mkdtemp(join(tmpdir(), 'vitrine-judge-'));
  const folders = new Map<string, { matched: number; total: number }>();
  for (const wanted of readExpectations(await readFile(values.index, 'utf8'))) {
    const line = byFile.get(wanted.file);
    const served = line?.outcome === 'published' && line.id ? await readServed(values.to, line.id, scratch) : undefined;
    const wrong = mismatch(wanted, line, served);
    const folder = folders.get(dirname(wanted.file)) ?? { matched: 0, total: 0 };
    folders.set(dirname(wanted.file), { matched: folder.matched + (wrong ? 0 : 1), total: folder.total + 1 });
    if (wrong) process.stdout.write(`${wanted.file}: ${wrong}\n`);
  }
  await rm(scratch, { recursive: true, force: true });
  for (const [folder, { matched, total }] of folders)
    process.stdout.write(`${folder.padEnd(10)} ${matched} / ${total}\n`);
}

await main();
