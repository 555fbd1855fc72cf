/** From what packages/media left in a job's folder to files on the media store. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  peakBitrateBps,
  writeMasterPlaylist,
  writeMediaPlaylist,
  type FragmentIndex,
  type PhotoCopies,
  type Poster,
  type RenditionFile,
  type Storyboard,
} from '@vitrine/media';
import type { MediaStore } from '../platform/media-store.ts';
import type { World } from '../platform/world.ts';
import type { KeptPlaylists, KeptRendition, KeptStills } from './commits.ts';
import type { KeptPhoto } from './photo-rows.ts';
import { keepFile, newFileId, type FileKind, type KeptFile } from './files.ts';

/** What keeping needs. `folder` is the key under which everything of one run lies. */
export interface KeepGrounds {
  media: MediaStore;
  world: World;
  folder: string;
  outDir: string;
}

const PLAYLIST_MIME = 'application/vnd.apple.mpegurl';

/** Keeps rendition files. */
export async function keepRenditionFiles(
  grounds: KeepGrounds,
  made: readonly RenditionFile[],
): Promise<KeptRendition[]> {
  return Promise.all(
    made.map(async (rendition) => ({
      made: rendition,
      file: await keep(grounds, { kind: 'rendition', mime: 'video/mp4', ...pick(rendition) }),
    })),
  );
}

/** Keeps the copies of a photo. */
export async function keepPhotoFiles(grounds: KeepGrounds, made: PhotoCopies): Promise<KeptPhoto> {
  const { poster } = made;
  const [jpeg, avif, ...files] = await Promise.all([
    keep(grounds, { kind: 'poster', mime: poster.jpeg.type, ...pick(poster.jpeg) }),
    keep(grounds, { kind: 'poster-avif', mime: poster.avif.type, ...pick(poster.avif) }),
    ...made.files.map((file) => keep(grounds, { kind: 'photo' as const, mime: file.type, ...pick(file) })),
  ]);
  return { made, files, poster: { jpeg, avif } };
}

/** Keeps what the studio plays while it edits. */
export function keepPreviewFile(
  grounds: KeepGrounds,
  made: Pick<RenditionFile, 'path' | 'sizeBytes' | 'sha256'>,
): Promise<KeptFile> {
  return keep(grounds, { kind: 'preview', mime: 'video/mp4', ...pick(made) });
}

/** Keeps poster and storyboard. */
export async function keepStills(
  grounds: KeepGrounds,
  made: { poster: Poster; storyboard: Storyboard },
  askedCoverMs: number | undefined,
): Promise<KeptStills> {
  const { poster, storyboard } = made;
  const [posterFile, posterAvifFile, storyboardFile] = await Promise.all([
    keep(grounds, { kind: 'poster', mime: poster.jpeg.type, ...pick(poster.jpeg) }),
    keep(grounds, { kind: 'poster-avif', mime: poster.avif.type, ...pick(poster.avif) }),
    keep(grounds, { kind: 'storyboard', mime: storyboard.type, ...pick(storyboard) }),
  ]);
  return { poster, posterFile, posterAvifFile, storyboard, storyboardFile, askedCoverMs };
}

/** A rendition as a playlist needs it. */
export interface PlaylistRendition {
  fileId: string;
  widthPx: number;
  heightPx: number;
  codec: string;
  bitrateBps: number;
  fps: number;
  index: FragmentIndex;
}

/** Writes and keeps the playlists over renditions; addresses in them are relative, so they hold at both addresses. */
export async function keepPlaylistFiles(
  grounds: KeepGrounds,
  renditions: readonly PlaylistRendition[],
): Promise<KeptPlaylists> {
  const perRendition = await Promise.all(
    renditions.map(async (rendition) => ({
      rendition,
      file: await keepText(grounds, 'hls-rendition', writeMediaPlaylist(rendition.index, rendition.fileId)),
    })),
  );
  const listed = perRendition.map(({ rendition, file }) => ({
    ...rendition,
    url: file.id,
    peakBitrateBps: peakBitrateBps(rendition.index),
  }));
  const master = await keepText(grounds, 'hls', writeMasterPlaylist(listed));
  return {
    master,
    all: [master, ...perRendition.map(({ file }) => file)],
    renditionFileIds: renditions.map(({ fileId }) => fileId),
  };
}

async function keepText(grounds: KeepGrounds, kind: FileKind, text: string): Promise<KeptFile> {
  const id = newFileId(grounds.world);
  const path = join(grounds.outDir, `${id}.m3u8`);
  await writeFile(path, text);
  const file = {
    id,
    path,
    kind,
    mime: PLAYLIST_MIME,
    sizeBytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
  };
  return keepFile(grounds.media, grounds.folder, file);
}

function keep(
  grounds: KeepGrounds,
  file: { path: string; kind: FileKind; mime: string; sizeBytes: number; sha256: string },
): Promise<KeptFile> {
  return keepFile(grounds.media, grounds.folder, { ...file, id: newFileId(grounds.world) });
}

function pick(made: { path: string; sizeBytes: number; sha256: string }) {
  return { path: made.path, sizeBytes: made.sizeBytes, sha256: made.sha256 };
}
