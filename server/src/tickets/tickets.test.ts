import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { Ticket, TicketOffer } from '@vitrine/schema';
import { makePost } from '../testing/made-posts.ts';
import { heldWorld, startTestRegion, type TestRegion } from '../testing/region.ts';
import { drawTickets, readKeys } from '../testing/tickets.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let region: TestRegion;
const world = heldWorld('2026-11-22T10:00:00Z');
let author: { token: string; id: string };
let posts: number[];

before(async () => {
  region = await startTestRegion({ world });
  author = await region.signUp('author');
  posts = [];
  for (let made = 0; made < 4; made += 1) {
    const { id } = await makePost(region.grounds, { accountId: author.id });
    const row = await region.grounds.db
      .selectFrom('posts')
      .select('public_number')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    posts.push(Number(row.public_number));
  }
});
after(() => region.close());

const single = (ticket: Ticket, post: number, more: object = {}) => ({
  ticket,
  post,
  outcomeBucket: 9,
  loops: 1,
  isSkip: false,
  ...more,
});
const send = async (body: unknown): Promise<{ status: number; code?: string }> => {
  const answer: { status: number; body: { code?: string } } = await region.call('POST', '/api/v1/watches', body);
  return { status: answer.status, ...(answer.body.code ? { code: answer.body.code } : {}) };
};
const closeNextMinute = async (): Promise<number> => {
  world.forward(MINUTE);
  return region.stores.tickets.closeMinute();
};
const impressions = (post: number, count: number) =>
  region.grounds.db
    .insertInto('post_reports')
    .values({ post, impressions: count, views: count, skips: 0, loops: 0 })
    .onConflict((conflict) => conflict.column('post').doUpdateSet({ impressions: count, views: count }))
    .execute();

test('a report is stored with its ticket, shuffled into the log at the end of the minute, and read as of nobody', async () => {
  const [one, two] = await drawTickets(region, 2, author.token);
  assert.deepEqual(await send(single(one!, posts[0]!)), { status: 200 });
  assert.deepEqual(await send(single(two!, posts[1]!, { isSkip: true, outcomeBucket: 0, loops: 0 })), { status: 200 });
  assert.deepEqual(await region.stores.tickets.reportsAfter(undefined, 10), []);
  assert.equal(await closeNextMinute(), 2);
  const [batch, ...more] = await region.stores.tickets.reportsAfter(undefined, 10);
  assert.equal(more.length, 0);
  assert.deepEqual(batch, {
    minute: new Date('2026-11-22T10:01:00Z'),
    singles: [
      { post: posts[0], outcomeBucket: 9, loops: 1, isSkip: false, weightMillis: 20 },
      { post: posts[1], outcomeBucket: 0, loops: 0, isSkip: true, weightMillis: 20 },
    ],
    chunks: [],
  });
  assert.deepEqual(await region.stores.tickets.reportsAfter(batch?.minute, 10), []);
  const count = await region.stores.tickets.readCount(posts[1]!);
  assert.deepEqual([count?.impressions, count?.views, count?.skips], [1, 0, 1]);
});

test('the same report again has no effect; the ticket for another one is refused and nothing stored', async () => {
  const [ticket] = await drawTickets(region, 1, author.token);
  const body = single(ticket!, posts[0]!);
  const answers = await Promise.all([send(body), send(body), send(body)]);
  assert.deepEqual(
    answers.map((answer) => answer.status),
    [200, 200, 200],
  );
  assert.deepEqual(await send(single(ticket!, posts[1]!)), { status: 409, code: 'ticket_spent' });
  assert.equal(await closeNextMinute(), 1);
  assert.deepEqual(await send(body), { status: 200 });
  assert.equal(await closeNextMinute(), 0);
});

test('of different reports with one ticket at the same time, one is stored', async () => {
  const [ticket] = await drawTickets(region, 1, author.token);
  const answers = await Promise.all(posts.map((post) => send(single(ticket!, post))));
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 409, 409, 409]);
  assert.equal(await closeNextMinute(), 1);
});

test('a ticket that was not issued here is refused', async () => {
  const [ticket] = await drawTickets(region, 1, author.token);
  const forged = { ...ticket!, output: Buffer.alloc(64, 7).toString('base64url') };
  assert.deepEqual(await send(single(forged, posts[0]!)), { status: 422, code: 'ticket_invalid' });
  assert.deepEqual(await send(single({ ...ticket!, key: '2026-11-22.5' }, posts[0]!)), {
    status: 422,
    code: 'ticket_invalid',
  });
  assert.deepEqual(await send(single({ ...ticket!, key: '2026-11-22.999' }, posts[0]!)), {
    status: 422,
    code: 'ticket_invalid',
  });
  assert.deepEqual(await send(single(ticket!, posts[0]!)), { status: 200 });
  await closeNextMinute();
});

