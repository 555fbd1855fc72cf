import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathAfter } from './after.ts';

test('after signing in the page leads back to a path of this site', () => {
  assert.equal(pathAfter('?then=/%40mara.kiln'), '/@mara.kiln');
  assert.equal(pathAfter('?then=%2Ffollowing'), '/following');
});

test('an address elsewhere is never followed', () => {
  for (const wish of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/ /x', '']) {
    assert.equal(pathAfter(`?then=${encodeURIComponent(wish)}`), '/', wish);
  }
});
