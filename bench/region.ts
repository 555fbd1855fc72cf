/** A region with something to show, for benches: the real server, an account, posts made through the API. */
import type { Id, Post } from '@vitrine/schema';
import { meet, NO_LIMITS, startServer, type RunningServer } from '@vitrine/e2e';

/** The server and who is signed in. */
export interface BenchRegion extends RunningServer {
  token: string;
  handle: string;
  /** Uploads a file whole; gives the upload's id. Resolves when the server has acknowledged every byte. */
  upload(path: string): Promise<Id>;
  /** Makes a post of an upload; gives the post's id at once. */
  publish(uploadId: Id, text?: string): Promise<Id>;
  /** Waits until the post is playable, or has all of its renditions. */
  untilPlayable(postId: Id, until?: 'first' | 'all'): Promise<Post>;
}

/** Starts one with an account; with a data folder, the one that is already there. */
export async function startBenchRegion(
  settings: Record<string, string> = {},
  dataFolder?: string,
): Promise<BenchRegion> {
  const needs = { settings: { ...NO_LIMITS, ...settings } };
  const server = await startServer(dataFolder === undefined ? needs : { ...needs, dataFolder });
  const person = await meet(server.url, 'bench.person');
  return {
    ...server,
    token: person.token,
    handle: person.handle,
    upload: (path) => person.upload(path),
    publish: (uploadId, text = 'A clip for a bench') => person.publish(uploadId, { text }),
    untilPlayable: (postId, until) => person.untilPlayable(postId, until),
  };
}
