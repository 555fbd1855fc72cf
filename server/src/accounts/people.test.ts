import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Me, People, Problem, Profile } from '@vitrine/schema';
import { heldWorld, startTestRegion, type TestRegion } from '../testing/region.ts';

const clock = heldWorld('2026-11-22T12:00:00.000Z');
const DAY_MS = 86_400_000;
let region: TestRegion;
before(async () => {
  region = await startTestRegion({ world: clock });
});
after(() => region.close());

type Person = Awaited<ReturnType<TestRegion['signUp']>>;
const people = (...handles: string[]): Promise<Person[]> => Promise.all(handles.map((handle) => region.signUp(handle)));
const profile = async (handle: string, by?: Person): Promise<{ status: number; body: Profile & Problem }> =>
  region.call('GET', `/api/v1/accounts/${handle}`, undefined, by?.token);
const act = async (
  by: Person,
  verb: 'PUT' | 'DELETE',
  handle: string,
  what: string,
): Promise<{ status: number; body: { follow: string; followers: number } & Problem }> =>
  region.call(verb, `/api/v1/accounts/${handle}/${what}`, undefined, by.token);
const list = async (path: string, by?: Person): Promise<{ status: number; body: People }> =>
  region.call('GET', `/api/v1${path}`, undefined, by?.token);
const me = async (by: Person): Promise<Me> =>
  ((await region.call('GET', '/api/v1/me', undefined, by.token)) as { body: Me }).body;
const change = async (by: Person, body: object): Promise<{ status: number; body: Me }> =>
  region.call('PATCH', '/api/v1/me', body, by.token);
const eventKinds = async (): Promise<string[]> =>
  (await region.grounds.db.selectFrom('outbox').select('kind').orderBy('id').execute()).map((row) => row.kind);

/** The counters beside a recount of the rows. */
async function assertCountersTrue(): Promise<void> {
  const { db } = region.grounds;
  const follows = await db.selectFrom('follows').selectAll().execute();
  for (const row of await db
    .selectFrom('accounts')
    .select(['id', 'handle', 'follower_count', 'following_count'])
    .execute()) {
    assert.equal(
      row.follower_count,
      follows.filter((one) => one.followee_id === row.id).length,
      `${row.handle}: followers`,
    );
    assert.equal(
      row.following_count,
      follows.filter((one) => one.follower_id === row.id).length,
      `${row.handle}: following`,
    );
  }
}

test('following and unfollowing change both counters once, however often they are asked for', async () => {
  const [ann, ben] = (await people('ann', 'ben')) as [Person, Person];
  assert.deepEqual((await act(ann, 'PUT', 'ben', 'follow')).body, { follow: 'following', followers: 1 });
  assert.deepEqual((await act(ann, 'PUT', 'ben', 'follow')).body, { follow: 'following', followers: 1 });
  assert.equal((await profile('ben', ann)).body.viewer?.follow, 'following');
  assert.equal((await profile('ann', ben)).body.viewer?.followsMe, true);
  await assertCountersTrue();
  assert.deepEqual((await act(ann, 'DELETE', 'ben', 'follow')).body, { follow: 'none', followers: 0 });
  assert.deepEqual((await act(ann, 'DELETE', 'ben', 'follow')).body, { follow: 'none', followers: 0 });
  await assertCountersTrue();
  assert.equal((await act(ann, 'PUT', 'ann', 'follow')).status, 403);
});

test('eight people following each other at once leave true counters', async () => {
  const crowd = await people(...Array.from({ length: 8 }, (_, index) => `crowd${index}`));
  await Promise.all(
    crowd.flatMap((one) =>
      crowd.filter((other) => other !== one).map((other) => act(one, 'PUT', other.handle, 'follow')),
    ),
  );
  await Promise.all(
    crowd
      .slice(0, 4)
      .flatMap((one) =>
        crowd.filter((other) => other !== one).map((other) => act(one, 'DELETE', other.handle, 'follow')),
      ),
  );
  await assertCountersTrue();
});

test('a private account is asked, and accepts or declines', async () => {
  const [priv, fan, other] = (await people('priv', 'fan', 'other')) as [Person, Person, Person];
  await change(priv, { isPrivate: true });
  assert.equal((await act(fan, 'PUT', 'priv', 'follow')).body.follow, 'requested');
  await act(other, 'PUT', 'priv', 'follow');
  assert.equal((await me(priv)).followRequests, 2);
  assert.deepEqual((await list('/me/follow-requests', priv)).body.accounts.map((one) => one.handle).sort(), [
    'fan',
    'other',
  ]);
  assert.equal((await list('/accounts/priv/followers', fan)).status, 404, 'not a follower yet');
  assert.equal(
    (await region.call('PUT', '/api/v1/me/follow-requests/fan', { isAccepted: true }, priv.token)).status,
    204,
  );
  assert.equal(
    (await region.call('PUT', '/api/v1/me/follow-requests/other', { isAccepted: false }, priv.token)).status,
    204,
  );
  assert.equal(
    (await region.call('PUT', '/api/v1/me/follow-requests/other', { isAccepted: true }, priv.token)).status,
    404,
    'declined already',
  );
  assert.equal((await profile('priv', fan)).body.viewer?.follow, 'following');
  assert.equal((await profile('priv', other)).body.viewer?.follow, 'none');
  assert.equal((await list('/accounts/priv/followers', fan)).status, 200);
  assert.equal((await list('/accounts/priv/followers')).status, 404);
  assert.ok((await eventKinds()).includes('follow.accepted'));
  await assertCountersTrue();
});

