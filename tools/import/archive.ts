/** A zip archive, such as the export that TikTok gives its people: its media files, and the texts that its JSON tells of them. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, open, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import yauzl, { type Entry, type ZipFile } from 'yauzl';

/** A file taken out of an archive. */
interface UnpackedFile {
  path: string;
  /** Its name within the archive; shown, never used as a path. */
  name: string;
  /** The post's text where the archive tells one. */
  text: string;
}

const MEDIA =
  /\.(mp4|mov|m4v|webm|mkv|avi|flv|3gp|ts|vtt|srt|jpe?g|png|webp|gif|avif|heic|heif|mp3|m4a|aac|wav|ogg|opus|flac)$/i;
const TOLD_POSTS = /user_data[^/]*\.json$|TikTok_Data[^/]*\.json$/i;
const LIMIT_BYTES = 2 * 1024 ** 3;
const JSON_LIMIT_BYTES = 64 * 1024 ** 2;
const SYMBOLIC_LINK = 0o120_000;
const FILE_TYPE_MASK = 0o170_000;

/** Whether a file begins as a zip archive does and is named so. */
export async function isArchive(path: string): Promise<boolean> {
  if (extname(path).toLowerCase() !== '.zip') return false;
  const file = await open(path, 'r');
  try {
    const head = new Uint8Array(4);
    await file.read(head, 0, 4, 0);
    return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);
  } finally {
    await file.close();
  }
}

/**
 * Unpacks the media files of an archive under names of our own. Links, paths that leave the archive and files that are
 * larger than an upload may be are passed over.
 * @returns [] where it holds no media file or cannot be read: the archive itself is then offered, and refused, as what it is
 */
export async function unpackArchive(path: string, scratch: string): Promise<UnpackedFile[]> {
  const folder = await mkdtemp(join(scratch, 'archive-'));
  const unpacked: UnpackedFile[] = [];
  let told = new Map<string, string>();
  try {
    for await (const { zip, entry } of entriesOf(path)) {
      const isLink = ((entry.externalFileAttributes >>> 16) & FILE_TYPE_MASK) === SYMBOLIC_LINK;
      const isJson = TOLD_POSTS.test(entry.fileName) && entry.uncompressedSize <= JSON_LIMIT_BYTES;
      if (isLink || entry.uncompressedSize > LIMIT_BYTES || !(isJson || MEDIA.test(entry.fileName))) continue;
      const target = join(folder, `${unpacked.length}${isJson ? '.json' : extname(entry.fileName).toLowerCase()}`);
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target));
      if (isJson) told = readTexts(await readFile(target, 'utf8'));
      else unpacked.push({ path: target, name: entry.fileName, text: '' });
    }
  } catch {
    return [];
  }
  return unpacked.map((file) => ({ ...file, text: told.get(digitsOf(file.name)) ?? '' }));
}

async function* entriesOf(path: string): AsyncIterable<{ zip: ZipFile; entry: Entry }> {
  const zip = await yauzl.openPromise(path, { strictFileNames: true, validateEntrySizes: true });
  try {
    for await (const entry of zip.eachEntry()) yield { zip, entry };
  } finally {
    zip.close();
  }
}

/** Every object of the export that has a date and a title: texts by the digits of their date, which is how the files are named. */
function readTexts(json: string): Map<string, string> {
  const texts = new Map<string, string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const fields = new Map(Object.entries(node));
    const date = fields.get('Date');
    const title = fields.get('Title') ?? fields.get('Description');
    if (typeof date === 'string' && typeof title === 'string') texts.set(digitsOf(date), title);
    for (const inner of fields.values()) visit(inner);
  };
  try {
    visit(JSON.parse(json));
  } catch {
    // Without its texts the archive is still worth its files.
  }
  return texts;
}

function digitsOf(text: string): string {
  return text
    .replace(/^.*\//, '')
    .replace(/\.\w+$/, '')
    .replace(/\D/g, '')
    .slice(0, 14);
}
