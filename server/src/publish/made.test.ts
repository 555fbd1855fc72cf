import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Draft, DraftPage, OwnPosts, Post, TextHistory, Upload } from '@vitrine/schema';
import sharp from 'sharp';
import { clipBytes } from '../testing/clips.ts';
import { heldWorld, startTestRegion, type TestRegion } from '../testing/region.ts';
import { getJson, idOf, openUpload, sendChunk, sendUpload, waitForPost, waitForUpload } from '../testing/uploads.ts';
import { eraseDeleted } from './erase.ts';

const world = heldWorld('2026-11-22T12:00:00Z');
let region: TestRegion;
let author: { token: string; id: string };
let viewer: { token: string; id: string };
before(async () => {
  const startMs = Date.now();
  region = await startTestRegion({
    world: { ...world, now: () => new Date(world.now().getTime() + Date.now() - startMs) },
  });
  author = await region.signUp('author');
  viewer = await region.signUp('viewer');
});
after(() => region.close());

function photoBytes(hue: string): Promise<Buffer> {
  return sharp({ create: { width: 300, height: 400, channels: 3, background: hue } })
    .png()
    .toBuffer();
}

async function photo(hue: string): Promise<string> {
  const id = await sendUpload(region, author.token, await photoBytes(hue), { filename: 'a.png', editing: 'true' });
  await waitForUpload(region, author.token, id);
  return id;
}

const photosOf = (...ids: string[]) => ({
  version: 1,
  kind: 'photos',
  photos: ids.map((uploadId, index) => ({ uploadId, altText: `picture ${index + 1}` })),
});

async function makeDraft(body: unknown): Promise<string> {
  const made = await region.call('POST', '/api/v1/drafts', body, author.token);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const { id }: { id: string } = made.body;
  return id;
}

async function post(body: unknown, token = author.token): Promise<string> {
  const made = await region.call('POST', '/api/v1/posts', body, token);
  assert.equal(made.status, 202, JSON.stringify(made.body));
  const { id }: { id: string } = made.body;
  return id;
}

async function refusalOf(body: unknown, token = author.token): Promise<string> {
  const made = await region.call('POST', '/api/v1/posts', body, token);
  const { code }: { code: string } = made.body;
  return `${made.status} ${code}`;
}

const draftsNow = async (): Promise<string[]> =>
  (await getJson<DraftPage>(region, author.token, '/api/v1/drafts')).drafts.map((draft) => draft.id);
const read = (id: string, token = author.token): Promise<Post> => getJson<Post>(region, token, `/api/v1/posts/${id}`);
const grounds = () => ({ ...region.grounds, ...region.stores });

test('a draft of photos becomes one post, in their order, with the words of the draft unless others are given; then the draft ends', async () => {
  const [red, green] = [await photo('#cc0000'), await photo('#00cc00')];
  const draftId = await makeDraft({
    edit: photosOf(red, green),
    words: { text: 'two #walls', audience: 'everyone', allow: { comments: false } },
  });
  const id = await post({ draftId, text: 'two #better walls' });
  assert.equal((await waitForPost(region, author.token, id)).state, 'published');
  const { card } = await read(id, viewer.token);
  assert.deepEqual([card?.kind, card?.text, card?.allow.comments], ['photos', 'two #better walls', false]);
  assert.deepEqual(
    card?.photos.map((one) => [one.altText, one.widthPx, one.heightPx]),
    [
      ['picture 1', 300, 400],
      ['picture 2', 300, 400],
    ],
  );
  assert.ok(!(await draftsNow()).includes(draftId));
  const { uploads } = await getJson<{ uploads: Upload[] }>(region, author.token, '/api/v1/me/uploads');
  assert.ok(!uploads.some((upload) => upload.id === red), 'its uploads wait for nothing any more');
  await region.call('DELETE', `/api/v1/posts/${id}`, undefined, author.token);
  world.forward(11 * 60_000);
  await eraseDeleted(grounds());
  assert.equal((await region.call('GET', `/api/v1/uploads/${red}`, undefined, author.token)).status, 404);
});

