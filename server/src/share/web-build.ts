/** The built web app: its files as they are served, and what the page's head must name. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

/** A file of the app. */
interface WebFile {
  bytes: Buffer;
  /** Absent where compression gains nothing. */
  brotliBytes: Buffer | undefined;
  type: string;
  /** Strong tag, of the content. */
  tag: string;
}

/** What the build's own page names. */
export interface WebHead {
  /** Icons, manifest, colours: everything that is neither title, style nor script. */
  rest: string;
  styles: string[];
  preloads: string[];
  scripts: string[];
}

/** The app as built. */
export interface WebBuild {
  head(): Promise<WebHead>;
  /** A file by its path below the address's root, without leading slash. */
  file(path: string): Promise<WebFile | undefined>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};
const COMPRESSED = new Set(['.js', '.css', '.json', '.webmanifest', '.svg', '.txt']);
const compress = promisify(brotliCompress);
const NO_HEAD: WebHead = { rest: '', styles: [], preloads: [], scripts: [] };
/** A build that replaces another while the server runs is seen after this time. */
const LIST_MS = 2000;

/** Opens the folder of the build. Nothing is read before it is asked for; a folder that is not there holds nothing. */
export function openWebBuild(folder: string, nowMs: () => number): WebBuild {
  let listed: { atMs: number; paths: Promise<Set<string>> } | undefined;
  const files = new Map<string, Promise<WebFile>>();
  let head: { tag: string; head: WebHead } | undefined;

  async function paths(): Promise<Set<string>> {
    if (!listed || nowMs() - listed.atMs > LIST_MS) listed = { atMs: nowMs(), paths: listFiles(folder) };
    return listed.paths;
  }
  async function file(path: string): Promise<WebFile | undefined> {
    if (!(await paths()).has(path)) return undefined;
    // Names with a hash never change their content; all others are read anew.
    const known = path.startsWith('assets/') ? files.get(path) : undefined;
    const read = known ?? readWebFile(folder, path);
    if (path.startsWith('assets/')) files.set(path, read);
    return read;
  }
  return {
    file,
    async head() {
      const page = await file('index.html');
      if (!page) return NO_HEAD;
      if (head?.tag !== page.tag) head = { tag: page.tag, head: readHead(page.bytes.toString()) };
      return head.head;
    },
  };
}

async function listFiles(folder: string): Promise<Set<string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  return new Set(names.filter((name) => !name.startsWith('.') && (extname(name) in TYPES || name === 'index.html')));
}

async function readWebFile(folder: string, path: string): Promise<WebFile> {
  const bytes = await readFile(join(folder, path));
  const kind = extname(path);
  return {
    bytes,
    brotliBytes: COMPRESSED.has(kind) ? await readBrotli(join(folder, `${path}.br`), bytes) : undefined,
    type: TYPES[kind] ?? 'text/html; charset=utf-8',
    tag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
  };
}

/** The build writes compressed copies; where it did not, the first reader pays once. */
async function readBrotli(path: string, bytes: Buffer): Promise<Buffer> {
  const ready = await readFile(path).catch(() => undefined);
  return ready ?? compress(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
}

/** Takes the build's own page apart. It is our text, always of one shape. */
export function readHead(page: string): WebHead {
  const inside = /<head>([\s\S]*)<\/head>/.exec(page)?.[1] ?? '';
  const found = { styles: new Set<string>(), preloads: new Set<string>(), scripts: new Set<string>() };
  const rest = inside
    .replace(
      /<title>[\s\S]*?<\/title>|<meta name="description"[^>]*>|<meta charset[^>]*>|<meta name="viewport"[^>]*>|<!--[\s\S]*?-->/g,
      '',
    )
    .replace(/<link\b[^>]*>/g, (link) => keepLink(link, found))
    .replace(/<script\b[^>]*><\/script>/g, (script) => keepScript(script, found));
  for (const script of page.slice(page.indexOf('</head>')).match(/<script\b[^>]*><\/script>/g) ?? [])
    keepScript(script, found);
  return {
    rest: rest.replace(/\s*\n\s*/g, '\n').trim(),
    styles: [...found.styles],
    preloads: [...found.preloads],
    scripts: [...found.scripts],
  };
}

interface Found {
  styles: Set<string>;
  preloads: Set<string>;
  scripts: Set<string>;
}

function keepLink(link: string, found: Found): string {
  const href = /href="([^"]*)"/.exec(link)?.[1];
  if (href && /rel="stylesheet"/.test(link)) found.styles.add(href);
  else if (href && /rel="modulepreload"/.test(link)) found.preloads.add(href);
  else return link;
  return '';
}

function keepScript(script: string, found: Found): string {
  const source = /src="([^"]*)"/.exec(script)?.[1];
  if (source) found.scripts.add(source);
  return '';
}
