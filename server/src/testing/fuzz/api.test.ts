/**
 * 3,000 requests from our own OpenAPI document: every operation, valid and in seven ways not, as four different people.
 * Whatever comes, the server answers, never with a 5xx, and a refusal is a problem that says its code.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { makePost } from '../made-posts.ts';
import { startTestRegion, type TestRegion } from '../region.ts';
import { bodyOf, KINDS, operationsOf, placeOf, type Kind, type Known, type Operation } from './letters.ts';

const REQUESTS = Number(process.env.VITRINE_FUZZ_REQUESTS ?? 3000);
/** The same letters each time, so that a commit passes or fails by itself; VITRINE_SEED tries others. */
const SEED = Number(process.env.VITRINE_SEED ?? 1);
const PEOPLE = ['nobody', 'fuzz.one', 'fuzz.two', 'fuzz.boss'] as const;

let region: TestRegion;
const known: Known = { ids: [], handles: ['fuzz.one', 'fuzz.two', 'fuzz.boss', 'fuzz.free'] };
const accountIds = new Map<string, string>();
before(async () => {
  region = await startTestRegion();
  for (const handle of PEOPLE.slice(1)) accountIds.set(handle, (await region.signUp(handle)).id);
  await region.stores.accounts.grantRole(accountIds.get('fuzz.boss') ?? '', 'operator');
  for (const accountId of accountIds.values()) known.ids.push((await makePost(region.grounds, { accountId })).id);
});
after(() => region.close());

/** A fresh session, because requests end them. */
async function tokenOf(person: string): Promise<string | undefined> {
  const id = accountIds.get(person);
  return id === undefined ? undefined : (await region.stores.accounts.startSession(id, 'commandLine')).token;
}

interface Letter {
  method: string;
  address: string;
  body: string | undefined;
  person: string;
  kind: Kind;
}

/** A request of a kind: the address's places, the query and the body are made from the document. */
function letterOf(operation: Operation, kind: Kind, person: string): fc.Arbitrary<Letter> {
  const places = operation.parameters.filter((one) => one.in === 'path' || one.in === 'query');
  const texts = fc.tuple(...places.map((one) => placeOf(one.schema, kind, known)));
  const body = operation.body === undefined ? fc.constant(undefined) : bodyOf(operation.body, kind, known);
  return fc.tuple(texts, body).map(([values, made]) => {
    let address = operation.path;
    const query = new URLSearchParams();
    for (const [index, place] of places.entries()) {
      const value = (values[index] ?? '').toWellFormed();
      if (place.in === 'path') address = address.replace(`{${place.name}}`, encodeURIComponent(value));
      else if (place.required === true || index % 2 === 0) query.set(place.name, value);
    }
    const search = query.toString();
    return {
      method: operation.method,
      address: search ? `${address}?${search}` : address,
      body: made,
      person,
      kind,
    };
  });
}

async function send(letter: Letter): Promise<{ status: number; text: string; type: string }> {
  const token = await tokenOf(letter.person);
  const hasBody = letter.body !== undefined && letter.method !== 'GET' && letter.method !== 'HEAD';
  const answer = await fetch(region.url + letter.address, {
    method: letter.method,
    redirect: 'manual',
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
    },
    ...(hasBody ? { body: letter.body ?? '' } : {}),
  });
  return { status: answer.status, text: await answer.text(), type: answer.headers.get('content-type') ?? '' };
}

/** What is wrong with an answer; empty when nothing is. */
function faultOf(answer: { status: number; text: string; type: string }): string {
  if (answer.status >= 500 && answer.status !== 501) return `answered ${answer.status} ${answer.text.slice(0, 200)}`;
  if (answer.status < 400) return '';
  if (!answer.type.startsWith('application/problem+json') && !answer.type.startsWith('text/html'))
    return `a refusal as ${answer.type}`;
  return /at (file|node|async)|\.ts:\d+/.test(answer.text) ? `tells of our code: ${answer.text.slice(0, 200)}` : '';
}

test(`${REQUESTS} requests of every kind are answered without a 5xx (seed ${SEED})`, async () => {
  const document = await region.call('GET', '/api/v1/openapi.json');
  const operations = operationsOf(document.body);
  assert.ok(operations.length > 50);
  const mixes = operations.flatMap((operation) =>
    KINDS.flatMap((kind) => PEOPLE.map((person) => letterOf(operation, kind, person))),
  );
  const rounds = Math.ceil(REQUESTS / mixes.length);
  const faults: string[] = [];
  const seen = new Map<number, number>();
  for (const [index, mix] of mixes.entries()) {
    for (const letter of fc.sample(mix, { numRuns: rounds, seed: SEED + index })) {
      const answer = await send(letter);
      seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
      const fault = faultOf(answer);
      if (fault)
        faults.push(
          `${letter.kind} ${letter.method} ${letter.address.slice(0, 120)} ${letter.body?.slice(0, 120) ?? ''} as ${letter.person}: ${fault}`,
        );
    }
  }
  assert.equal(faults.slice(0, 20).join('\n'), '', `${faults.length} faults, seed ${SEED}`);
  assert.ok(
    (seen.get(200) ?? 0) + (seen.get(201) ?? 0) + (seen.get(204) ?? 0) > rounds * operations.length,
    'too few valid requests came through',
  );
});