test('while its post is being made a draft can neither be saved nor posted again; the same key gives the same post', async () => {
  const draftId = await makeDraft({ edit: photosOf(await photo('#0000cc')), words: {} });
  const ask = async (key: string): Promise<{ status: number; id?: string; code?: string }> => {
    const answer = await fetch(`${region.url}/api/v1/posts`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${author.token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify({ draftId, publishAt: new Date(region.grounds.world.now().getTime() + 3_600_000) }),
    });
    return { status: answer.status, ...((await answer.json()) as { id?: string; code?: string }) };
  };
  const [once, twice] = await Promise.all([ask('k1'), ask('k1')]);
  assert.ok(once.id && once.id === twice.id);
  assert.equal((await ask('k2')).code, 'draft_posted');
  assert.ok(!(await draftsNow()).includes(draftId));
  await region.call('DELETE', `/api/v1/posts/${once.id}`, undefined, author.token);
  assert.ok((await draftsNow()).includes(draftId), 'a post that is called off gives its draft back');
});

test('a post is made of a draft whose last file is still arriving', async () => {
  const bytes = await photoBytes('#cccc00');
  const opened = await openUpload(region, author.token, {
    sizeBytes: bytes.length,
    metadata: { filename: 'b.png', editing: 'true' },
  });
  const uploadId = idOf(opened);
  const id = await post({ draftId: await makeDraft({ edit: photosOf(await photo('#00cccc'), uploadId) }) });
  assert.equal((await read(id)).state, 'processing');
  await sendChunk(region, author.token, { id: uploadId, offset: 0, bytes });
  const made = await waitForPost(region, author.token, id);
  assert.equal(made.state, 'published');
  assert.equal(made.card?.photos.length, 2);
});

