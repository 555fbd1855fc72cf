import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { COMPLAINT_REASONS, type Me, type NotificationPage, type Problem } from '@vitrine/schema';
import { makePost } from '../testing/made-posts.ts';
import { heldWorld, startTestRegion, type TestRegion } from '../testing/region.ts';
import { GROUNDS } from './grounds.ts';
import { runAdmin, type AdminAnswer } from './admin.ts';

const clock = heldWorld('2026-11-22T12:00:00.000Z');
let region: TestRegion;
before(async () => {
  region = await startTestRegion({ world: clock });
});
after(() => region.close());

type Person = Awaited<ReturnType<TestRegion['signUp']>>;
type Told<Body> = { status: number; body: Body };

/** Does the command; a second passes, which is how long an answer may be told again. */
async function admin(command: string, words: string[], ground?: string): Promise<AdminAnswer> {
  const parts = { ...region.stores, settings: region.grounds.settings };
  const answer = await runAdmin(parts, { command, words, ground, isAll: false });
  clock.forward(1001);
  return answer;
}
const post = async (author: Person): Promise<string> => (await makePost(region.grounds, { accountId: author.id })).id;
const read = async (id: string, by?: Person): Promise<Told<Problem & { state: string }>> =>
  region.call('GET', `/api/v1/posts/${id}`, undefined, by?.token);
const inbox = async (by: Person): Promise<NotificationPage> =>
  ((await region.call('GET', '/api/v1/me/notifications', undefined, by.token)) as Told<NotificationPage>).body;
const complain = async (
  subject: { kind: string; id: string },
  by?: Person,
  reason = 'hate',
): Promise<Told<Problem & { id: string }>> =>
  region.call('POST', '/api/v1/complaints', { subject, reason, text: 'look at this' }, by?.token);
const entries = async (): Promise<{ index: number; entry: string }[]> =>
  (
    (await region.call('GET', '/api/v1/ledger/entries?limit=100')) as Told<{
      entries: { index: number; entry: string }[];
    }>
  ).body.entries;

test('every reason of a complaint is a ground with its words of the transparency database', () => {
  assert.equal(COMPLAINT_REASONS.length, 18);
  for (const reason of COMPLAINT_REASONS) assert.match(GROUNDS[reason].category, /^STATEMENT_CATEGORY_[A-Z_]+$/);
});

test('removing a post makes the entry, the restriction and the notice; the page then says who, why and since when', async () => {
  const author = await region.signUp('mod.author');
  const id = await post(author);
  assert.equal((await read(id)).status, 200);
  const { json } = await admin('remove', [`https://vitrine.example/@mod.author/post/${id}`], 'hate');
  const { ledgerIndex } = json as { ledgerIndex: number };
  const gone = await read(id);
  assert.equal(gone.status, 410);
  assert.equal(gone.body.restriction?.ground, 'hate');
  assert.equal(gone.body.restriction?.ledgerIndex, ledgerIndex);
  const entry = JSON.parse((await entries()).find((one) => one.index === ledgerIndex)?.entry ?? '{}');
  assert.equal(entry.t, 'decision');
  assert.equal(entry.body.category, 'STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH');
  assert.equal(entry.body.decision_ground, 'DECISION_GROUND_ILLEGAL_CONTENT');
  assert.deepEqual(entry.body.content_type, ['CONTENT_TYPE_VIDEO']);
  const [news] = (await inbox(author)).notifications;
  assert.deepEqual(news?.decision, { what: 'removed', ground: 'hate', ledgerIndex, isLifted: false });
  assert.equal(news?.post?.id, id);
});

test('taking a decision back shows the post again, with an entry that names the first', async () => {
  const author = await region.signUp('mod.restored');
  const id = await post(author);
  const removed = (await admin('remove', [id], 'spam')).json as { ledgerIndex: number };
  await assert.rejects(admin('restore', [id], 'hate'), /has the ground spam/);
  const restored = (await admin('restore', [id])).json as { ledgerIndex: number };
  assert.equal((await read(id)).status, 200);
  const entry = JSON.parse((await entries()).find((one) => one.index === restored.ledgerIndex)?.entry ?? '{}');
  assert.deepEqual([entry.t, entry.prev], ['decision.lift', removed.ledgerIndex]);
  assert.equal((await inbox(author)).notifications[0]?.decision?.isLifted, true);
  await assert.rejects(admin('restore', [id]), /No decision/);
});

test('a second decision about the same post is refused and writes no entry', async () => {
  const id = await post(await region.signUp('mod.twice'));
  await admin('remove', [id], 'spam');
  // The region writes entries of its own meanwhile (epochs, keys).
  const decisions = async (): Promise<number> =>
    (await entries()).filter(({ entry }) => (JSON.parse(entry) as { t: string }).t === 'decision').length;
  const before = await decisions();
  assert.ok(before > 0);
  await assert.rejects(admin('remove', [id], 'hate'), /in force already/);
  assert.equal(await decisions(), before);
});

test('the ledger has no gaps and no entry holds an id or a handle', async () => {
  const all = await entries();
  assert.deepEqual(
    all.map((one) => one.index),
    all.map((_, index) => index),
  );
  const accounts = await region.grounds.db.selectFrom('accounts').select(['id', 'handle']).execute();
  for (const { entry } of all) {
    for (const account of accounts) assert.ok(!entry.includes(account.id) && !entry.includes(account.handle), entry);
    assert.doesNotMatch(entry, /[0-9a-f]{8}-[0-9a-f]{4}/);
  }
});

