import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeAccount, makePost, makeRestriction, type PostAndFiles } from '../testing/made-posts.ts';
import { startTestRegion, type TestRegion } from '../testing/region.ts';

let region: TestRegion;
let ilse = '';
let post: PostAndFiles;
before(async () => {
  region = await startTestRegion({ settings: { PUBLIC_URL: 'https://v.example', REGION_NAME: 'Testland' } });
  ilse = await makeAccount(region.grounds, { handle: 'ilse', name: 'Ilse Brandt', bio: 'Walks by the #sea' });
  post = await makePost(region.grounds, {
    accountId: ilse,
    text: 'Low tide at the end of the line. #slowtravel',
    tags: ['slowtravel'],
  });
});
after(() => region.close());

async function get(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(region.url + path, { headers, redirect: 'manual' });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
/** What a crawler reads: properties and names with their values. */
function facts(page: string): Map<string, string> {
  return new Map(
    Array.from(
      page.matchAll(/<meta\s+(?:property|name)="([^"]+)"\s+content="([^"]*)"\s*\/?>/g),
      ([, name = '', value = '']) => [name, value],
    ),
  );
}
const pathOf = (id: string, handle = 'ilse'): string => `/@${handle}/post/${id}`;

test('a shared link tells other sites what it is and how to play it', async () => {
  const { status, headers, text } = await get(pathOf(post.id));
  assert.equal(status, 200);
  assert.match(headers.get('content-type') ?? '', /^text\/html/);
  const found = facts(text);
  const url = `https://v.example${pathOf(post.id)}`;
  assert.equal(found.get('og:type'), 'video.other');
  assert.equal(found.get('og:url'), url);
  assert.equal(found.get('og:title'), 'Low tide at the end of the line. #slowtravel');
  assert.equal(found.get('og:image'), `https://v.example/media/${post.posterFileId}`);
  assert.equal(found.get('og:video:secure_url'), `${url}/video.mp4`);
  assert.equal(found.get('og:video:type'), 'video/mp4');
  assert.equal(found.get('og:video:width'), '540');
  assert.equal(found.get('twitter:card'), 'player');
  assert.equal(found.get('twitter:player'), `https://v.example/embed/${post.id}`);
  assert.match(text, new RegExp(`<link rel="canonical" href="${url}" />`));
  const structured: Record<string, unknown> = JSON.parse(
    /<script type="application\/ld\+json">([^<]*)</.exec(text)?.[1] ?? '',
  );
  assert.equal(structured['@type'], 'VideoObject');
  assert.equal(structured['duration'], 'PT12S');
  for (const field of ['name', 'description', 'thumbnailUrl', 'uploadDate', 'contentUrl', 'embedUrl'])
    assert.ok(structured[field], field);
});

test('without script there is a playing video, its words and its picture', async () => {
  const { text } = await get(pathOf(post.id));
  assert.match(
    text,
    new RegExp(
      `<video\\s+id="first-video"[^>]*\\ssrc="/media/${post.renditionFileId}"[^>]*\\sautoplay[^>]*\\smuted[^>]*\\scontrols`,
    ),
  );
  assert.match(text, /Low tide at the end of the line\. <a href="\/tag\/slowtravel">#slowtravel<\/a>/);
  assert.match(text, new RegExp(`<img class="poster" src="/media/${post.posterFileId}"`));
  assert.ok(text.indexOf('<video') < text.indexOf('id="first-card"'));
  const card: { id: string; viewer?: unknown } = JSON.parse(/id="first-card">([^<]*)</.exec(text)?.[1] ?? '');
  assert.equal(card.id, post.id);
  assert.equal(card.viewer, undefined);
});

test('the page allows no foreign and no inline script, and its own style by its hash alone', async () => {
  const { headers, text } = await get(pathOf(post.id));
  const policy = headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self'(;|$)/);
  assert.match(policy, /style-src 'self' 'sha256-/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.doesNotMatch(text, / style="| on\w+="/);
});

test('the stable address of the video leads to its file', async () => {
  const { status, headers } = await get(`${pathOf(post.id)}/video.mp4`);
  assert.equal(status, 302);
  assert.equal(headers.get('location'), `/media/${post.renditionFileId}`);
});

test('the oEmbed link in the page leads to an answer whose frame plays', async () => {
  const { text } = await get(pathOf(post.id));
  const link =
    /<link\s+rel="alternate"\s+type="application\/json\+oembed"\s+href="([^"]*)"/
      .exec(text)?.[1]
      ?.replaceAll('&amp;', '&') ?? '';
  const answer = await get(`${new URL(link).pathname}${new URL(link).search}&maxwidth=300`);
  assert.equal(answer.status, 200);
  const oembed: Record<string, string | number> = JSON.parse(answer.text);
  assert.equal(oembed['type'], 'video');
  assert.equal(oembed['version'], '1.0');
  assert.ok(Number(oembed['width']) <= 300);
  const source = /src="([^"]*)"/.exec(String(oembed['html']))?.[1] ?? '';
  const frame = await get(new URL(source).pathname, { cookie: 's=whatever' });
  assert.equal(frame.status, 200);
  assert.match(frame.headers.get('content-security-policy') ?? '', /frame-ancestors \*/);
  assert.equal(frame.headers.get('set-cookie'), null);
  assert.doesNotMatch(frame.text, /<script/);
  assert.match(frame.text, new RegExp(`<video\\s+src="/media/${post.renditionFileId}"`));
});

