import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocksOf, flowOf } from './blocks.ts';

test('a document is split into headings, paragraphs, lists, tables and code', () => {
  const source =
    '# One\n\ntwo\nlines\n\n1. first\n   more\n2. second\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```sh\n# no heading\n```\n';
  assert.deepEqual(blocksOf(source), [
    { kind: 'heading', depth: 1, text: 'One' },
    { kind: 'paragraph', text: 'two lines' },
    { kind: 'list', isOrdered: true, items: ['first more', 'second'] },
    { kind: 'table', head: ['a', 'b'], rows: [['1', '2']] },
    { kind: 'code', language: 'sh', text: '# no heading' },
  ]);
});

test('a flow chart gives its steps by their words', () => {
  assert.deepEqual(flowOf('flowchart LR\n  a[one thing] --> b\n  b & c[three] --> a'), [
    { from: ['one thing'], to: ['b'] },
    { from: ['b', 'three'], to: ['one thing'] },
  ]);
});
