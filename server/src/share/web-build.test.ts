import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { openWebBuild } from './web-build.ts';

let folder = '';
let nowMs = 0;
const PAGE = `<!doctype html><html><head>
<meta charset="utf-8" /><title>Old</title><meta name="description" content="old" />
<meta name="theme-color" content="#0c1013" /><link rel="icon" href="/icons/mark.svg" />
<script type="module" crossorigin src="/assets/index-abc.js"></script>
<link rel="modulepreload" crossorigin href="/assets/start-def.js"><link rel="stylesheet" crossorigin href="/assets/index-abc.css">
<!--head--></head><body><div id="app"><!--app--></div></body></html>`;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-build-'));
  await mkdir(join(folder, 'assets'));
  await mkdir(join(folder, '.vite'));
  await writeFile(join(folder, 'index.html'), PAGE);
  await writeFile(join(folder, 'assets/index-abc.js'), 'console.log(1)');
  await writeFile(join(folder, '.vite/manifest.json'), '{}');
});
after(() => rm(folder, { recursive: true }));

test('the build says which sheets and scripts a page needs, and keeps the rest of its head', async () => {
  const head = await openWebBuild(folder, () => nowMs).head();
  assert.deepEqual(head.styles, ['/assets/index-abc.css']);
  assert.deepEqual(head.preloads, ['/assets/start-def.js']);
  assert.deepEqual(head.scripts, ['/assets/index-abc.js']);
  assert.equal(head.rest, '<meta name="theme-color" content="#0c1013" /><link rel="icon" href="/icons/mark.svg" />');
});

test('only files of the build are given, compressed where it helps', async () => {
  const web = openWebBuild(folder, () => nowMs);
  const file = await web.file('assets/index-abc.js');
  assert.equal(file?.type, 'text/javascript; charset=utf-8');
  assert.equal(brotliDecompressSync(file?.brotliBytes ?? Buffer.alloc(0)).toString(), 'console.log(1)');
  for (const path of ['.vite/manifest.json', '../package.json', 'assets/../index.html', 'assets/none.js', ''])
    assert.equal(await web.file(path), undefined, path);
});

test('a build that comes later is found, and its page is read anew', async () => {
  const web = openWebBuild(folder, () => nowMs);
  assert.equal(await web.file('assets/late.js'), undefined);
  await writeFile(join(folder, 'assets/late.js'), '');
  await writeFile(join(folder, 'index.html'), PAGE.replaceAll('abc', 'xyz'));
  nowMs += 3000;
  assert.ok(await web.file('assets/late.js'));
  assert.deepEqual((await web.head()).scripts, ['/assets/index-xyz.js']);
});

test('without a build there is no app, and no error', async () => {
  const web = openWebBuild(join(folder, 'nowhere'), () => nowMs);
  assert.deepEqual((await web.head()).scripts, []);
  assert.equal(await web.file('index.html'), undefined);
});
