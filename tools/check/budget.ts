/** The weight of the pages: what the feed's route loads before it can play, compressed (docs: quality figures P12 and P13). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { ROOT } from './command.ts';
import type { Outcome } from './tally.ts';

/** JavaScript of the feed's route, brotli. */
const SCRIPT_LIMIT_BYTES = 60_000;
/** Page, scripts and styles of the feed's route together, brotli. */
const PAGE_LIMIT_BYTES = 100_000;

const PAGE = 'index.html';
/** What the page asks for before the feed stands: itself, the shell, the feed, the words. */
const SOURCES = [PAGE, 'src/app/start.tsx', 'src/feed/FeedScreen.tsx', 'src/words/en.json'];

/** One line of Vite's manifest: the built file, what it imports at once, its styles. */
export interface ManifestChunk {
  file: string;
  imports?: string[];
  css?: string[];
}

/** Every file that is loaded for the routes' sources: chunks, the chunks they import, their styles. */
export function filesFor(manifest: Record<string, ManifestChunk>, sources: string[]): string[] {
  const files = new Set<string>();
  const seen = new Set<string>();
  const open = [...sources];
  for (let source = open.pop(); source !== undefined; source = open.pop()) {
    if (seen.has(source)) continue;
    seen.add(source);
    const chunk = manifest[source];
    if (!chunk) throw new Error(`the built pages hold no ${source}`);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    open.push(...(chunk.imports ?? []));
  }
  return [...files].sort();
}

/** Whether the built pages of web/dist keep within their limits. */
export function checkBudget(dist = join(ROOT, 'web', 'dist')): Outcome[] {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as Record<
    string,
    ManifestChunk
  >;
  const weigh = (file: string) => brotliCompressSync(readFileSync(join(dist, file))).byteLength;
  const files = filesFor(manifest, SOURCES);
  const total = (some: string[]) => some.reduce((sum, file) => sum + weigh(file), 0);
  const scriptBytes = total(files.filter((file) => file.endsWith('.js')));
  const pageBytes = total([PAGE, ...files]);
  return [
    judge(
      `the feed's scripts weigh ${kilobytes(scriptBytes)} of ${kilobytes(SCRIPT_LIMIT_BYTES)}`,
      scriptBytes <= SCRIPT_LIMIT_BYTES,
    ),
    judge(
      `the feed's page weighs ${kilobytes(pageBytes)} of ${kilobytes(PAGE_LIMIT_BYTES)}`,
      pageBytes <= PAGE_LIMIT_BYTES,
    ),
  ];
}

function judge(name: string, isKept: boolean): Outcome {
  return isKept
    ? { kind: 'passed', name }
    : { kind: 'failed', name, detail: 'over the limit: load less before the first video' };
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