test('becoming public accepts everyone who asked', async () => {
  const [shy, ...fans] = (await people('shy', 'fan1', 'fan2', 'fan3')) as [Person, ...Person[]];
  await change(shy, { isPrivate: true });
  await Promise.all(fans.map((fan) => act(fan, 'PUT', 'shy', 'follow')));
  await change(shy, { isPrivate: false });
  assert.equal((await profile('shy')).body.counts.followers, 3);
  assert.equal((await me(shy)).followRequests, 0);
  await assertCountersTrue();
});

test('a child’s account starts private', async () => {
  const kid = await region.signUp('kid', { ageBand: '13to15' });
  assert.equal((await me(kid)).isPrivate, true);
});

test('a block ends follows both ways and hides each from the other', async () => {
  const [eve, fay] = (await people('eve', 'fay')) as [Person, Person];
  await act(eve, 'PUT', 'fay', 'follow');
  await act(fay, 'PUT', 'eve', 'follow');
  assert.equal((await act(eve, 'PUT', 'fay', 'block')).status, 204);
  await assertCountersTrue();
  assert.equal((await profile('eve', fay)).status, 404, 'the blocked sees the blocker');
  assert.deepEqual((await profile('eve', fay)).body.code, (await profile('nobody.here', fay)).body.code);
  assert.equal((await profile('fay', eve)).body.viewer?.isBlocked, true, 'the blocker can take it back');
  assert.equal((await act(fay, 'PUT', 'eve', 'follow')).status, 404);
  assert.equal((await act(eve, 'PUT', 'fay', 'follow')).status, 404);
  assert.deepEqual((await list('/accounts?prefix=fay', eve)).body.accounts, []);
  assert.deepEqual(
    (await list('/me/blocks', eve)).body.accounts.map((one) => one.handle),
    ['fay'],
  );
  assert.equal((await profile('eve')).status, 200, 'others still see both');
  assert.equal((await act(eve, 'DELETE', 'fay', 'block')).status, 204);
  assert.equal((await profile('eve', fay)).status, 200);
});

test('a mute is known to the muter alone', async () => {
  const [gus, hal] = (await people('gus', 'hal')) as [Person, Person];
  assert.equal((await act(gus, 'PUT', 'hal', 'mute')).status, 204);
  assert.equal((await profile('hal', gus)).body.viewer?.isMuted, true);
  assert.equal((await profile('gus', hal)).body.viewer?.isMuted, false);
  assert.deepEqual(
    (await list('/me/mutes', gus)).body.accounts.map((one) => one.handle),
    ['hal'],
  );
  assert.deepEqual((await list('/me/mutes', hal)).body.accounts, []);
  await act(gus, 'DELETE', 'hal', 'mute');
  assert.equal((await profile('hal', gus)).body.viewer?.isMuted, false);
});

test('a changed handle leads to its account for 30 days, then is free', async () => {
  const [ivy, jon] = (await people('ivy', 'jon')) as [Person, Person];
  const changed: { status: number; body: Me } = await region.call(
    'PUT',
    '/api/v1/me/handle',
    { handle: 'ivy.new' },
    ivy.token,
  );
  assert.equal(changed.body.handle, 'ivy.new');
  assert.equal((await profile('ivy')).body.handle, 'ivy.new');
  const taken: { body: Problem } = await region.call('PUT', '/api/v1/me/handle', { handle: 'ivy' }, jon.token);
  assert.equal(taken.body.code, 'handle_taken');
  clock.forward(29 * DAY_MS);
  assert.equal((await profile('ivy')).status, 200);
  clock.forward(2 * DAY_MS);
  assert.equal((await profile('ivy')).status, 404);
  assert.equal((await region.signUp('ivy')).handle, 'ivy');
});

test('a given-up handle can be taken back by its account', async () => {
  const [kim] = (await people('kim')) as [Person];
  await region.call('PUT', '/api/v1/me/handle', { handle: 'kim.x' }, kim.token);
  const back: { status: number; body: Me } = await region.call(
    'PUT',
    '/api/v1/me/handle',
    { handle: 'kim' },
    kim.token,
  );
  assert.equal(back.body.handle, 'kim');
});

