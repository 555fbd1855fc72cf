import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Draft, DraftPage, Edit } from '@vitrine/schema';
import { clipBytes } from '../testing/clips.ts';
import { heldWorld, startTestRegion, type TestRegion } from '../testing/region.ts';
import { getJson, sendUpload, waitForUpload } from '../testing/uploads.ts';
import { discardForgotten, eraseAccount, eraseDeletedDrafts } from './erase.ts';

const DAY_MS = 86_400_000;
const world = heldWorld('2026-11-22T12:00:00Z');
let region: TestRegion;
let author: { token: string; id: string };
let stranger: { token: string; id: string };
before(async () => {
  const startMs = Date.now();
  const ticking = { ...world, now: () => new Date(world.now().getTime() + Date.now() - startMs) };
  region = await startTestRegion({ world: ticking });
  author = await region.signUp('author');
  stranger = await region.signUp('stranger');
});
after(() => region.close());

interface Saved {
  id: string;
  version: number;
}

async function makeDraft(body: unknown = {}, token = author.token): Promise<Saved> {
  const made = await region.call('POST', '/api/v1/drafts', body, token);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return made.body;
}

async function save(
  id: string,
  order: { ifMatch?: string; body?: unknown; token?: string },
): Promise<{ status: number; etag: string | null; code: string | undefined }> {
  const answer = await fetch(`${region.url}/api/v1/drafts/${id}`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${order.token ?? author.token}`,
      'content-type': 'application/json',
      ...(order.ifMatch === undefined ? {} : { 'if-match': order.ifMatch }),
    },
    body: JSON.stringify(order.body ?? {}),
  });
  const { code } = (await answer.json()) as { code?: string };
  return { status: answer.status, etag: answer.headers.get('etag'), code };
}

function editOf(...uploadIds: string[]): Partial<Edit> {
  return {
    version: 1,
    kind: 'video',
    clips: uploadIds.map((uploadId, index) => ({
      id: `c${index}`,
      source: { uploadId },
      inMs: 0,
      outMs: 800,
      speed: 2,
      crop: null,
      fit: 'cover',
      filter: 'none',
      gain: 1,
    })),
  };
}

async function upload(hueDegrees: number): Promise<string> {
  const id = await sendUpload(region, author.token, await clipBytes({ hueDegrees }), { editing: 'true' });
  await waitForUpload(region, author.token, id);
  return id;
}

async function hasUpload(id: string): Promise<boolean> {
  return (await region.call('GET', `/api/v1/uploads/${id}`, undefined, author.token)).status === 200;
}

const grounds = () => ({ ...region.grounds, ...region.stores });

test('a draft comes back as it was saved, with its uploads, its length and a poster', async () => {
  const uploadId = await upload(10);
  const made = await makeDraft({ title: 'Soup', edit: editOf(uploadId, uploadId), words: { text: 'hot #soup' } });
  assert.equal(made.version, 1);
  const answer = await region.call('GET', `/api/v1/drafts/${made.id}`, undefined, author.token);
  const draft: Draft = answer.body;
  assert.equal(answer.headers.get('etag'), '"1"');
  assert.deepEqual([draft.title, draft.words.text, draft.words.audience], ['Soup', 'hot #soup', 'everyone']);
  assert.equal(draft.durationMs, 800);
  assert.deepEqual(
    draft.uploads.map((one) => [one.id, one.kind, one.state]),
    [[uploadId, 'video', 'ready']],
  );
  assert.equal(draft.posterUrl, draft.uploads[0]?.posterUrl);
  assert.ok(draft.posterUrl);
});

test('each save raises the version; a save over a newer version is refused and changes nothing', async () => {
  const { id } = await makeDraft({ title: 'one' });
  assert.deepEqual(await save(id, { ifMatch: '"1"', body: { title: 'two' } }), {
    status: 200,
    etag: '"2"',
    code: undefined,
  });
  const late = await save(id, { ifMatch: '"1"', body: { title: 'late' } });
  assert.deepEqual([late.status, late.code], [412, 'draft_changed']);
  const blind = await save(id, { body: { title: 'blind' } });
  assert.deepEqual([blind.status, blind.code], [428, 'version_needed']);
  assert.equal((await save(id, { ifMatch: '2' })).status, 400);
  assert.equal((await getJson<Draft>(region, author.token, `/api/v1/drafts/${id}`)).title, 'two');
});

test('of two saves at once one is taken', async () => {
  const { id } = await makeDraft();
  const saves = await Promise.all(['a', 'b', 'c'].map((title) => save(id, { ifMatch: '"1"', body: { title } })));
  assert.deepEqual(saves.map((one) => one.status).toSorted(), [200, 412, 412]);
});

test('the same key makes one draft', async () => {
  const ask = async (): Promise<Saved> => {
    const answer = await fetch(`${region.url}/api/v1/drafts`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${author.token}`,
        'content-type': 'application/json',
        'idempotency-key': 'offline-7',
      },
      body: '{}',
    });
    return (await answer.json()) as Saved;
  };
  const [once, twice] = await Promise.all([ask(), ask()]);
  assert.equal(once.id, twice.id);
});

