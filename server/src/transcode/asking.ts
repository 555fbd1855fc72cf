/** The jobs that can be done on a video, and how one is asked for. */
import type { Tx } from '../platform/database.ts';
import { enqueue } from '../platform/jobs.ts';
import type { World } from '../platform/world.ts';

/** Lower numbers run first. */
const PRIORITIES = {
  'video.probe': 10,
  'video.poster': 15,
  'video.playlists': 15,
  'video.silence': 12,
  'video.first': 20,
  'video.compose': 20,
  'video.photos': 20,
  'video.preview': 50,
  'video.rest': 60,
} as const;

/** What can be asked for. */
export type VideoJobKind = keyof typeof PRIORITIES;

/** Asks for a job on a video. */
export async function ask(
  tx: Tx,
  world: World,
  job: { kind: VideoJobKind; videoId: string; accountId: string; body?: Record<string, unknown> },
): Promise<void> {
  await enqueue(tx, world, {
    kind: job.kind,
    subjectId: job.videoId,
    accountId: job.accountId,
    priority: PRIORITIES[job.kind],
    ...(job.body && { body: job.body }),
  });
}
