import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { cardPageSchema, commentPageSchema } from '@vitrine/schema';

const DEMO = fileURLToPath(new URL('demo.ts', import.meta.url));
const LIMIT_MS = 240_000;

test(
  'the demo puts posts with likes and comments online, and Ctrl-C leaves nothing behind',
  { timeout: LIMIT_MS },
  async () => {
    // All temporary folders of the child go here, so that what it leaves can be seen.
    const temporary = await mkdtemp(join(tmpdir(), 'vitrine-demo-test-'));
    const child = spawn(process.execPath, [DEMO, '--json', '--posts', '2', '--port', '0'], {
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const left = new Promise<number | null>((resolve) => child.once('exit', resolve));
    try {
      const steps = new Map<string, Record<string, unknown>>();
      for await (const line of createInterface({ input: child.stdout })) {
        const step = JSON.parse(line) as Record<string, unknown>;
        steps.set(String(step.event), step);
        if (step.event === 'full') break;
      }
      const origin = String(steps.get('open')?.address);
      const page = cardPageSchema.parse(await (await fetch(`${origin}/api/v1/explore?sort=newest`)).json());
      assert.equal(page.posts.length, 2);
      for (const post of page.posts) {
        assert.deepEqual([post.widthPx, post.heightPx, post.hasAudio], [1080, 1920, true]);
        assert.ok(post.tags.length > 0 && post.altText !== '' && post.counts.likes > 0, post.text);
        const said = await (await fetch(`${origin}/api/v1/posts/${post.id}/comments`)).json();
        assert.ok(commentPageSchema.parse(said).total > 0, post.text);
      }
      child.kill('SIGINT');
      assert.equal(await left, 0);
      assert.deepEqual(
        (await readdir(temporary)).filter((name) => name.startsWith('vitrine-demo-')),
        [],
      );
      await assert.rejects(fetch(`${origin}/healthz`));
    } finally {
      child.kill('SIGKILL');
      if (existsSync(temporary)) await rm(temporary, { recursive: true, force: true });
    }
  },
);
