import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { EMPTY_TASTE, type Receipt, wholeRegionFrom } from '@vitrine/ranking';
import { exitCodeOf } from './finding.ts';
import { checkReceipt } from './receipt.ts';
import { regionKey, signedReceipt } from './testing/signed.ts';

const receipt = signedReceipt(wholeRegionFrom(4, { posts: 600, positives: 40 }));
const folder = mkdtempSync(join(tmpdir(), 'vitrine-verify-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function checked(change: (copy: Receipt) => void, key?: string) {
  const copy = structuredClone(receipt);
  change(copy);
  const findings = checkReceipt(JSON.stringify(copy), key);
  return { findings, code: exitCodeOf(findings), of: (what: string) => findings.find((each) => each.what === what) };
}

function saved(name: string, change: (copy: Receipt) => void = () => {}): string {
  const copy = structuredClone(receipt);
  change(copy);
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(copy));
  return path;
}

test('a receipt as it was made is equal in thousands of numbers, signed, and complete', () => {
  const { findings, code, of } = checked(() => {}, regionKey);
  assert.equal(code, 0, JSON.stringify(findings));
  assert.match(of('numbers')!.detail, /^\d{4,} compared, all equal: 30 posts/);
  for (const what of ['files', 'signature', 'origin', 'root', 'epoch', 'key', 'inputs', 'weights', 'tables']) {
    assert.equal(of(what)?.verdict, 'holds', what);
  }
});

test('one changed digit in score, reason, removal or watch is found, with its place', () => {
  const changes: [string, (copy: Receipt) => void][] = [
    ['order.3.score', ({ ranking }) => (ranking.order[3]!.score += 1)],
    ['reasons.2.parts.0.part', ({ ranking }) => (ranking.reasons[2]!.parts[0]!.part -= 1)],
    ['reasons.0.watches.1.post', ({ ranking }) => (ranking.reasons[0]!.watches[1]!.post += 1)],
    ['removed.0.post', ({ ranking }) => (ranking.removed[0]!.post += 1)],
  ];
  for (const [at, change] of changes) {
    const { code, of } = checked(change);
    assert.equal(code, 1);
    assert.ok(of('numbers')!.detail.includes(`1 of `) && of('numbers')!.detail.includes(`first: ${at} is `), at);
  }
  const swapped = checked(({ ranking }) => ranking.order.reverse());
  assert.equal(swapped.code, 1);
});

test('another taste, weight, nonce or control than the one ranked by is found', () => {
  const changes: ((copy: Receipt) => void)[] = [
    ({ taste }) => taste.positives.pop(),
    ({ weights }) => (weights.terms.taste.weight += 1),
    (copy) => (copy.nonce = `ff${copy.nonce.slice(2)}`),
    ({ controls }) => (controls.novelty = controls.novelty === 3 ? -3 : 3),
  ];
  for (const change of changes) assert.equal(checked(change).code, 1, String(change));
});

test('a forged signature, a signature of other heads and another key are found', () => {
  const forged = checked((copy) => {
    const end = copy.note.lastIndexOf(' ') + 20;
    copy.note = `${copy.note.slice(0, end)}${copy.note[end] === 'A' ? 'B' : 'A'}${copy.note.slice(end + 1)}`;
  });
  assert.deepEqual([forged.code, forged.of('signature')?.verdict], [1, 'differs']);
  const other = signedReceipt(wholeRegionFrom(5, { posts: 300, positives: 3 }));
  const moved = checked((copy) => (copy.note = other.note));
  assert.deepEqual([moved.code, moved.of('signature')?.verdict, moved.of('root')?.verdict], [1, 'holds', 'differs']);
  const stranger = signedReceipt(wholeRegionFrom(4, { posts: 300, positives: 3 }), 99).verifierKey;
  assert.equal(checked(() => {}, stranger).code, 1);
});

test('a file with another byte, and a shelf that was left out, are found', () => {
  const changed = checked(({ files }) => {
    const [name] = Object.keys(files);
    files[name!] = `${files[name!]!.slice(0, -2)}${files[name!]!.endsWith('00') ? '01' : '00'}`;
  });
  assert.deepEqual([changed.code, changed.of('files')?.verdict], [1, 'differs']);
  const inputs = wholeRegionFrom(4, { posts: 600, positives: 40 });
  const whole = signedReceipt(inputs);
  const trending = Object.entries(whole.files).find(([, hex]) => hex.includes(Buffer.from('trending').toString('hex')));
  const thin = signedReceipt({ ...inputs, shelves: inputs.shelves.filter(({ kind }) => kind !== 'trending') });
  const findings = checkReceipt(
    JSON.stringify({ ...whole, files: without(whole.files, trending![0]), ranking: thin.ranking }),
  );
  const omitted = findings.find(({ what }) => what === 'inputs');
  assert.deepEqual([exitCodeOf(findings), omitted?.detail], [1, 'left out: trending']);
});