test('a profile changes in what is given and nothing else', async () => {
  const [lea] = (await people('lea')) as [Person];
  const first = await change(lea, { name: 'Lea \u202e L.', bio: 'one\n\n\n\ntwo', links: ['https://lea.example/x'] });
  assert.equal(first.body.name, 'Lea L.');
  assert.equal(first.body.bio, 'one\n\ntwo');
  const second = await change(lea, { bio: '' });
  assert.deepEqual([second.body.name, second.body.bio, second.body.links], ['Lea L.', '', ['https://lea.example/x']]);
  assert.equal((await change(lea, {})).status, 200);
  for (const links of [['javascript:alert(1)'], ['ftp://x.example'], Array(6).fill('https://x.example')])
    assert.equal((await change(lea, { links })).status, 400);
});

test('leaving hides the account at once; coming back within 30 days brings everything back', async () => {
  const [mia, ned] = (await people('mia', 'ned')) as [Person, Person];
  await act(ned, 'PUT', 'mia', 'follow');
  const left: { status: number; body: { leavesAt: string } } = await region.call(
    'DELETE',
    '/api/v1/me',
    undefined,
    mia.token,
  );
  assert.equal(left.body.leavesAt, new Date(clock.now().getTime() + 30 * DAY_MS).toISOString());
  assert.equal((await profile('mia', ned)).status, 404);
  assert.deepEqual((await list('/accounts/ned/following', ned)).body.accounts, []);
  assert.equal((await change(mia, { bio: 'still here' })).status, 403);
  assert.equal((await region.call('POST', '/api/v1/me/return', undefined, mia.token)).status, 200);
  assert.equal((await profile('mia', ned)).body.viewer?.follow, 'following');
});

test('after the grace the account and its rows are gone, and what it was counted in is counted anew', async () => {
  const [oda, pia] = (await people('oda', 'pia')) as [Person, Person];
  await act(oda, 'PUT', 'pia', 'follow');
  await act(pia, 'PUT', 'oda', 'follow');
  await region.call('DELETE', '/api/v1/me', undefined, oda.token);
  assert.deepEqual(await region.stores.accounts.dueForErasure(), []);
  clock.forward(30 * DAY_MS);
  for (const id of await region.stores.accounts.dueForErasure()) await region.stores.accounts.erase(id);
  await assertCountersTrue();
  assert.equal((await profile('pia')).body.counts.followers, 0);
  const { db } = region.grounds;
  for (const table of ['accounts', 'handles', 'passwords', 'recovery_codes', 'sessions'] as const) {
    assert.ok(
      !JSON.stringify(await db.selectFrom(table).selectAll().execute()).includes(oda.id),
      `${table} still knows the account`,
    );
  }
  assert.ok((await eventKinds()).includes('account.erased'));
});

test('completion begins with those one follows, then the most followed', async () => {
  const [qa, qb, qc] = (await people('quin.a', 'quin.b', 'quin.c')) as [Person, Person, Person];
  await act(qb, 'PUT', 'quin.c', 'follow');
  assert.deepEqual(
    (await list('/accounts?prefix=@QUIN')).body.accounts.map((one) => one.handle),
    ['quin.c', 'quin.a', 'quin.b'],
  );
  await act(qa, 'PUT', 'quin.b', 'follow');
  assert.deepEqual(
    (await list('/accounts?prefix=quin', qa)).body.accounts.map((one) => one.handle),
    ['quin.b', 'quin.c', 'quin.a'],
  );
  assert.deepEqual((await list('/accounts?prefix=quin_')).body.accounts, [], '_ stands for itself');
  assert.equal(qc.handle, 'quin.c');
});

test('a long list comes in pages without gap or repetition', async () => {
  const [star, ...fans] = (await people('star', ...Array.from({ length: 7 }, (_, index) => `starfan${index}`))) as [
    Person,
    ...Person[],
  ];
  for (const fan of fans) await act(fan, 'PUT', star.handle, 'follow');
  const seen: string[] = [];
  let after: string | null = '';
  while (after !== null) {
    const page: { body: People } = await list(`/accounts/star/followers?limit=3${after ? `&after=${after}` : ''}`);
    seen.push(...page.body.accounts.map((one) => one.handle));
    after = page.body.next;
  }
  assert.deepEqual(seen.toSorted(), fans.map((fan) => fan.handle).toSorted());
});

test('the region says who may sign up and that nobody runs it yet', async () => {
  const asked: { body: { registration: string; needsOperator: boolean } } = await region.call('GET', '/api/v1/region');
  assert.equal(asked.body.registration, 'open');
  assert.equal(asked.body.needsOperator, true);
  const [boss] = (await people('boss')) as [Person];
  await region.stores.accounts.grantRole(boss.id, 'operator');
  const again: { body: { needsOperator: boolean } } = await region.call('GET', '/api/v1/region');
  assert.equal(again.body.needsOperator, false);
  assert.deepEqual((await me(boss)).roles, ['operator']);
});