test('a ticket written another way is the same ticket', async () => {
  const [ticket] = await drawTickets(region, 1, author.token);
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = letters.indexOf(ticket!.input.at(-1)!);
  const input = ticket!.input.slice(0, -1) + letters[last ^ 1];
  assert.deepEqual(Buffer.from(input, 'base64url'), Buffer.from(ticket!.input, 'base64url'));
  assert.deepEqual(await send(single(ticket!, posts[0]!)), { status: 200 });
  assert.deepEqual(await send(single({ ...ticket!, input }, posts[0]!)), { status: 409, code: 'ticket_spent' });
  await closeNextMinute();
});

test('a chunk needs 50 reported impressions of each of its posts, and is all or nothing', async () => {
  const tickets = await drawTickets(region, 4, author.token);
  const chunk = { tickets: tickets.slice(0, 3), posts: [posts[2], posts[0], posts[1]] };
  await impressions(posts[0]!, 50);
  await impressions(posts[1]!, 50);
  assert.deepEqual(await send(chunk), { status: 409, code: 'chunk_too_early' });
  const forged = chunk.tickets.map((ticket) => ({ ...ticket, output: Buffer.alloc(64, 7).toString('base64url') }));
  assert.deepEqual(await send({ ...chunk, tickets: forged }), { status: 422, code: 'ticket_invalid' });
  await impressions(posts[2]!, 50);
  assert.deepEqual(await send({ ...chunk, posts: [posts[0], posts[0], posts[1]] }), { status: 400, code: 'malformed' });
  assert.deepEqual(await send({ ...chunk, tickets: [tickets[0], tickets[0], tickets[1]] }), {
    status: 409,
    code: 'ticket_spent',
  });
  assert.deepEqual(await send(single(tickets[3]!, posts[3]!)), { status: 200 });
  assert.deepEqual(await send({ ...chunk, tickets: [tickets[0], tickets[1], tickets[3]] }), {
    status: 409,
    code: 'ticket_spent',
  });
  assert.deepEqual(await send(chunk), { status: 200 });
  await closeNextMinute();
  const batch = (await region.stores.tickets.reportsAfter(undefined, 100)).at(-1);
  assert.deepEqual(batch?.chunks, [{ posts: [posts[0], posts[1], posts[2]], weightMillis: 20 }]);
  assert.equal(batch?.singles.length, 1);
});

test('an account draws 50 a day and not one more, whoever asks at once', async () => {
  const { token } = await region.signUp('collector');
  await drawTickets(region, 40, token);
  const tries = await Promise.allSettled([drawTickets(region, 10, token), drawTickets(region, 10, token)]);
  assert.deepEqual(tries.map((one) => one.status).sort(), ['fulfilled', 'rejected']);
  const offer: { body: TicketOffer } = await region.call('GET', '/api/v1/tickets', undefined, token);
  assert.equal(offer.body.left, 0);
});

test('without an account the least weight is drawn', async () => {
  const [ticket] = await drawTickets(region, 20);
  assert.equal(ticket?.key, '2026-11-22.5');
  await assert.rejects(drawTickets(region, 21), /400/);
});

test('the keys of a day stand in the ledger as they are shown', async () => {
  const shown = await readKeys(region);
  const entries = await region.stores.ledger.entriesAfter(-1, 100);
  const entry = JSON.parse(entries[shown[0]!.ledgerIndex]!.entry) as { t: string; body: { keys: unknown[] } };
  assert.equal(entry.t, 'tickets.keys');
  assert.deepEqual(
    entry.body.keys,
    shown.map(({ weightMillis, publicKey }) => ({ weightMillis, publicKey })),
  );
});

test('a key that is no longer the day’s draws nothing', async () => {
  const answer: { status: number; body: { code: string } } = await region.call(
    'POST',
    '/api/v1/tickets',
    { classKey: '2026-11-21.20', blinded: ['A'.repeat(43)] },
    author.token,
  );
  assert.deepEqual([answer.status, answer.body.code], [409, 'ticket_key_changed']);
});

test('what is no point of the group is refused', async () => {
  const answer: { status: number } = await region.call(
    'POST',
    '/api/v1/tickets',
    { classKey: '2026-11-22.20', blinded: [Buffer.alloc(32, 255).toString('base64url')] },
    author.token,
  );
  assert.equal(answer.status, 400);
});

test('reports of what everyone may not watch are dropped', async () => {
  const hidden = await makePost(region.grounds, { accountId: author.id, audience: 'onlyMe' });
  const row = await region.grounds.db
    .selectFrom('posts')
    .select('public_number')
    .where('id', '=', hidden.id)
    .executeTakeFirstOrThrow();
  const [one, two] = await drawTickets(region, 2, author.token);
  await send(single(one!, Number(row.public_number)));
  await send(single(two!, 99_999));
  await closeNextMinute();
  const batch = (await region.stores.tickets.reportsAfter(undefined, 100)).at(-1);
  assert.deepEqual([batch?.singles, batch?.chunks], [[], []]);
});

