/** One sound's way into the library, and the line that tells of it. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, extname, resolve, sep } from 'node:path';
import { LIMITS } from '@vitrine/schema';
import { ServerRefusal, type ImportClient } from './client.ts';
import { ListProblem, type ListedSound } from './sound-list.ts';

/** The JSON line of a sound. */
export interface SoundLine {
  file: string;
  title: string;
  outcome: 'sound' | 'refused';
  id?: string;
  durationMs?: number;
  problem?: { code: string; detail: string };
}

const COVER_TYPES: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
};

/** Brings a sound in, or changes the words of one that is there already. Never throws for what is wrong with the file. */
export async function importSound(client: ImportClient, folder: string, sound: ListedSound): Promise<SoundLine> {
  const told = { file: sound.file, title: sound.title };
  try {
    const path = inside(folder, sound.file);
    const bytes = await readFile(path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const same = await client.findSame(sha256);
    const fileName = basename(path).slice(0, LIMITS.fileNameChars);
    const sent = { fileName, key: `sound-${sha256}`, sha256, onProgress: () => undefined };
    const id = same && !same.problem ? same.id : await client.upload(path, sent);
    const checked = await client.untilChecked(id);
    if (checked.problem) return { ...told, outcome: 'refused', problem: checked.problem };
    if (checked.kind !== 'sound')
      return {
        ...told,
        outcome: 'refused',
        problem: { code: 'not_sound', detail: 'There are pictures in this file.' },
      };
    const { title, artist, licence, credit } = sound;
    await client.toLibrary(id, { title, artist, licence, creditLine: credit });
    await addCover(client, id, { folder, cover: sound.cover });
    return { ...told, outcome: 'sound', id, ...(checked.durationMs ? { durationMs: checked.durationMs } : {}) };
  } catch (cause) {
    if (cause instanceof ServerRefusal)
      return { ...told, outcome: 'refused', problem: { code: cause.code, detail: cause.message } };
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
      return { ...told, outcome: 'refused', problem: { code: 'no_file', detail: `There is no file ${sound.file}.` } };
    throw cause;
  }
}

async function addCover(
  client: ImportClient,
  id: string,
  { folder, cover }: { folder: string; cover: string },
): Promise<void> {
  if (cover === '') return;
  const type = COVER_TYPES[extname(cover).toLowerCase()];
  if (!type) throw new ListProblem(`${cover}: a cover is a JPEG, PNG or WebP.`);
  await client.coverSound(id, { type, bytes: new Uint8Array(await readFile(inside(folder, cover))) });
}

/** A path of the list; one that leads out of its folder is a mistake. */
function inside(folder: string, name: string): string {
  const path = resolve(folder, name);
  if (!path.startsWith(`${resolve(folder)}${sep}`)) throw new ListProblem(`${name} does not lie in the folder.`);
  return path;
}
