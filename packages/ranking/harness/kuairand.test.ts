import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { folderOf, readLog } from './kuairand.ts';
import { DataError } from './tables.ts';

const START_MS = Date.UTC(2022, 3, 24, 16);
const EVENTS = `#t0_ms=${START_MS}\n#dt_ms\tuser\tvideo\tplay_ms\tdur_ms\tflags\ttab\n0\t7\t3\t9\t9\t65\t1\n5\t8\t4\t9\t9\t1\t1\n`;
const HIST = `#user\tn\tlast_ms\twatch\tlike\tlong\n7\t3\t${START_MS - 1000}\t4,5\t6\t5\n`;
const ITEMS =
  '#video\tauthor\ttype\tupload_dt\tupload_type\tdur_ms\tmusic\tmusic_type\ttags\n3\t11\tX\t2022-04-10\tY\t9000\t1\t9\t0,2\n';

function folderWith(t: TestContext, files: Record<string, string | Uint8Array>): string {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-log-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

test('a log is read the same plain or packed, with columns in any order, with more of them than are known', (t) => {
  const plain = folderWith(t, { 'events.tsv': EVENTS, 'hist.tsv': HIST, 'items.tsv': ITEMS });
  assert.equal(folderOf(plain), plain);
  const log = readLog(plain);
  assert.deepEqual(log.events[0], { atMs: START_MS, user: 7, post: 3, isPositive: true, row: 0 });
  assert.equal(log.events[1]?.isPositive, false);
  assert.deepEqual(
    log.warmUp.map(({ post }) => post),
    [5, 6],
  );
  assert.deepEqual(log.facts[3]?.tags, [1, 3]);
  assert.deepEqual(log.facts[4]?.tags, [], 'a post without facts has empty ones');
  const turned = EVENTS.split('\n').map((line) => {
    const [dt, user, video, , , flags] = line.split('\t');
    return user === undefined ? line : [flags, 'more', video, user?.replace('#', ''), dt?.replace('#', '')].join('\t');
  });
  const packed = { 'events.tsv.gz': gzipSync(turned.join('\r\n')), 'hist.tsv': HIST, 'items.tsv.gz': gzipSync(ITEMS) };
  assert.deepEqual(readLog(folderWith(t, packed)).events, log.events);
});

test('events alone are enough, ids may be words, and a last line cut in the middle is left out', (t) => {
  const words = EVENTS.replace('7\t3', 'ann\tclip-3') + '9\tbo';
  const { events, facts, nameOf } = readLog(folderWith(t, { 'events.tsv': words }));
  assert.equal(events.length, 2);
  assert.equal(nameOf(events[0]!.post), 'clip-3');
  assert.equal(nameOf(events[1]!.post), 4);
  assert.ok(facts[events[0]!.post] !== undefined);
});

test('what cannot be read is told with its file and line', (t) => {
  for (const [content, says] of [
    ['', /does not begin with #t0_ms=/],
    [EVENTS.split('\n').slice(0, 2).join('\n'), /holds no events/],
    [EVENTS.replace('flags', 'flugs'), /no column flags; it has dt_ms/],
    [EVENTS.replace('9\t65', '9\tx'), /events.tsv line 3: flags is no number: "x"/],
    [EVENTS.replace('\t8\t4\t9\t9\t1\t1', '\t8'), /line 4 has 2 of at least 6 fields/],
  ] as const) {
    const folder = folderWith(t, { 'events.tsv': content });
    assert.throws(
      () => readLog(folder),
      (error) => error instanceof DataError && says.test(error.message),
    );
  }
  assert.throws(() => readLog(folderWith(t, { 'events.tsv.gz': 'not packed' })), /events.tsv.gz cannot be read/);
  assert.equal(folderOf(folderWith(t, {})), undefined);
});
