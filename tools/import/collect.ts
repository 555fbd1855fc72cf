/** From the paths of a command line to the files to import: folders are walked, archives unpacked, captions laid beside their videos. */
import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { isArchive, unpackArchive } from './archive.ts';

/** One file to import. */
export interface ImportFile {
  /** Where its bytes are. */
  path: string;
  /** As told to people: the path given, or archive and name within. */
  shownAs: string;
  isCaption: boolean;
  /** Captions with the stem of this video, by language. */
  captions: { path: string; shownAs: string; language: string }[];
  /** What the archive tells as the post's text. */
  text: string;
}

const CAPTION = /\.(vtt|srt)$/i;
const LANGUAGE_SUFFIX = /[.-]([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)$/;
const UNTOLD_LANGUAGE = 'und';

/** Lists every file below the given paths, in a stable order. Links are not followed. */
export async function collectFiles(paths: readonly string[], scratch: string): Promise<ImportFile[]> {
  const found: ImportFile[] = [];
  for (const path of paths) found.push(...(await filesAt(path, scratch)));
  return attachCaptions(found);
}

async function filesAt(path: string, scratch: string): Promise<ImportFile[]> {
  const kind = await lstat(path);
  if (kind.isDirectory()) {
    const names = (await readdir(path)).sort();
    const inside: ImportFile[] = [];
    for (const name of names) inside.push(...(await filesAt(join(path, name), scratch)));
    return inside;
  }
  if (!kind.isFile()) return [];
  if (await isArchive(path)) {
    const unpacked = await unpackArchive(path, scratch);
    if (unpacked.length > 0) return unpacked.map((file) => asImport(file.path, `${path}/${file.name}`, file.text));
  }
  return [asImport(path, path, '')];
}

function asImport(path: string, shownAs: string, text: string): ImportFile {
  return { path, shownAs, isCaption: CAPTION.test(shownAs), captions: [], text };
}

/** A caption file belongs to the video of the same stem in the same folder: `clip.vtt`, `clip.de.vtt`, `clip-de.vtt` to `clip.mp4`. */
function attachCaptions(files: readonly ImportFile[]): ImportFile[] {
  const videos = new Map(files.filter((file) => !file.isCaption).map((file) => [stemOf(file.shownAs), file]));
  const alone: ImportFile[] = [];
  for (const file of files) {
    if (!file.isCaption) {
      alone.push(file);
      continue;
    }
    const stem = stemOf(file.shownAs);
    const language = LANGUAGE_SUFFIX.exec(stem)?.[1];
    const exact = videos.get(stem);
    const video = exact ?? (language ? videos.get(stem.slice(0, -language.length - 1)) : undefined);
    if (video)
      video.captions.push({
        path: file.path,
        shownAs: file.shownAs,
        language: exact ? UNTOLD_LANGUAGE : (language ?? UNTOLD_LANGUAGE),
      });
    else alone.push(file);
  }
  return alone;
}

function stemOf(path: string): string {
  return join(dirname(path), basename(path, extname(path)));
}
