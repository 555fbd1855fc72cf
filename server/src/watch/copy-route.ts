/** `GET /posts/:id/download`: the copy to keep. The first asker waits while it is made. */
import { idSchema } from '@vitrine/schema';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import type { Db } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { refuse } from '../platform/problem.ts';
import type { World } from '../platform/world.ts';
import { askForCopy, findCopy } from './copies-to-keep.ts';
import type { MediaFile } from './media-rows.ts';
import { openFileAnswers, type MediaGrounds } from './media-routes.ts';
import { refusalOf } from './verdict.ts';

/** What it needs. */
type CopyRouteGrounds = MediaGrounds & { db: Db };

/** A link to a file cannot ask again by itself, so it waits: a copy of ten minutes' video is made within two. */
const WAIT_MS = 120_000;
const LOOK_EVERY_MS = 400;
const RETRY_SECONDS = 10;

/** Registers it. */
export function copyRoute(app: App, grounds: CopyRouteGrounds): void {
  const { watch, db, world } = grounds;
  const files = openFileAnswers(app, grounds);
  const schema = { hide: true, params: z.object({ id: idSchema }) };
  app.get('/api/v1/posts/:id/download', { schema, handlerTimeout: WAIT_MS + 10_000 }, async (request, reply) => {
    const verdict = await watch.post(request.params.id, request.viewer?.accountId);
    if (verdict.kind !== 'shown') throw refusalOf(verdict);
    const { facts } = verdict;
    if (facts.renditions.length === 0) throw refuse('not_found');
    if (!facts.allow.save && !facts.viewer?.isMine) throw refuse('not_savable');
    const file = (await findCopy(db, facts)) ?? (await waitForCopy({ db, world }, facts, request.signal));
    if (!file) throw refuse('copy_in_the_making', { retryAfterSeconds: RETRY_SECONDS });
    reply.headers({
      'cache-control': 'private, no-store',
      'content-disposition': `attachment; filename="${facts.handle}-${facts.id.slice(-8)}.mp4"`,
    });
    return files.answer(file, { request, reply, isPublic: false });
  });
}

async function waitForCopy(
  { db, world }: { db: Db; world: World },
  post: { id: string; handle: string },
  signal: AbortSignal,
): Promise<MediaFile | undefined> {
  await askForCopy(db, world, post.id);
  for (let waitedMs = 0; waitedMs < WAIT_MS && !signal.aborted; waitedMs += LOOK_EVERY_MS) {
    await setTimeout(LOOK_EVERY_MS);
    const made = await findCopy(db, post);
    if (made) return made;
  }
  return undefined;
}