test('a card tells the number to report by, and whether the post may stand in a chunk; only of what everyone may watch', async () => {
  const [id, lone] = [
    await makePost(region.grounds, { accountId: author.id }),
    await makePost(region.grounds, { accountId: author.id, audience: 'followers' }),
  ].map((post) => post.id);
  const cardOf = async (post: string): Promise<{ publicNumber: number | null; mayStandInChunk: boolean }> => {
    const answer: { body: { card: { publicNumber: number; mayStandInChunk: boolean } } } = await region.call(
      'GET',
      `/api/v1/posts/${post}`,
      undefined,
      author.token,
    );
    return answer.body.card;
  };
  const { publicNumber, mayStandInChunk } = await cardOf(id!);
  assert.equal(mayStandInChunk, false);
  await impressions(publicNumber!, 50);
  assert.equal((await cardOf(id!)).mayStandInChunk, true);
  assert.equal((await cardOf(lone!)).publicNumber, null);
});

test('views are shown from 20 on, once a day, rounded down to 5', async () => {
  const shown = async (): Promise<(number | null)[]> => {
    const rows = await region.grounds.db
      .selectFrom('posts')
      .select('view_count')
      .where('public_number', 'in', posts.map(String))
      .orderBy('public_number')
      .execute();
    return rows.map((row) => row.view_count);
  };
  await impressions(posts[0]!, 19);
  await impressions(posts[1]!, 20);
  await impressions(posts[2]!, 64);
  await region.stores.tickets.publishViews();
  assert.deepEqual(await shown(), [null, 20, 60, null]);
  await impressions(posts[2]!, 500);
  await region.stores.tickets.publishViews();
  assert.deepEqual(await shown(), [null, 20, 60, null]);
  world.forward(DAY);
  await region.stores.tickets.publishViews();
  assert.deepEqual(await shown(), [null, 20, 500, null]);
});

test('a blind route knows nobody: a cookie or a token changes nothing', async () => {
  const answer = await fetch(`${region.url}/api/v1/tickets/keys`, {
    headers: { cookie: `s=${author.token}`, authorization: 'Bearer nonsense' },
  });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('set-cookie'), null);
});

test('active days are counted once a day, and an active viewer drew on two of seven days', async () => {
  const { token, id } = await region.signUp('regular');
  const days = async () =>
    (
      await region.grounds.db
        .selectFrom('accounts')
        .select('active_days')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
    ).active_days;
  await Promise.all([1, 2, 3].map(() => region.call('GET', '/api/v1/me', undefined, token)));
  assert.equal(await days(), 1);
  const before = await region.stores.tickets.countActiveViewers();
  await drawTickets(region, 1, token);
  world.forward(DAY);
  await drawTickets(region, 1, token);
  assert.equal(await days(), 2);
  assert.equal(await region.stores.tickets.countActiveViewers(), before + 1);
  world.forward(7 * DAY);
  assert.equal(await region.stores.tickets.countActiveViewers(), 0);
});

test('heavier keys are issued once 50 accounts share them, and drawn by those who earned them', async () => {
  const { token, id } = await region.signUp('veteran');
  await region.call('GET', '/api/v1/me', undefined, token);
  const today = new Date(world.now()).toISOString().slice(0, 10);
  for (let made = 0; made < 49; made += 1) await region.signUp(`elder${made}`);
  await sql`update accounts set active_days = 30, last_active_day = ${today} where handle like 'elder%' or id = ${id}`.execute(
    region.grounds.db,
  );
  world.forward(DAY);
  const offer: { body: TicketOffer } = await region.call('GET', '/api/v1/tickets', undefined, token);
  assert.match(offer.body.classKey, /\.400$/);
  const newcomer = await region.signUp('newcomer');
  const theirs: { body: TicketOffer } = await region.call('GET', '/api/v1/tickets', undefined, newcomer.token);
  assert.match(theirs.body.classKey, /\.5$/, 'among so few with the lowest weight each would stand alone');
});

test('a ticket is taken for eight days; then its key and its hash are forgotten, and after thirty the log', async () => {
  const [early, late] = await drawTickets(region, 2, author.token);
  world.forward(7 * DAY);
  assert.deepEqual(await send(single(early!, posts[0]!)), { status: 200 });
  await closeNextMinute();
  world.forward(DAY);
  assert.deepEqual(await send(single(late!, posts[0]!)), { status: 422, code: 'ticket_invalid' });
  await region.stores.tickets.forgetOld();
  const { db } = region.grounds;
  assert.deepEqual(
    await db.selectFrom('spent_tickets').select('ticket_hash').where('key_day', '=', early!.key.slice(0, 10)).execute(),
    [],
  );
  assert.ok((await region.stores.tickets.reportsAfter(undefined, 100)).length > 0);
  world.forward(31 * DAY);
  await region.stores.tickets.forgetOld();
  assert.deepEqual(await region.stores.tickets.reportsAfter(undefined, 100), []);
  for (const table of ['watch_singles', 'watch_chunks', 'ticket_keys'] as const)
    assert.deepEqual(await db.selectFrom(table).selectAll().execute(), []);
});
