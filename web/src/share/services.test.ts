import assert from 'node:assert/strict';
import { test } from 'node:test';
import { embedCode, mailLink, mastodonServer, mastodonLink, SERVICES } from './services.ts';

const shared = { url: 'https://v.example/@a/post/1', text: 'Low tide & a flask #sea' };

test('every service gets the link, escaped, and nothing that names the person', () => {
  for (const service of SERVICES) {
    const address = new URL(service.link(shared));
    assert.equal(address.protocol, 'https:');
    assert.ok([...address.searchParams.values()].join(' ').includes(shared.url), service.name);
    assert.ok(!/utm|ref=|[?&]id=/.test(address.search), service.name);
  }
});
test('a Mastodon server is found in what people paste', () => {
  for (const typed of ['mastodon.social', ' https://mastodon.social/@me ', '@me@mastodon.social', 'Mastodon.Social'])
    assert.equal(mastodonServer(typed), 'mastodon.social');
});
test('what is no server name is refused', () => {
  for (const typed of ['', 'localhost', 'javascript:alert(1)', 'a b.c', '../x.y'])
    assert.equal(mastodonServer(typed), undefined, typed);
});
test('the Mastodon link holds text and address', () => {
  assert.equal(new URL(mastodonLink('m.example', shared)).searchParams.get('text'), `${shared.text}\n${shared.url}`);
});
test('the mail link escapes what would end a field', () => {
  assert.ok(!mailLink(shared, 'A & B').includes('& '));
});
test('embed code keeps the shape of the video', () => {
  assert.match(
    embedCode('https://v.example', { id: 'abc', widthPx: 1080, heightPx: 1920 }),
    /src="https:\/\/v\.example\/embed\/abc" width="325" height="578"/,
  );
});
