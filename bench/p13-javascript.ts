/** P13: JavaScript that the feed's first page loads, as compressed by brotli. */
import { readFile } from 'node:fs/promises';
import { brotliCompressSync } from 'node:zlib';
import { join } from 'node:path';
import { tell } from './figure.ts';

interface ManifestLine {
  file: string;
  imports?: string[];
  isDynamicEntry?: boolean;
}

const DIST = join(import.meta.dirname, '..', 'web', 'dist');
const FEED = /FeedScreen\.tsx$/;
const manifest = JSON.parse(await readFile(join(DIST, '.vite/manifest.json'), 'utf8')) as Record<string, ManifestLine>;

/** The chunk itself and all it imports at once. */
function closure(name: string, into = new Set<string>()): Set<string> {
  const line = manifest[name];
  if (!line || into.has(line.file)) return into;
  into.add(line.file);
  for (const next of line.imports ?? []) closure(next, into);
  return into;
}

const entries = Object.keys(manifest).filter((name) => /index\.html$|start\.tsx$/.test(name) || FEED.test(name));
const files = new Set(entries.flatMap((name) => [...closure(name)]).filter((file) => file.endsWith('.js')));
const sizes = await Promise.all(
  [...files].map(async (file) => brotliCompressSync(await readFile(join(DIST, file))).length),
);
const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1000;
tell({
  id: 'P13',
  what: 'JavaScript of the feed route, brotli',
  value: kilobytes,
  unit: 'kB',
  limit: { atMost: 60 },
  ratio: `${files.size} files; PeerTube loads 372 kB (gzip) at first`,
});
