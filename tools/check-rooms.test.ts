import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { breachesIn } from './check-rooms.ts';
import { importsOf } from './rooms/imports.ts';
import { judgeImport, judgePath, type House } from './rooms/law.ts';

const ROOT = join(import.meta.dirname, '..');
const BROKEN = join(import.meta.dirname, 'rooms', 'broken-tree');

test('the tree keeps its own law', () => {
  assert.deepEqual(breachesIn(ROOT), []);
});

test('the broken tree is refused at exactly the lines that break the law', () => {
  const expected = readFileSync(join(BROKEN, 'expected.txt'), 'utf8').trim().split('\n');
  assert.deepEqual(breachesIn(BROKEN), expected);
});

test('imports of types, re-exports, dynamic imports and import types are all seen', () => {
  const text = [
    "import type { A } from './a.ts';",
    "export * from './b.ts';",
    "export { c } from './c.ts';",
    "type D = import('./d.ts').D;",
    "const e = () => import('./e.ts');",
    "import './f.ts';",
    "// import './not.ts'",
    'const text = "import \'./neither.ts\'";',
  ].join('\n');
  const sites = importsOf('some.ts', text);
  assert.deepEqual(sites.map(({ specifier, line }) => `${line} ${specifier}`).sort(), [
    '1 ./a.ts',
    '2 ./b.ts',
    '3 ./c.ts',
    '4 ./d.ts',
    '5 ./e.ts',
    '6 ./f.ts',
  ]);
});

test('every folder of the server may import those before it and none after it', () => {
  const house = JSON.parse(readFileSync(join(ROOT, 'rooms.json'), 'utf8')) as House;
  const order = house.rooms['server']?.order ?? [];
  const story = [
    'platform',
    'ledger',
    'restrict',
    'accounts',
    'upload',
    'transcode',
    'publish',
    'interact',
    'watch',
    'share',
    'notify',
    'moderate',
  ];
  assert.deepEqual(
    order.filter((folder) => story.includes(folder)),
    story,
  );
  const none = { runtime: new Set<string>(), development: new Set<string>() };
  for (const [fromIndex, from] of order.entries()) {
    for (const [toIndex, to] of order.entries()) {
      const site = { file: `server/src/${from}/store.ts`, specifier: `../${to}/store.ts` };
      assert.equal(judgeImport(house, none, site) === undefined, toIndex <= fromIndex, `${from} -> ${to}`);
    }
  }
});

test('folders with a name that says nothing are refused in every room', () => {
  const house = JSON.parse(readFileSync(join(ROOT, 'rooms.json'), 'utf8')) as House;
  for (const folder of ['common', 'core', 'utils', 'shared', 'lib', 'helpers']) {
    assert.match(judgePath(house, `web/src/${folder}/button.tsx`) ?? '', /name it by what it is about/);
  }
  assert.equal(judgePath(house, 'web/src/feed/button.tsx'), undefined);
});

test('commands of a pure room may read files; the room itself may not import them', () => {
  const house: House = {
    forbiddenFolders: [],
    rooms: { pure: { folder: 'packages/pure', mayImport: [], isPure: true, commands: 'harness' } },
  };
  const nothing = { runtime: new Set<string>(), development: new Set<string>() };
  const judge = (file: string, specifier: string) => judgeImport(house, nothing, { file, specifier });
  assert.equal(judge('packages/pure/harness/a.ts', 'node:fs'), undefined);
  assert.match(judge('packages/pure/src/a.ts', 'node:fs') ?? '', /is pure/);
  assert.match(judge('packages/pure/src/a.ts', '../harness/a.ts') ?? '', /nobody imports/);
});
