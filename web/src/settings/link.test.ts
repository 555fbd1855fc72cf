import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkOf, readableLink } from './link.ts';

test('a link may be typed without its beginning', () => {
  assert.equal(linkOf('kiln.example'), 'https://kiln.example/');
  assert.equal(linkOf('http://kiln.example/shop?a=1'), 'http://kiln.example/shop?a=1');
});

test('what is no web address is no link', () => {
  for (const wrong of [
    'javascript:alert(1)',
    'data:text/html,x',
    'kiln',
    'https://',
    'https://a@kiln.example',
    'mailto:a@b.example',
    'two words.example',
  ])
    assert.equal(linkOf(wrong), undefined, wrong);
});

test('a link is read without what everyone knows', () => {
  assert.equal(readableLink('https://www.kiln.example/'), 'kiln.example');
  assert.equal(readableLink('http://kiln.example/shop'), 'kiln.example/shop');
});
