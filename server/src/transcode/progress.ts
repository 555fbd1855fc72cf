/** How far each rung of the ladder has come, as the author sees it. */
import { encodingStepSchema } from '@vitrine/schema';
import { z } from 'zod';

/** One rung, named by its short side as people say it: 540, 720, 1080. */
export type RungStep = z.infer<typeof encodingStepSchema>;

const rungsSchema = z.array(encodingStepSchema);

/** Reads the column `videos.rungs`. */
export function readRungs(column: unknown): RungStep[] {
  return rungsSchema.parse(column);
}

/** The rungs after some of them moved on; a rung not planned is added. */
export function moveRungs(rungs: readonly RungStep[], moved: readonly RungStep[]): RungStep[] {
  const by = new Map(rungs.map((rung) => [rung.heightPx, rung]));
  for (const rung of moved) by.set(rung.heightPx, rung);
  return [...by.values()].toSorted((a, b) => a.heightPx - b.heightPx);
}

/** Writes at most so often, always the newest, never two at a time. */
export function throttled<T>(
  everyMs: number,
  write: (value: T) => Promise<void>,
): { push(value: T): void; stop(): Promise<void> } {
  let newest: { value: T } | undefined;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  async function drain(): Promise<void> {
    while (newest) {
      const { value } = newest;
      newest = undefined;
      await write(value);
    }
  }
  function start(): void {
    timer = undefined;
    // Progress is only told: one that cannot be written is no reason to fail.
    running ??= drain()
      .catch(() => undefined)
      .finally(() => {
        running = undefined;
      });
  }
  return {
    push(value) {
      newest = { value };
      timer ??= setTimeout(start, everyMs);
    },
    async stop() {
      clearTimeout(timer);
      timer = undefined;
      newest = undefined;
      await running;
    },
  };
}