test('a suspended account and its posts are withheld; it can sign in and read why, but not publish', async () => {
  const author = await region.signUp('mod.susp');
  const id = await post(author);
  await admin('suspend', ['@mod.susp'], 'scam');
  assert.equal((await read(id)).status, 410);
  const profile: Told<Problem> = await region.call('GET', '/api/v1/accounts/mod.susp');
  assert.equal(profile.status, 410);
  assert.equal(profile.body.restriction?.ground, 'scam');
  const me: Told<Me> = await region.call('GET', '/api/v1/me', undefined, author.token);
  assert.equal(me.body.suspension?.ground, 'scam');
  assert.equal((await inbox(author)).notifications[0]?.decision?.what, 'suspended');
  const again: Told<{ token: string }> = await region.call('POST', '/api/v1/sessions', {
    handle: 'mod.susp',
    password: 'correct horse mod.susp',
    bearer: true,
  });
  assert.equal(again.status, 201);
  const refused: Told<Problem> = await region.call('POST', '/api/v1/uploads', undefined, again.body.token);
  assert.equal(refused.body.code, 'suspended');
  await admin('unsuspend', ['mod.susp']);
  assert.equal((await read(id)).status, 200);
  assert.equal((await region.call('GET', '/api/v1/accounts/mod.susp')).status, 200);
});

test('anyone can complain about what they can see; what they cannot see is not there', async () => {
  const author = await region.signUp('mod.target');
  const reader = await region.signUp('mod.reader');
  const id = await post(author);
  assert.equal((await complain({ kind: 'post', id })).status, 201);
  assert.equal((await complain({ kind: 'account', id: 'mod.target' }, reader)).status, 201);
  const first = await complain({ kind: 'post', id }, reader);
  assert.equal(
    (await complain({ kind: 'post', id }, reader)).body.id,
    first.body.id,
    'the same person’s second complaint',
  );
  const secret = (await makePost(region.grounds, { accountId: author.id, audience: 'onlyMe' })).id;
  assert.equal((await complain({ kind: 'post', id: secret }, reader)).status, 404);
  assert.equal((await complain({ kind: 'post', id: region.grounds.world.newId() })).status, 404);
  assert.equal((await complain({ kind: 'account', id: 'nobody.at.all' })).status, 404);
  assert.equal((await complain({ kind: 'post', id: 'nonsense' })).status, 404);
  assert.equal((await complain({ kind: 'post', id }, reader, 'ugly')).status, 400);
});

test('complaints are listed, dismissed, and closed by a decision, whose source they are', async () => {
  const author = await region.signUp('mod.listed');
  const id = await post(author);
  const made = await complain({ kind: 'post', id });
  await complain({ kind: 'post', id }, await region.signUp('mod.other'));
  const listed = (await admin('complaints', [])).json as { complaints: { id: string; handle: string; open: number }[] };
  const found = listed.complaints.find((one) => one.id === made.body.id);
  assert.deepEqual([found?.handle, found?.open], ['mod.listed', 2]);
  await admin('dismiss', [made.body.id]);
  await assert.rejects(admin('dismiss', [made.body.id]), /no open complaint/);
  const { ledgerIndex } = (await admin('remove', [id], 'copyright')).json as { ledgerIndex: number };
  const entry = JSON.parse((await entries()).find((one) => one.index === ledgerIndex)?.entry ?? '{}');
  assert.equal(entry.body.source_type, 'SOURCE_ARTICLE_16');
  const after = (await admin('complaints', [])).json as { complaints: { subjectId: string }[] };
  assert.ok(!after.complaints.some((one) => one.subjectId === id));
});

test('roles are granted and revoked on the machine; what they allow asks for a new step-up', async () => {
  const boss = await region.signUp('mod.boss');
  assert.match((await admin('grant', ['mod.boss', 'operator'])).lines[0] ?? '', /is operator now/);
  assert.match((await admin('grant', ['mod.boss', 'operator'])).lines[0] ?? '', /already/);
  const stale: Told<Problem> = await region.call('POST', '/api/v1/me/recovery-codes', undefined, boss.token);
  assert.equal(stale.body.code, 'step_up_needed');
  await admin('revoke-role', ['mod.boss', 'operator']);
  const me: Told<Me> = await region.call('GET', '/api/v1/me', undefined, boss.token);
  assert.deepEqual(me.body.roles, []);
  await assert.rejects(admin('grant', ['mod.boss', 'king']), /operator or moderator/);
  await assert.rejects(admin('grant', ['nobody.at.all', 'operator']), /no account/);
});

test('what is typed wrong is answered with what would be right', async () => {
  await assert.rejects(admin('remove', ['nonsense'], 'hate'), /no post or comment/);
  const id = await post(await region.signUp('mod.typo'));
  await assert.rejects(admin('remove', [id], 'because'), /--ground, one of: spam/);
  await assert.rejects(admin('constructor', []), /no command/);
  await assert.rejects(admin('grant', []), /needs a handle/);
});