test('a post whose last file turns out to be nothing fails with the reason, and its draft comes back with all else in it', async () => {
  const bytes = Buffer.from('no picture at all');
  const opened = await openUpload(region, author.token, {
    sizeBytes: bytes.length,
    metadata: { filename: 'c.png', editing: 'true' },
  });
  const uploadId = idOf(opened);
  const good = await photo('#884400');
  const draftId = await makeDraft({ edit: photosOf(good, uploadId), words: { text: 'kept' } });
  const id = await post({ draftId });
  await sendChunk(region, author.token, { id: uploadId, offset: 0, bytes });
  const failed = await waitForPost(region, author.token, id);
  assert.equal(failed.state, 'failed');
  assert.match(failed.problem?.detail ?? '', /not a video, a sound or a picture/);
  assert.ok((await draftsNow()).includes(draftId));
  const draft = await getJson<Draft>(region, author.token, `/api/v1/drafts/${draftId}`);
  assert.deepEqual([draft.words.text, draft.uploads.map((upload) => upload.state)], ['kept', ['ready', 'failed']]);
  const saved = await fetch(`${region.url}/api/v1/drafts/${draftId}`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${author.token}`,
      'content-type': 'application/json',
      'if-match': `"${draft.version}"`,
    },
    body: JSON.stringify({ edit: photosOf(good), words: draft.words }),
  });
  assert.equal(saved.status, 200);
  const again = await post({ draftId });
  assert.equal((await waitForPost(region, author.token, again)).state, 'published');
  assert.equal((await read(id)).state, 'deleted', 'the failed attempt goes with the next one');
});

test('what cannot be made is said at once, in a sentence, and leaves no post', async () => {
  const clip = await sendUpload(region, author.token, await clipBytes({ hueDegrees: 77 }), { editing: 'true' });
  await waitForUpload(region, author.token, clip);
  const clipOf = (outMs: number) => ({
    version: 1,
    kind: 'video',
    clips: [{ id: 'c', source: { uploadId: clip }, inMs: 0, outMs }],
  });
  const count = async () => (await getJson<OwnPosts>(region, author.token, '/api/v1/me/posts?limit=50')).posts.length;
  const before = await count();
  assert.equal(await refusalOf({ draftId: await makeDraft({}) }), '422 edit_refused');
  assert.equal(await refusalOf({ draftId: await makeDraft({ edit: photosOf() }) }), '422 edit_refused');
  assert.equal(await refusalOf({ draftId: await makeDraft({ edit: photosOf(clip) }) }), '422 edit_refused');
  assert.equal(await refusalOf({ draftId: await makeDraft({ edit: clipOf(9000) }) }), '422 edit_refused');
  assert.equal(await refusalOf({ draftId: clip }), '404 not_found');
  assert.equal(await refusalOf({ draftId: await makeDraft({}) }, viewer.token), '404 not_found');
  assert.equal(await refusalOf({}), '400 malformed');
  assert.equal(await count(), before);
});

test('a scheduled post is seen by its author alone, and published at its time, once', async () => {
  const soon = new Date(region.grounds.world.now().getTime() + 3_600_000).toISOString();
  const id = await post({ draftId: await makeDraft({ edit: photosOf(await photo('#448800')) }), publishAt: soon });
  for (let wait = 0; (await read(id)).posterUrl === null && wait < 100; wait += 1) await sleep(50);
  const waiting = await read(id);
  assert.deepEqual([waiting.state, waiting.publishAt], ['scheduled', soon]);
  assert.equal((await region.call('GET', `/api/v1/posts/${id}`, undefined, viewer.token)).status, 404);
  const own = await getJson<OwnPosts>(region, author.token, '/api/v1/me/posts?limit=50');
  assert.equal(own.posts.find((one) => one.id === id)?.publishAt, soon);
  const later = new Date(Date.parse(soon) + 3_600_000).toISOString();
  assert.equal(
    (await region.call('PATCH', `/api/v1/posts/${id}`, { publishAt: later, text: 'moved' }, author.token)).status,
    204,
  );
  world.forward(3_700_000);
  await sleep(500);
  assert.equal((await read(id)).state, 'scheduled');
  world.forward(3_700_000);
  for (let wait = 0; (await read(id)).state === 'scheduled' && wait < 100; wait += 1) await sleep(50);
  const { state, card } = await read(id, viewer.token);
  assert.deepEqual([state, card?.text, card?.isEdited], ['published', 'moved', false]);
  const told = await region.database.db
    .selectFrom('outbox')
    .select('id')
    .where('kind', '=', 'post.published')
    .where('writer_key', '=', id)
    .execute();
  assert.equal(told.length, 1);
  const moved = await region.call('PATCH', `/api/v1/posts/${id}`, { publishAt: null }, author.token);
  assert.equal(moved.status, 409);
});

test('a scheduled post can be published now, and one a year ahead is refused', async () => {
  const inHours = (hours: number) => new Date(region.grounds.world.now().getTime() + hours * 3_600_000).toISOString();
  const draftId = await makeDraft({ edit: photosOf(await photo('#880044')) });
  assert.equal(await refusalOf({ draftId, publishAt: inHours(9000) }), '422 too_far_ahead');
  const id = await post({ draftId, publishAt: inHours(5) });
  await region.call('PATCH', `/api/v1/posts/${id}`, { publishAt: null }, author.token);
  assert.equal((await waitForPost(region, author.token, id)).state, 'published');
});

test('what a text said before can be read by whoever sees the post', async () => {
  const id = await post({ draftId: await makeDraft({ edit: photosOf(await photo('#222222')) }), text: 'first' });
  await waitForPost(region, author.token, id);
  const change = (text: string) => region.call('PATCH', `/api/v1/posts/${id}`, { text }, author.token);
  await change('first');
  world.forward(1000);
  await change('second');
  world.forward(1000);
  await change('third');
  const history = await getJson<TextHistory>(region, viewer.token, `/api/v1/posts/${id}/history`);
  assert.deepEqual(
    history.versions.map((version) => version.text),
    ['second', 'first'],
  );
  assert.equal(history.versions[1]?.at, (await read(id)).card?.publishedAt);
  assert.equal((await read(id, viewer.token)).card?.isEdited, true);
  const many = Array.from({ length: 120 }, (_, n) => ({
    post_id: id,
    said_at: new Date(Date.UTC(2100, 0, 1) + n),
    text: '',
  }));
  await region.grounds.db.insertInto('post_texts').values(many).execute();
  const long = await getJson<TextHistory>(region, viewer.token, `/api/v1/posts/${id}/history`);
  assert.deepEqual([long.versions.length, long.versions.at(-1)?.text], [100, 'first']);
  await region.call('PATCH', `/api/v1/posts/${id}`, { audience: 'onlyMe' }, author.token);
  assert.equal((await region.call('GET', `/api/v1/posts/${id}/history`, undefined, viewer.token)).status, 404);
  // What was said to nobody is not said to everyone afterwards.
  await region.call('PATCH', `/api/v1/posts/${id}`, { text: 'fourth', audience: 'everyone' }, author.token);
  assert.deepEqual((await getJson<TextHistory>(region, viewer.token, `/api/v1/posts/${id}/history`)).versions, []);
});
