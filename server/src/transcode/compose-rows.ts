/** Rows of a video that is put together of several files: it has an id and no source of its own. */
import type { SourceKey } from '@vitrine/edit';
import type { VideoEdit } from '@vitrine/schema';
import type { Tx } from '../platform/database.ts';
import { writeEvent } from '../platform/outbox.ts';
import type { World } from '../platform/world.ts';
import { ask } from './asking.ts';

/** A file that the edit names, on the media store. */
interface ComposeFile {
  key: SourceKey;
  storeKey: string;
}

/** A render order: the edit, with every name in it already resolved to a file. The body of the job `video.compose`. */
export interface ComposeOrder {
  edit: VideoEdit;
  files: ComposeFile[];
}

/** Begins a composed video: its row, and the job that renders it into the first rendition. */
export async function beginComposed(
  tx: Tx,
  world: World,
  wanted: { videoId: string; accountId: string; order: ComposeOrder; coverMs?: number | undefined },
): Promise<void> {
  await insertSourceless(tx, world, { ...wanted, state: 'received' });
  await ask(tx, world, {
    kind: 'video.compose',
    videoId: wanted.videoId,
    accountId: wanted.accountId,
    body: { ...wanted.order },
  });
}

/** What was to be put together cannot be: one clear reason in its place. */
export async function refuseComposed(
  tx: Tx,
  world: World,
  refused: { videoId: string; accountId: string; code: string; detail: string },
): Promise<void> {
  const { videoId, code, detail } = refused;
  await insertSourceless(tx, world, { ...refused, state: 'failed' });
  await tx
    .updateTable('videos')
    .set({ problem_code: code, problem_detail: detail })
    .where('id', '=', videoId)
    .execute();
  await writeEvent(tx, world, { kind: 'video.failed', writerKey: videoId, body: { videoId, code, detail } });
}

async function insertSourceless(
  tx: Tx,
  world: World,
  video: { videoId: string; accountId: string; state: 'received' | 'failed'; coverMs?: number | undefined },
): Promise<void> {
  await tx
    .insertInto('videos')
    .values({
      account_id: video.accountId,
      id: video.videoId,
      source_id: null,
      state: video.state,
      is_waiting: false,
      cover_ms: video.coverMs ?? null,
      created_at: world.now(),
    })
    .execute();
}
