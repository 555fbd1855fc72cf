/**
 * Judges an import by the bytes that the server then serves.
 * `npm run import -- DIR --json … > lines; node tools/judge-import.ts --index DIR/INDEX.tsv --lines lines --to URL [--handle H --password-file F]`
 * Sounds are their owner's alone at first: with handle and password those are judged by their bytes too.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { AVMEDIA_TYPE_AUDIO, AVMEDIA_TYPE_VIDEO, Demuxer } from 'node-av';
import sharp from 'sharp';
import type { Post, Sound } from '@vitrine/schema';
import type { ImportLine } from './import/import-file.ts';
import { holdsLocation, mismatch, readExpectations, type Served } from './judge/expectation.ts';

/** Where it is asked, and as whom. */
interface Asking {
  url: string;
  token: string | undefined;
}

async function bytesAt({ url, token }: Asking, address: string): Promise<Uint8Array> {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const answer = await fetch(new URL(address, url), { headers });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

async function jsonAt<T>(asking: Asking, address: string): Promise<T> {
  return JSON.parse(Buffer.from(await bytesAt(asking, address)).toString()) as T;
}

async function signIn(url: string, handle: string, passwordFile: string): Promise<string> {
  const password = (await readFile(passwordFile, 'utf8')).replace(/\r?\n$/, '');
  const answer = await fetch(new URL('/api/v1/sessions', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ handle, password, bearer: true }),
  });
  if (!answer.ok) throw new Error(`signing in: ${answer.status}`);
  return ((await answer.json()) as { token: string }).token;
}

/** Reads all packets of a served file: what it says of itself is not believed. */
async function readClip(path: string): Promise<Omit<Served, 'locationIn'>> {
  await using demuxer = await Demuxer.open(path);
  const video = demuxer.streams.find((stream) => stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO);
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
    widthPx: video?.codecpar.width ?? 0,
    heightPx: video?.codecpar.height ?? 0,
    hasAudio,
    durationMs: Math.round(toMs - fromMs),
  };
}

/** Fetches every address once; says in which bytes a location was found, and leaves those of `best` in a file. */
async function readAll(
  asking: Asking,
  addresses: readonly (string | null | undefined)[],
  best: { address: string; path: string },
) {
  const locationIn: string[] = [];
  for (const address of addresses) {
    if (!address) continue;
    const bytes = await bytesAt(asking, address);
    if (holdsLocation(bytes)) locationIn.push(address);
    if (address === best.address) await writeFile(best.path, bytes);
  }
  return locationIn;
}

async function readVideo(asking: Asking, postId: string, path: string): Promise<Served> {
  const post = await jsonAt<Post>(asking, `/api/v1/posts/${postId}`);
  const best = post.renditions.toSorted((left, right) => right.heightPx - left.heightPx)[0];
  if (!best) throw new Error('no rendition is served');
  const { card } = post;
  const addresses = [
    ...post.renditions.map(({ url }) => url),
    post.posterUrl,
    card?.poster.avifUrl,
    card?.storyboard?.url,
  ];
  const locationIn = await readAll(asking, addresses, { address: best.url, path });
  return { ...(await readClip(path)), locationIn };
}

async function readPhoto(asking: Asking, postId: string, path: string): Promise<Served> {
  const { card } = await jsonAt<Post>(asking, `/api/v1/posts/${postId}`);
  const files = card?.photos.flatMap((photo) => photo.files) ?? [];
  const [best] = files;
  if (!card || !best) throw new Error('no photo is served');
  const addresses = [...files.map(({ url }) => url), card.poster.url, card.poster.avifUrl];
  const locationIn = await readAll(asking, addresses, { address: best.url, path });
  const { width, height } = await sharp(path).metadata();
  return { widthPx: width, heightPx: height, durationMs: 0, hasAudio: false, locationIn };
}

async function readSound(asking: Asking, soundId: string, path: string): Promise<Served> {
  const { audioUrl, coverUrl } = await jsonAt<Sound>(asking, `/api/v1/sounds/${soundId}`);
  if (!audioUrl) throw new Error('no sound is served');
  const locationIn = await readAll(asking, [audioUrl, coverUrl], { address: audioUrl, path });
  return { ...(await readClip(path)), locationIn };
}

async function readServed(asking: Asking, line: ImportLine, path: string): Promise<Served | undefined> {
  if (line.id === undefined) return undefined;
  if (line.outcome === 'published') return readVideo(asking, line.id, path);
  if (line.outcome === 'photo') return readPhoto(asking, line.id, path);
  return line.outcome === 'sound' && asking.token ? readSound(asking, line.id, path) : undefined;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      index: { type: 'string' },
      lines: { type: 'string' },
      to: { type: 'string' },
      handle: { type: 'string' },
      'password-file': { type: 'string' },
    },
  });
  if (!values.index || !values.lines || !values.to) throw new Error('--index FILE --lines FILE --to URL');
  const { to: url, handle, 'password-file': passwordFile } = values;
  const asking = { url, token: handle && passwordFile ? await signIn(url, handle, passwordFile) : undefined };
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
    const served = line && (await readServed(asking, line, join(scratch, 'best')));
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
