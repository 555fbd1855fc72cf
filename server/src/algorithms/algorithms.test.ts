import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { WEIGHTS } from '@vitrine/ranking';
import type { AlgorithmList } from '@vitrine/schema';
import { startTestRegion, type TestRegion } from '../testing/region.ts';

let region: TestRegion;
let maker: { token: string; id: string };
before(async () => {
  region = await startTestRegion();
  maker = await region.signUp('maker');
});
after(() => region.close());

const weightsOf = (version: string) => ({ ...structuredClone(WEIGHTS), version });
async function make(version: string, token = maker.token) {
  const answer: { status: number; body: { hash: string; code: string; detail?: string } } = await region.call(
    'POST',
    '/api/v1/algorithms',
    { name: 'Quiet hours', about: 'Less of what everybody watches.', weights: weightsOf(version) },
    token,
  );
  return answer;
}
const listed = async (token?: string): Promise<AlgorithmList['algorithms']> => {
  const answer: { body: AlgorithmList } = await region.call('GET', '/api/v1/algorithms', undefined, token);
  return answer.body.algorithms;
};

test('one is published with its author, and read by its hash without anybody being known', async () => {
  const made = await make('quiet');
  assert.equal(made.status, 201);
  const { hash } = made.body;
  const [entry] = await listed();
  assert.deepEqual([entry?.hash, entry?.author.handle, entry?.isMine], [hash, 'maker', false]);
  assert.equal((await listed(maker.token))[0]?.isMine, true);
  const read = await region.call('GET', `/api/v1/algorithms/${hash}`);
  assert.deepEqual(read.body, weightsOf('quiet'));
  assert.match(read.headers.get('cache-control') ?? '', /immutable/);
});

test('the same weights are published once; a file that the ranking does not know is refused with what is wrong', async () => {
  assert.equal((await make('quiet')).body.code, 'algorithm_known');
  const named = await make('made by @anna');
  assert.deepEqual([named.status, named.body.code], [422, 'algorithm_refused']);
  assert.match(named.body.detail ?? '', /name a person/);
});

test('its author takes it back, and nobody else; it goes with the account', async () => {
  const { hash } = (await make('passing')).body;
  const other = await region.signUp('other');
  assert.equal((await region.call('DELETE', `/api/v1/me/algorithms/${hash}`, undefined, other.token)).status, 404);
  assert.equal((await region.call('DELETE', `/api/v1/me/algorithms/${hash}`, undefined, maker.token)).status, 204);
  assert.equal((await region.call('GET', `/api/v1/algorithms/${hash}`)).status, 404);
  await make('last', other.token);
  await region.stores.algorithms.forgetAccount(other.id);
  assert.ok(!(await listed()).some(({ author }) => author.handle === 'other'));
});
