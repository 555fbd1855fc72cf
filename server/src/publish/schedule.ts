/** Posts that wait for a time which their author chose: published by a job, once, at that time. */
import type { Db, Tx } from '../platform/database.ts';
import { enqueue, finishJob, type Job, type JobKind } from '../platform/jobs.ts';
import { refuse } from '../platform/problem.ts';
import { later, type World } from '../platform/world.ts';
import { lockPost, publishIfReady, type PublishGrounds } from './store.ts';

const PUBLISH_POST = 'post.publish';
/** Before all media work: somebody waits for the minute. */
const PRIORITY = 1;

/** How far ahead. */
const YEAR_MS = 366 * 86_400_000;

/** A time to come, or undefined: now. A time that has passed is now. */
export function timeOf(now: Date, asked: string | undefined): Date | undefined {
  const at = asked === undefined ? undefined : new Date(asked);
  if (at === undefined || at <= now) return undefined;
  if (at > later(now, YEAR_MS)) throw refuse('too_far_ahead');
  return at;
}

/** Asks for the job at a time; one that waits already is moved to it. */
export async function schedule(
  tx: Tx | Db,
  { world }: { world: World },
  post: { id: string; accountId: string; publishAt: Date },
): Promise<void> {
  const moved = await tx
    .updateTable('jobs')
    .set({ run_at: post.publishAt })
    .where('kind', '=', PUBLISH_POST)
    .where('subject_id', '=', post.id)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  if (moved.numUpdatedRows > 0n) return;
  await enqueue(tx, world, {
    kind: PUBLISH_POST,
    subjectId: post.id,
    accountId: post.accountId,
    priority: PRIORITY,
    runAt: post.publishAt,
  });
}

/** The job's kind. */
export function scheduleJobs(grounds: PublishGrounds): Readonly<Record<string, JobKind>> {
  return { [PUBLISH_POST]: { run: (job) => publishDue(grounds, job) } };
}

async function publishDue(grounds: PublishGrounds, job: Job): Promise<void> {
  await grounds.db.transaction().execute(async (tx) => {
    const post = await lockPost(tx, job.subjectId);
    await finishJob(tx, grounds.world, job);
    if (post?.state !== 'scheduled' || post.publish_at === null) return;
    // Moved while this job was on its way.
    if (post.publish_at > grounds.world.now())
      await schedule(tx, grounds, { id: post.id, accountId: post.account_id, publishAt: post.publish_at });
    else await endWaiting(tx, grounds, post);
  });
}

/** The time has come: published now, or as soon as it is playable. */
export async function endWaiting(
  tx: Tx,
  grounds: PublishGrounds,
  post: NonNullable<Awaited<ReturnType<typeof lockPost>>>,
): Promise<void> {
  await tx.updateTable('posts').set({ state: 'processing', publish_at: null }).where('id', '=', post.id).execute();
  await publishIfReady(tx, grounds, { ...post, state: 'processing', publish_at: null });
}
