import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { partialPath, type ClipOrder } from './clip.ts';
import type { DemoPost } from './demo-post.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** Everything whose change makes a clip another one, beside its scene's own file. */
const INGREDIENTS = ['clip.ts', 'encode.ts', 'music.ts', 'picture', 'music'];
/** A clip's process is given up after this long. */
const LONGEST_CLIP_MS = 10 * 60_000;

/** Makes clips in processes of their own and keeps them for the next start. */
export type Studio = {
  /** Where it keeps what it made. */
  folder: string;
  /** Where the post's clip lies once it is made; asking again for the same one answers the same promise. */
  clipOf: (post: DemoPost) => Promise<string>;
  /** How many clips were taken from the cache so far. */
  cached: () => number;
  /** Ends all processes and what they had begun. */
  close: () => Promise<unknown>;
};

/** Opens a studio over a cache folder; the first `urgent` clips asked for get all processors, later ones leave one free. */
export function openStudio(folder: string, urgent: number): Studio {
  mkdirSync(folder, { recursive: true });
  const running = new Set<ChildProcess>();
  const waiting: (() => void)[] = [];
  const made = new Map<string, Promise<string>>();
  let asked = 0;
  let urgentLeft = 0;
  let cachedClips = 0;
  let isClosed = false;
  const processors = availableParallelism();
  const next = (): void => {
    // While somebody waits for the first posts every processor paints; then one is left to the server.
    const widest = urgentLeft > 0 ? processors : Math.max(1, processors - 1);
    while (!isClosed && running.size < widest && waiting.length > 0) waiting.shift()?.();
  };
  const make = async (order: ClipOrder): Promise<string> =>
    new Promise((resolve, reject) => {
      if (order.isUrgent) urgentLeft += 1;
      waiting.push(() => {
        const child = spawn(process.execPath, [join(HERE, 'clip.ts'), JSON.stringify(order)], {
          stdio: ['ignore', 'ignore', 'pipe'],
          timeout: LONGEST_CLIP_MS,
        });
        let complaint = '';
        child.stderr?.on('data', (text: Buffer) => (complaint += text.toString()));
        running.add(child);
        child.once('exit', () => {
          running.delete(child);
          // Of one that was stopped; a whole clip was renamed.
          rmSync(partialPath(order.path, child.pid ?? 0), { force: true });
          if (order.isUrgent) urgentLeft -= 1;
          next();
          // The file is renamed into place when it is whole: that, not the exit code, says it was made.
          if (existsSync(order.path)) resolve(order.path);
          else reject(new Error(`The clip ${order.scene} was not made. ${complaint.slice(-500)}`));
        });
      });
      next();
    });
  return {
    folder,
    clipOf: async (post) => {
      const path = join(folder, clipName(post));
      const known = made.get(path);
      if (known) return known;
      const isUrgent = asked < urgent;
      asked += 1;
      if (existsSync(path)) cachedClips += 1;
      const { scene, variant, seed, durationS, sound } = post;
      const clip = existsSync(path)
        ? Promise.resolve(path)
        : make({ path, scene, variant, seed, durationS, sound, isUrgent });
      made.set(path, clip);
      return clip;
    },
    cached: () => cachedClips,
    close: () => {
      isClosed = true;
      for (const child of running) child.kill('SIGKILL');
      return Promise.all([...running].map((child) => new Promise((gone) => child.once('exit', gone))));
    },
  };
}

/** A clip's file name tells what it was made from, so that a changed generator makes it anew. */
function clipName(post: DemoPost): string {
  const hash = createHash('sha256');
  for (const path of [...INGREDIENTS.flatMap(filesOf), join(HERE, 'scenes', `${post.scene}.ts`)])
    hash.update(readFileSync(path));
  hash.update(JSON.stringify([post.scene, post.variant, post.seed, post.durationS, post.sound]));
  return `${post.scene}-${hash.digest('hex').slice(0, 16)}.mp4`;
}

function filesOf(name: string): string[] {
  const path = join(HERE, name);
  if (name.endsWith('.ts')) return [path];
  return readdirSync(path)
    .toSorted()
    .map((file) => join(path, file));
}