test('a draft is nobody else’s to see, save or delete', async () => {
  const { id } = await makeDraft();
  for (const method of ['GET', 'DELETE'])
    assert.equal((await region.call(method, `/api/v1/drafts/${id}`, undefined, stranger.token)).status, 404);
  assert.equal((await save(id, { ifMatch: '"1"', token: stranger.token })).status, 404);
  const theirs = await getJson<DraftPage>(region, stranger.token, '/api/v1/drafts');
  assert.deepEqual(theirs.drafts, []);
});

test('a draft that names an upload of somebody else does not get it', async () => {
  const uploadId = await upload(20);
  const made = await makeDraft({ edit: editOf(uploadId) }, stranger.token);
  const draft = await getJson<Draft>(region, stranger.token, `/api/v1/drafts/${made.id}`);
  assert.deepEqual([draft.uploads, draft.posterUrl], [[], null]);
});

test('the list begins with the one saved last and goes on where it ended', async () => {
  const maker = await region.signUp('lister');
  const ids: string[] = [];
  for (const title of ['a', 'b', 'c']) {
    ids.push((await makeDraft({ title }, maker.token)).id);
    world.forward(5);
  }
  await save(ids[0] ?? '', { ifMatch: '"1"', body: { title: 'a2' }, token: maker.token });
  const one = await getJson<DraftPage>(region, maker.token, '/api/v1/drafts?limit=2');
  assert.deepEqual(
    one.drafts.map((draft) => draft.title),
    ['a2', 'c'],
  );
  const two = await getJson<DraftPage>(region, maker.token, `/api/v1/drafts?limit=2&after=${one.next}`);
  assert.deepEqual([two.drafts.map((draft) => draft.title), two.next], [['b'], null]);
});

test('the list leaves the captions of drafts out: fifty long ones would stop the region for seconds', async () => {
  const maker = await region.signUp('hoarder');
  const cues = Array.from({ length: 2000 }, (_, line) => ({ startMs: line, endMs: line + 1, text: 'w'.repeat(300) }));
  const uploadId = world.newId();
  await makeDraft({ edit: { ...editOf(uploadId), captions: { language: 'en', cues } } }, maker.token);
  const page = await getJson<DraftPage>(region, maker.token, '/api/v1/drafts');
  assert.equal(page.drafts[0]?.edit?.kind, 'video');
  assert.ok(JSON.stringify(page).length < 4000);
});

test('uploads live as long as a draft names them, and a week longer', async () => {
  const [kept, dropped] = [await upload(30), await upload(40)];
  const { id } = await makeDraft({ edit: editOf(kept, dropped) });
  world.forward(20 * DAY_MS);
  await discardForgotten(grounds());
  assert.deepEqual([await hasUpload(kept), await hasUpload(dropped)], [true, true]);
  await save(id, { ifMatch: '"1"', body: { edit: editOf(kept) } });
  world.forward(6 * DAY_MS);
  await discardForgotten(grounds());
  assert.equal(await hasUpload(dropped), true, 'what was taken out can be put back');
  world.forward(15 * DAY_MS);
  await discardForgotten(grounds());
  assert.deepEqual([await hasUpload(kept), await hasUpload(dropped)], [true, false]);
  const refused = await fetch(`${region.url}/api/v1/uploads/${kept}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${author.token}`, 'tus-resumable': '1.0.0' },
  });
  assert.equal(refused.status, 409);
});

test('a deleted draft can be taken back for ten minutes; then it goes with its uploads and gives their space back', async () => {
  const used = async () => (await region.stores.uploads.quota(author.id)).usedBytes;
  const before = await used();
  const uploadId = await upload(50);
  const { id } = await makeDraft({ edit: editOf(uploadId) });
  const remove = () => region.call('DELETE', `/api/v1/drafts/${id}`, undefined, author.token);
  assert.equal((await remove()).status, 204);
  assert.equal((await region.call('GET', `/api/v1/drafts/${id}`, undefined, author.token)).status, 404);
  await eraseDeletedDrafts(grounds());
  assert.equal((await region.call('POST', `/api/v1/drafts/${id}/undelete`, undefined, author.token)).status, 204);
  assert.equal((await getJson<Draft>(region, author.token, `/api/v1/drafts/${id}`)).uploads.length, 1);
  await remove();
  world.forward(11 * 60_000);
  assert.equal((await region.call('POST', `/api/v1/drafts/${id}/undelete`, undefined, author.token)).status, 404);
  await eraseDeletedDrafts(grounds());
  assert.deepEqual([await hasUpload(uploadId), await used()], [false, before]);
});

test('the drafts of an erased account go', async () => {
  const leaver = await region.signUp('leaver');
  const { id } = await makeDraft({ title: 'mine' }, leaver.token);
  await eraseAccount(grounds(), leaver.id);
  const row = await region.database.db.selectFrom('drafts').select('id').where('id', '=', id).executeTakeFirst();
  assert.equal(row, undefined);
});
