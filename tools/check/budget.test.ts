import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkBudget, filesFor, type ManifestChunk } from './budget.ts';

const MANIFEST: Record<string, ManifestChunk> = {
  'index.html': { file: 'entry.js', imports: ['_vendor.js'], css: ['entry.css'] },
  '_vendor.js': { file: 'vendor.js', imports: ['index.html'] },
  'src/app/start.tsx': { file: 'start.js', imports: ['_vendor.js'] },
  'src/words/en.json': { file: 'en.json' },
  'src/feed/FeedScreen.tsx': { file: 'feed.js', imports: ['_vendor.js'], css: ['feed.css'] },
  'src/moderate/ComplaintScreen.tsx': { file: 'complaint.js' },
};

test('a route loads its chunk, the chunks imported on the way and their styles, each once', () => {
  const files = filesFor(MANIFEST, ['index.html', 'src/feed/FeedScreen.tsx']);
  assert.deepEqual(files, ['entry.css', 'entry.js', 'feed.css', 'feed.js', 'vendor.js']);
});

test('pages over the limit fail, pages under it pass', () => {
  const dist = mkdtempSync(join(tmpdir(), 'vitrine-dist-'));
  try {
    mkdirSync(join(dist, '.vite'));
    writeFileSync(join(dist, '.vite', 'manifest.json'), JSON.stringify(MANIFEST));
    for (const file of [
      'index.html',
      'entry.js',
      'start.js',
      'vendor.js',
      'feed.js',
      'entry.css',
      'feed.css',
      'en.json',
    ]) {
      writeFileSync(join(dist, file), 'small');
    }
    assert.deepEqual(
      checkBudget(dist).map(({ kind }) => kind),
      ['passed', 'passed'],
    );
    writeFileSync(join(dist, 'feed.js'), randomBytes(70_000));
    assert.deepEqual(
      checkBudget(dist).map(({ kind }) => kind),
      ['failed', 'passed'],
    );
    writeFileSync(join(dist, 'feed.css'), randomBytes(40_000));
    assert.deepEqual(
      checkBudget(dist).map(({ kind }) => kind),
      ['failed', 'failed'],
    );
  } finally {
    rmSync(dist, { recursive: true });
  }
});
