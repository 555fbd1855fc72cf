import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as markdown from './markdown.ts';
import * as packages from './packages.ts';
import type { Tree } from './tree.ts';

/** A tree of texts in memory. */
function treeOf(texts: Record<string, string>): Tree {
  const paths = Object.keys(texts);
  const namesBelow = (folder: string) => {
    const start = folder === '.' ? '' : `${folder}/`;
    const inner = paths.filter((path) => path.startsWith(start) && path.slice(start.length).includes('/'));
    return [...new Set(inner.map((path) => path.slice(start.length).split('/')[0]!))];
  };
  return {
    files: () => paths,
    folders: namesBelow,
    has: (path) => paths.some((known) => known === path || known.startsWith(`${path}/`)),
    text: (path) => texts[path] ?? '',
  };
}

test('a link to nothing is found, links out, anchors and code are left alone', () => {
  const tree = treeOf({
    'README.md': '[a](docs/a.md#part) [b](docs/b.md) [c](https://example.org) [d](#here) `[e](none.md)` <img src="docs/picture.png">',
    'docs/a.md': '[up](../README.md)',
  });
  assert.deepEqual(markdown.brokenLinks(tree), ['README.md: docs/b.md is not there', 'README.md: docs/picture.png is not there']);
});

test('a command that is no script is found', () => {
  const tree = treeOf({
    'package.json': JSON.stringify({ scripts: { start: '', 'sounds:import': '' } }),
    'README.md': '`npm ci && npm start`, `npm run sounds:import`, `npm run gone`, `npm test`, `npm run build -w web`, any npm will do',
  });
  const found = ['README.md: npm run gone is no script of package.json', 'README.md: npm test is no script of package.json'];
  assert.deepEqual(markdown.unknownCommands(tree), found);
});

test('a server folder without a README or with one over 20 lines is found', () => {
  const tree = treeOf({
    'server/src/upload/store.ts': '',
    'server/src/watch/README.md': `${'line\n'.repeat(21)}`,
    'server/src/share/README.md': `${'line\n'.repeat(20)}`,
    'server/src/main.ts': '',
  });
  const found = markdown.folderReadmes(tree);
  assert.equal(found.length, 2);
  assert.match(found[0]!, /^server\/src\/upload\/README.md is missing/);
  assert.match(found[1]!, /^server\/src\/watch\/README.md has 21 lines/);
});

test('the map names every folder that is there and none that is not', () => {
  const tree = treeOf({
    'ARCHITECTURE.md': '`server/` `packages/` `server/src/upload/` `packages/schema/` `server/src/gone/`',
    'server/src/upload/store.ts': '',
    'server/src/watch/store.ts': '',
    'packages/schema/src/index.ts': '',
  });
  assert.deepEqual(markdown.mapOfFolders(tree), [
    'ARCHITECTURE.md does not name `server/src/watch/`',
    'ARCHITECTURE.md names `server/src/gone/`, which is not there',
  ]);
});

test('tables and folders are named by words of the glossary', () => {
  const tree = treeOf({
    'GLOSSARY.md': '**account**, **follow request**, **likes**, **region**',
    'server/src/platform/column-classes.ts': '  accounts: {\n  follow_requests: {\n  like_events: {\n  other: 1',
    'server/src/regions/store.ts': '',
  });
  const found = ['GLOSSARY.md does not know "events" of the table like_events', 'GLOSSARY.md does not know "platform" of server/src/platform'];
  assert.deepEqual(markdown.wordsOfGlossary(tree), found);
});

test('a setting that is not told, and one that is invented, are found', () => {
  const tree = treeOf({
    'server/src/platform/settings.ts': 'const environmentSchema = z.object({\n  PORT: z.number(),\n  HOST: z.string(),\n});',
    'docs/operating.md': '| `PORT` | 3000 |\n| `DEPTH` | 3 |\n',
  });
  assert.deepEqual(markdown.settingsDocumented(tree), [
    'docs/operating.md does not tell of HOST',
    'docs/operating.md tells of DEPTH, which is no setting',
  ]);
});

test('words that promise what is not there are found', () => {
  const tree = treeOf({ 'web/src/feed/feed.md': `fine\n${'TO' + 'DO'}: more, ${'coming ' + 'soon'}` });
  assert.equal(markdown.forbiddenWords(treeOf({ 'a.md': 'fine' })).length, 0);
  assert.equal(markdown.forbiddenWords(tree).length, 2);
});

test('ranges are no versions, and every runtime dependency has its reason', () => {
  const tree = treeOf({
    'package.json': JSON.stringify({ dependencies: { zod: '^4.6.7', kysely: '0.29.9' }, devDependencies: { vite: 'latest' } }),
    'docs/decisions/0001-dependencies.md': '| `kysely` | queries with types |\n| `lodash` | none |',
  });
  const faulty = { ...tree, files: () => ['package.json'] };
  assert.deepEqual(packages.looseVersions(faulty), [
    'package.json: zod is ^4.6.7, not an exact version',
    'package.json: vite is latest, not an exact version',
  ]);
  assert.deepEqual(packages.unreasoned(faulty), [
    'docs/decisions/0001-dependencies.md gives no reason for zod',
    'docs/decisions/0001-dependencies.md speaks of lodash, which nothing depends on',
  ]);
});

test('an address or a missing platform in the lockfile is found', () => {
  const lock = {
    packages: {
      'node_modules/tool': { optionalDependencies: { 'tool-linux-x64': '1.0.0', 'tool-darwin-arm64': '1.0.0' } },
      'node_modules/tool-linux-x64': { resolved: 'https://registry.example/tool.tgz' },
    },
  };
  assert.deepEqual(packages.lockfileFaults(treeOf({ 'package-lock.json': JSON.stringify(lock, null, 1) })), [
    'package-lock.json holds the address https://registry.example/tool.tgz',
    'package-lock.json lacks tool-darwin-arm64: npm run lock',
  ]);
});