test('oEmbed answers for our own posts alone, as JSON alone', async () => {
  const ask = (url: string, more = '') =>
    get(`/oembed?url=${encodeURIComponent(url)}${more}`).then(({ status }) => status);
  assert.equal(await ask(`https://v.example${pathOf(post.id)}`), 200);
  assert.equal(await ask(`https://elsewhere.example${pathOf(post.id)}`), 404);
  assert.equal(await ask('https://v.example/@ilse'), 404);
  assert.equal(await ask('nonsense'), 404);
  assert.equal(await ask(`https://v.example${pathOf(post.id)}`, '&format=xml'), 501);
});

test('a post whose author wants no frames has no frame, no oEmbed, no player card and no og:video', async () => {
  const shy = await makePost(region.grounds, { accountId: ilse, text: 'stay here', allow: { embed: false } });
  const { text } = await get(pathOf(shy.id));
  const found = facts(text);
  assert.equal(found.get('twitter:card'), 'summary');
  for (const name of found.keys()) assert.doesNotMatch(name, /^og:video|^twitter:player/);
  assert.doesNotMatch(text, /oembed|embedUrl|contentUrl/);
  assert.equal((await get(`/embed/${shy.id}`)).status, 404);
  assert.equal((await get(`/oembed?url=${encodeURIComponent(`https://v.example${pathOf(shy.id)}`)}`)).status, 401);
});

test('a sensitive post neither starts by itself nor shows its picture elsewhere', async () => {
  const marked = await makePost(region.grounds, { accountId: ilse, labels: ['sensitive'] });
  const { text } = await get(pathOf(marked.id));
  assert.doesNotMatch(/<video[^>]*>/.exec(text)?.[0] ?? '', /autoplay/);
  assert.equal(facts(text).get('og:image'), undefined);
  assert.equal(facts(text).get('twitter:card'), 'summary');
});

test('what is not public gives nothing away: byte for byte the page of what never was', async () => {
  const never = await get(pathOf(region.grounds.world.newId()));
  assert.equal(never.status, 404);
  assert.match(never.text, /<meta name="robots" content="noindex" \/>/);
  const shut = await makeAccount(region.grounds, { handle: 'shut', isPrivate: true });
  const hidden = [
    await makePost(region.grounds, { accountId: ilse, audience: 'followers', text: 'canary' }),
    await makePost(region.grounds, { accountId: ilse, audience: 'onlyMe', text: 'canary' }),
    await makePost(region.grounds, { accountId: ilse, state: 'processing', text: 'canary' }),
    await makePost(region.grounds, { accountId: ilse, state: 'deleted', text: 'canary' }),
    await makePost(region.grounds, { accountId: shut, text: 'canary' }),
  ];
  for (const { id } of hidden) {
    for (const [path, like] of [
      [pathOf(id), never],
      [`/embed/${id}`, await get(`/embed/${region.grounds.world.newId()}`)],
      [`${pathOf(id)}/video.mp4`, await get(`${pathOf(region.grounds.world.newId())}/video.mp4`)],
    ] as const) {
      const answer = await get(path);
      assert.deepEqual({ status: answer.status, text: answer.text }, { status: like.status, text: like.text });
    }
    const url = encodeURIComponent(`https://v.example${pathOf(id)}`);
    assert.equal((await get(`/oembed?url=${url}`)).status, 404);
  }
  for (const path of ['/', '/@ilse', '/@shut', '/@ilse/feed.atom', '/sitemap/posts-1.xml', '/sitemap/profiles-1.xml'])
    assert.doesNotMatch((await get(path)).text, /canary/);
  assert.doesNotMatch((await get('/sitemap/profiles-1.xml')).text, /shut/);
  assert.equal((await get('/@shut/feed.atom')).status, 404);
});

test('a removed post says that it was removed, why and since when, and nothing else of it', async () => {
  const gone = await makePost(region.grounds, { accountId: ilse, text: 'canary-removed' });
  assert.equal((await get(pathOf(gone.id))).status, 200);
  await makeRestriction(region.grounds, { kind: 'post', id: gone.id, ground: 'childSafety' });
  // Straight in the database, so that no change was counted: the kept page lives at most a second.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const { status, text } = await get(pathOf(gone.id));
  assert.equal(status, 410);
  assert.match(text, /Removed by the operator/);
  assert.match(text, /child safety/);
  assert.match(text, /<time datetime="\d{4}-/);
  assert.doesNotMatch(text, /canary-removed|first-card|og:/);
  assert.equal((await get(`/embed/${gone.id}`)).status, 410);
});

test('a wrong handle leads to the right one', async () => {
  const { status, headers } = await get(pathOf(post.id, 'somebody'));
  assert.equal(status, 301);
  assert.equal(headers.get('location'), pathOf(post.id));
});

test('profile, tag and feeds list what is public', async () => {
  const profile = await get('/@ilse');
  assert.equal(facts(profile.text).get('og:type'), 'profile');
  assert.match(profile.text, /<a href="\/tag\/sea">#sea<\/a>/);
  assert.match(profile.text, new RegExp(`href="${pathOf(post.id)}"`));
  const atom = await get('/@ilse/feed.atom');
  assert.match(atom.headers.get('content-type') ?? '', /^application\/atom\+xml/);
  assert.match(atom.text, new RegExp(`<id>urn:uuid:${post.id}</id>`));
  assert.match(
    atom.text,
    new RegExp(
      `<link rel="enclosure" type="video/mp4" length="1000" href="https://v.example${pathOf(post.id)}/video.mp4"/>`,
    ),
  );
  const tag = await get('/tag/slowtravel/feed.atom');
  assert.match(tag.text, new RegExp(post.id));
  assert.equal((await get('/tag/slowtravel')).status, 200);
});

test('the sitemap leads to every public post and profile', async () => {
  const index = await get('/sitemap.xml');
  const locations = Array.from(index.text.matchAll(/<loc>([^<]*)<\/loc>/g), ([, url = '']) => new URL(url).pathname);
  const texts = await Promise.all(locations.map((path) => get(path).then(({ text }) => text)));
  assert.ok(texts.some((text) => text.includes(`https://v.example${pathOf(post.id)}`)));
  const robots = await get('/robots.txt');
  assert.match(robots.text, /Sitemap: https:\/\/v\.example\/sitemap\.xml/);
});

test('the app has its screens, every other address is a 404 page, and programs get problems', async () => {
  for (const path of ['/', '/explore', '/settings/sessions']) assert.equal((await get(path)).status, 200, path);
  const nowhere = await get('/no/such/page');
  assert.equal((await get('//anything')).status, 404);
  assert.equal(nowhere.status, 404);
  assert.match(nowhere.headers.get('content-type') ?? '', /^text\/html/);
  const api = await get('/api/v1/nothing');
  assert.match(api.headers.get('content-type') ?? '', /problem\+json/);
});

test('pages come compressed as the asker can read them', async () => {
  for (const coding of ['br', 'gzip']) {
    const answer = await get(pathOf(post.id), { 'accept-encoding': coding });
    assert.equal(answer.headers.get('content-encoding'), coding);
    assert.match(answer.text, /<\/html>/);
  }
});

test('the operator finds pages that say what this server does, and may replace them', async () => {
  const { mkdir, writeFile } = await import('node:fs/promises');
  const privacy = await get('/privacy');
  assert.equal(privacy.status, 200);
  for (const words of ['notifications', 'recovery codes', 'code hash']) assert.match(privacy.text, new RegExp(words));
  assert.match((await get('/terms')).text, /10 minutes/);
  await mkdir(`${region.dataDir}/pages`);
  await writeFile(`${region.dataDir}/pages/imprint.md`, '# Us\n\n<script>alert(1)</script>');
  const own = await get('/imprint');
  assert.match(own.text, /<h1>Us<\/h1><p>&lt;script&gt;/);
});