test("other weights than those in force are told as the viewer's choice, or found if they are said to be the region's", () => {
  const inputs = wholeRegionFrom(4, { posts: 600, positives: 40 });
  const { taste } = inputs.weights.terms;
  const terms = { ...inputs.weights.terms, taste: { ...taste, weight: taste.weight + 1 } };
  const forged = signedReceipt({ ...inputs, weights: { ...inputs.weights, terms } }, 1, { inForce: inputs.weights });
  const weightsIn = (each: Receipt) => checkReceipt(JSON.stringify(each)).find(({ what }) => what === 'weights');
  assert.equal(exitCodeOf(checkReceipt(JSON.stringify(forged))), 1);
  assert.match(weightsIn(forged)!.detail, /^said to be the region's, but every-term is [0-9a-f]{64}, and in force/);
  const chosen: Receipt = { ...forged, weightsOf: 'viewer' };
  assert.equal(exitCodeOf(checkReceipt(JSON.stringify(chosen))), 0);
  assert.match(weightsIn(chosen)!.detail, /chosen by the viewer/);
  assert.match(weightsIn(receipt)!.detail, /the file in force by the heads/);
});

test('a list that the signed epoch does not name is found, though its numbers are equal', () => {
  const inputs = wholeRegionFrom(4, { posts: 600, positives: 40 });
  const [list] = inputs.lists;
  const bent = signedReceipt({ ...inputs, lists: [{ ...list!, epoch: list!.epoch + 1 }] });
  assert.equal(exitCodeOf(checkReceipt(JSON.stringify(bent))), 0, 'under a signature of its own');
  const own = Object.keys(bent.files).filter((hash) => !(hash in receipt.files));
  const isIndex = (hash: string) => /^5(64c50|6445)/.test(bent.files[hash]!);
  const [planted] = own.filter((hash) => !isIndex(hash));
  const files = { ...receipt.files, [planted!]: bent.files[planted!]! };
  const findings = checkReceipt(JSON.stringify({ ...bent, files, heads: receipt.heads, note: receipt.note }));
  assert.equal(exitCodeOf(findings), 1);
  assert.match(findings[0]!.detail, new RegExp(`file ${planted} is not of this epoch`));
});

test('a first page without any watch may be ranked from fresh and trending alone', () => {
  const inputs = { ...wholeRegionFrom(6, { posts: 400, positives: 0 }), taste: EMPTY_TASTE };
  const whole = signedReceipt(inputs);
  assert.equal(exitCodeOf(checkReceipt(JSON.stringify(whole))), 0);
});

test('a withdrawn input, another format and no JSON at all are answered as not checkable, never as false', () => {
  const withdrawn = checked(({ files }) => (files[Object.keys(files)[0]!] = ''));
  assert.equal(withdrawn.code, 2);
  assert.match(withdrawn.findings[0]!.detail, /^input withdrawn/);
  for (const text of ['', '[]', '{"format":"other"}', '{"format":"vitrine-receipt-1"}', 'null']) {
    assert.equal(exitCodeOf(checkReceipt(text)), 2, text);
  }
});

function without(files: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([each]) => each !== name));
}

function command(...args: string[]) {
  return spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { encoding: 'utf8' });
}

test('the command ends with 0, 1 and 2, and tells people and machines', () => {
  const equal = command('receipt', saved('equal.json'));
  assert.deepEqual([equal.status, equal.stdout.trimEnd().split('\n').at(-1)], [0, 'equal']);
  const differs = command(
    'receipt',
    saved('differs.json', ({ ranking }) => (ranking.order[0]!.score += 1)),
    '--json',
  );
  const { code, outcome } = JSON.parse(differs.stdout) as { code: number; outcome: string };
  assert.deepEqual([differs.status, code, outcome], [1, 1, 'differs']);
  assert.equal(command('receipt', join(folder, 'none.json')).status, 2);
  assert.equal(command('receipt').status, 2);
  const help = command('--help');
  assert.deepEqual([help.status, help.stdout.includes('verify -- shelf URL')], [0, true]);
});

const PYTHON = spawnSync('python3', ['--version']).status === 0;
test(
  'a program in Python that shares nothing with ours finds the same',
  { skip: !PYTHON && 'python3 is not there' },
  () => {
    const script = join(import.meta.dirname, '../outside/check_receipt.py');
    const outside = (path: string) => spawnSync('python3', [script, path], { encoding: 'utf8' });
    const equal = outside(saved('python.json'));
    assert.equal(equal.status, 0, equal.stdout + equal.stderr);
    assert.match(equal.stdout, /root +holds/);
    const other = signedReceipt(wholeRegionFrom(5, { posts: 300, positives: 3 }));
    assert.equal(outside(saved('python-root.json', (copy) => (copy.note = other.note))).status, 1);
    const region = saved('python-weights.json', (copy) => (copy.weights.terms.near.weight += 1));
    assert.equal(outside(region).status, 1, 'other weights than those in force');
    if (equal.stdout.includes('signature  holds')) {
      const forged = saved(
        'python-forged.json',
        (copy) => (copy.note = copy.note.replace(/.{12}\n$/, 'AAAAAAAAAAA=\n')),
      );
      assert.equal(outside(forged).status, 1);
    }
  },
);
