/** One file's way through an import, and the line that tells of it. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { LIMITS, type Upload } from '@vitrine/schema';
import { parseCaptions } from '@vitrine/media';
import { ServerRefusal, type ImportClient } from './client.ts';
import type { ImportFile } from './collect.ts';

/** The JSON line of a file. `id` is that of the post, or of the sound. */
export interface ImportLine {
  file: string;
  outcome: 'published' | 'sound' | 'photo' | 'caption' | 'refused';
  problem?: { code: string; detail: string };
  id?: string;
  durationMs?: number;
  widthPx?: number;
  heightPx?: number;
  hasAudio?: boolean;
}

/** How files are brought in. */
interface ImportHow {
  /** Also what was not taken before: the server may have learned to. */
  isAgain: boolean;
  onProgress(this: void, sent: number, total: number): void;
}

/** Brings a file in and waits until it can be played. Never throws for what is wrong with the file. */
export async function importFile(client: ImportClient, file: ImportFile, how: ImportHow): Promise<ImportLine> {
  try {
    return file.isCaption ? await checkCaption(file) : await importMedia(client, file, how);
  } catch (cause) {
    if (cause instanceof ServerRefusal) return refused(file.shownAs, { code: cause.code, detail: cause.message });
    throw cause;
  }
}

async function importMedia(
  client: ImportClient,
  file: ImportFile,
  { isAgain, onProgress }: ImportHow,
): Promise<ImportLine> {
  const sha256 = await hashOf(file.path);
  const key = `import-${sha256}`;
  const fileName = basename(file.shownAs).slice(0, LIMITS.fileNameChars);
  const same = await client.findSame(sha256);
  const isRefused = same?.problem !== undefined;
  if (same?.problem && !isAgain && same.problem.code !== 'encode_failed') return refused(file.shownAs, same.problem);
  const uploadId =
    (isRefused ? undefined : same?.id) ?? (await client.upload(file.path, { fileName, key, sha256, onProgress }));
  const checked = await client.untilChecked(uploadId);
  if (checked.problem) return refused(file.shownAs, checked.problem);
  if (checked.kind === 'sound')
    return { file: file.shownAs, outcome: 'sound', id: uploadId, ...measures(checked), hasAudio: true };
  const postId =
    checked.postId ?? (await client.publish(uploadId, { text: file.text.slice(0, LIMITS.postTextChars), key }));
  const post = await client.untilPlayable(postId);
  if (post.problem) return refused(file.shownAs, post.problem);
  for (const caption of file.captions) await addCaption(client, postId, caption);
  return {
    file: file.shownAs,
    outcome: checked.kind === 'photo' ? 'photo' : 'published',
    id: postId,
    ...measures(post),
  };
}

/** What is known of them; a photo lasts no time. */
function measures(of: Pick<Upload, 'durationMs' | 'widthPx' | 'heightPx' | 'hasAudio'>): Partial<ImportLine> {
  return {
    ...(of.durationMs ? { durationMs: of.durationMs } : {}),
    ...(of.widthPx === null ? {} : { widthPx: of.widthPx }),
    ...(of.heightPx === null ? {} : { heightPx: of.heightPx }),
    ...(of.hasAudio === null ? {} : { hasAudio: of.hasAudio }),
  };
}

async function addCaption(
  client: ImportClient,
  postId: string,
  caption: ImportFile['captions'][number],
): Promise<void> {
  await client
    .addCaption(postId, { language: caption.language, bytes: new Uint8Array(await readFile(caption.path)) })
    .catch((cause: unknown) => {
      // A caption file that is refused does not take its video with it.
      if (!(cause instanceof ServerRefusal)) throw cause;
      process.stderr.write(`${caption.shownAs}: ${cause.message}\n`);
    });
}

async function checkCaption(file: ImportFile): Promise<ImportLine> {
  const outcome = parseCaptions(await readFile(file.path));
  return outcome.kind === 'captions'
    ? { file: file.shownAs, outcome: 'caption' }
    : refused(file.shownAs, { code: outcome.code, detail: outcome.sentence });
}

function refused(file: string, problem: { code: string; detail: string }): ImportLine {
  return { file, outcome: 'refused', problem };
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
