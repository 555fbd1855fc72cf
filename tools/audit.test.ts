import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeReport, type Waiver } from './audit.ts';

const HOLE = { name: 'tool', title: 'A hole', url: 'https://example.org/hole', severity: 'moderate' };
const REPORT = { vulnerabilities: { tool: { via: [HOLE] }, user: { via: ['tool'] }, both: { via: [HOLE, 'tool'] } } };
const WAIVER: Waiver = { url: HOLE.url, until: '2026-12-31', why: 'only in tests' };

const kinds = (report: unknown, waivers: Waiver[] = []) =>
  judgeReport(report, waivers, '2026-11-22').map(({ kind }) => kind);

test('a hole of moderate or worse fails once, however many lead to it', () => {
  assert.deepEqual(kinds(REPORT), ['failed']);
});

test('a low one and none at all pass', () => {
  assert.deepEqual(kinds({ vulnerabilities: { tool: { via: [{ ...HOLE, severity: 'low' }] } } }), ['passed']);
  assert.deepEqual(kinds({ vulnerabilities: {} }), ['passed']);
});

test('a waiver holds until its day and not longer', () => {
  assert.deepEqual(kinds(REPORT, [WAIVER]), ['skipped']);
  assert.deepEqual(kinds(REPORT, [{ ...WAIVER, until: '2026-11-21' }]), ['failed']);
});

test('a registry without audits is a skip that says so', () => {
  const [outcome] = judgeReport({ message: 'no', statusCode: 405 }, [], '2026-11-22');
  assert.equal(outcome!.kind, 'skipped');
  assert.match(outcome!.detail!, /HTTP 405/);
  assert.deepEqual(kinds(undefined), ['skipped']);
});
