/**
 * The server cannot tell who watched. Two people do the same; one watches 200 posts, the other skips them. Whatever the server
 * keeps that names them, by account, address or device, is the same for both: rows, files, keys of the store, log.
 */
import assert from 'node:assert/strict';
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { openDatabase } from '../platform/database.ts';
import { readSettings } from '../platform/settings.ts';
import { freePort, startChild, type ChildServer } from '../testing/child-server.ts';
import { makeAccount, makePost } from '../testing/made-posts.ts';
import { callerOf, startTestRegion } from '../testing/region.ts';
import { drawTickets } from '../testing/tickets.ts';
import { tracesOf, tracesOfDatabase, tracesOfFiles, tracesOfLog, type Trace } from '../testing/traces.ts';

const skip = process.env.DATABASE_URL ? 'it reads the embedded database' : false;
const POSTS = 200;
/** One look at the minute, and the events of the acts. */
const SETTLED_MS = 6500;

interface Post {
  id: string;
  number: number;
  fileId: string;
}
interface Person {
  names: string[];
  /** What was logged during the day. */
  log: string;
}

let dataDir: string;
let posts: Post[];
let traces: Trace[];
let watcher: Person;
let skipper: Person;

before(async () => {
  if (skip) return;
  dataDir = await mkdtemp(join(tmpdir(), 'vitrine-alike-'));
  posts = await makePosts();
  const child = await startChild({
    dataDir,
    port: await freePort(),
    settings: { LOG_LEVEL: 'debug', TRUST_PROXY: '1' },
  });
  watcher = await spendDay(child, {
    handle: 'person_one',
    address: '198.51.100.7',
    device: 'Device/One',
    watches: true,
  });
  skipper = await spendDay(child, {
    handle: 'person_two',
    address: '203.0.113.9',
    device: 'Device/Two',
    watches: false,
  });
  await sleep(SETTLED_MS);
  await child.stop();
  traces = [...(await readTraces()), ...tracesOfLog(child.log())];
});
after(() => skip || rm(dataDir, { recursive: true, force: true }));

/** Made in memory, where it is quick, and laid down as a data folder. */
async function makePosts(): Promise<Post[]> {
  const region = await startTestRegion();
  const accountId = await makeAccount(region.grounds, { handle: 'author' });
  const made: Post[] = [];
  for (let count = 0; count < POSTS; count += 1) {
    const { id, renditionFileId } = await makePost(region.grounds, { accountId });
    made.push({ id, number: count + 1, fileId: renditionFileId });
  }
  const copy = await region.database.dump();
  if (copy) await (await PGlite.create(join(dataDir, 'database'), { loadDataDir: copy })).close();
  await cp(region.dataDir, dataDir, { recursive: true, filter: (path) => !path.endsWith('door') });
  await region.close();
  return made;
}

/** A day of one person: the same acts for everyone; only what is watched differs. */
async function spendDay(
  child: ChildServer,
  { handle, address, device, watches }: { handle: string; address: string; device: string; watches: boolean },
): Promise<Person> {
  // The last line of what came before.
  await sleep(200);
  const logged = child.log().length;
  const headers = { 'x-forwarded-for': address, 'user-agent': device };
  const call = callerOf(child.url, headers);
  const made: { body: { token: string; account: { id: string } } } = await call('POST', '/api/v1/accounts', {
    handle,
    password: 'three green parrots',
    bearer: true,
  });
  const { token, account } = made.body;
  await call('GET', '/api/v1/me', undefined, token);
  await call('PUT', '/api/v1/accounts/author/follow', undefined, token);
  await call('PUT', `/api/v1/posts/${posts[0]?.id}/like`, undefined, token);
  await call('POST', `/api/v1/posts/${posts[1]?.id}/comments`, { text: 'nice' }, token);
  const tickets = await drawTickets({ call }, 50, token);
  // As a browser does it: to the site's own host the cookie goes along.
  const asBrowser = { ...headers, cookie: `s=${token}`, authorization: `Bearer ${token}` };
  for (const [place, post] of posts.entries()) {
    await fetch(`${child.url}/api/v1/cards?ids=${post.id}`, { headers: asBrowser });
    const range = watches ? 'bytes=0-999' : 'bytes=0-99';
    await fetch(`${child.url}/media/${post.fileId}`, { headers: { ...asBrowser, range } });
    const ticket = tickets[place];
    if (!ticket) continue;
    const watch = watches
      ? { outcomeBucket: 9, loops: 2, isSkip: false }
      : { outcomeBucket: 0, loops: 0, isSkip: true };
    const told = await callerOf(child.url, asBrowser)('POST', '/api/v1/watches', {
      ticket,
      post: post.number,
      ...watch,
    });
    assert.equal(told.status, 200);
  }
  await sleep(200);
  const log = child.log().slice(logged);
  return { names: [account.id, handle, address, address.replace(/\d+$/, '0/24'), device], log };
}

async function readTraces(): Promise<Trace[]> {
  const database = await openDatabase(readSettings({ DATA_DIR: dataDir }));
  const found = [...(await tracesOfDatabase(database.db)), ...(await tracesOfFiles(dataDir))];
  await database.close();
  return found;
}

test('who watched 200 posts and who skipped them left the same', { skip }, () => {
  const [one, other] = [tracesOf(watcher.names, traces), tracesOf(skipper.names, traces)];
  assert.ok(one.length > 8, 'they are found at all');
  for (const table of ['accounts', 'sessions', 'likes', 'comments', 'follows', 'ticket_draws'])
    assert.ok(
      one.some((trace) => trace.startsWith(`row ${table} `)),
      `a row of ${table}`,
    );
  assert.deepEqual(one, other);
});

test('what was logged on the two days is alike, line by line', { skip }, () => {
  const lines = ({ names, log }: Person): string[] => tracesOf(['"level"', ...names], tracesOfLog(log));
  assert.ok(lines.length > 0 && lines(watcher).length > 2 * POSTS);
  assert.deepEqual(lines(watcher), lines(skipper));
});

test('the watches themselves are there, of nobody', { skip }, () => {
  const reports = traces.filter(({ where }) => /^row (watch_singles|pending_reports)$/.test(where));
  assert.equal(reports.length, 100);
  for (const { text } of reports)
    assert.deepEqual(
      Object.keys(JSON.parse(text) as object).filter((column) => /account|session|ticket|^id$|address/.test(column)),
      [],
    );
});

test('one row, one file, or one line that tells who watched would be noticed', { skip }, async () => {
  const [id = '', handle = ''] = watcher.names;
  const isAlike = (all: readonly Trace[]): boolean =>
    JSON.stringify(tracesOf(watcher.names, all)) === JSON.stringify(tracesOf(skipper.names, all));
  assert.ok(isAlike(traces));
  assert.ok(!isAlike([...traces, ...tracesOfLog(`{"level":20,"account":"${id}","msg":"watched"}`)]), 'a line');

  const database = await openDatabase(readSettings({ DATA_DIR: dataDir }));
  const planted = { name: 'planted', value: JSON.stringify({ [handle]: posts.map((post) => post.number) }) };
  await database.db.insertInto('region_facts').values(planted).execute();
  await database.close();
  assert.ok(!isAlike(await readTraces()), 'a row');

  const again = await openDatabase(readSettings({ DATA_DIR: dataDir }));
  await again.db.deleteFrom('region_facts').where('name', '=', 'planted').execute();
  await again.close();
  assert.ok(isAlike(await readTraces()));
  await appendFile(join(dataDir, `seen-by-${id}`), '');
  assert.ok(!isAlike(await readTraces()), 'a file');
});
