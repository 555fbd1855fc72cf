import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { Post, Sound, SoundPage } from '@vitrine/schema';
import { guardPage, journeys, makeClip, meet, shoot, type Person } from './index.ts';
import { makeSound } from './sound-maker.ts';

const ADMIN = join(import.meta.dirname, '..', 'server', 'src', 'machine', 'admin.ts');
const run = promisify(execFile);

let player: Person;
let dancer: Person;

const region = journeys({
  prepare: async () => {
    [player, dancer] = await Promise.all([
      meet(region.server.url, 'pia.plays'),
      meet(region.server.url, 'dora.dances'),
    ]);
  },
});

async function until<T>(ask: () => Promise<T | undefined>, what: string): Promise<T> {
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((go) => setTimeout(go, 150))) {
    const found = await ask().catch(() => undefined);
    if (found !== undefined) return found;
  }
  throw new Error(`it did not come to that: ${what}`);
}

async function uploadedSound(by: Person, name: string, seed: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-sounds-'));
  const id = await by.upload(await makeSound(join(folder, 'tune.wav'), { seed, seconds: 9 }), name);
  await until(
    async () => ((await by.call<Sound>('GET', `/api/v1/sounds/${id}`)).state === 'ready' ? id : undefined),
    name,
  );
  return id;
}

test('a recording gets a page; its owner names and lends it, and somebody else hears, saves and uses it', async () => {
  const id = await uploadedSound(player, 'harbour_bell.wav', 3);
  const own = await region.open({ path: `/sound/${id}`, as: player });
  await own.page.getByRole('heading', { name: 'harbour bell' }).waitFor();
  await own.page.getByRole('button', { name: 'More' }).click();
  await own.page.getByRole('menuitem', { name: 'Edit the sound' }).click();
  await own.page.getByLabel('Title').fill('Harbour bell');
  await own.page.getByLabel('Licence', { exact: true }).fill('CC BY 4.0');
  await own.page.getByRole('switch', { name: 'Let others use it' }).click();
  await shoot(own.page, 'sound-edit');
  await own.page.getByRole('button', { name: 'Save', exact: true }).click();
  await own.page.getByRole('heading', { name: 'Harbour bell' }).waitFor();

  const { page } = await region.open({ path: '/explore', as: dancer });
  const guard = await guardPage(page, [region.server.url]);
  await page.getByRole('button', { name: 'Play Harbour bell' }).click();
  await page.getByRole('button', { name: 'Pause Harbour bell' }).waitFor();
  await page.getByRole('link', { name: 'All sounds' }).click();
  await page.getByRole('searchbox', { name: 'Search sounds' }).fill('bell');
  await page.getByRole('link', { name: /Harbour bell/ }).click();
  await page.getByText('CC BY 4.0').waitFor();
  await page.getByText('120 bpm').waitFor();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll('.sound-bars .is-past').length > 1);
  await page.getByRole('slider', { name: 'Place in the sound' }).fill('6000');
  await page.getByText('0:06').waitFor();
  await shoot(page, 'sound-playing');
  await page.getByRole('button', { name: 'Save the sound' }).click();
  await page.getByRole('button', { name: 'Take it from your saved sounds' }).waitFor();
  // The button turns before the server has answered.
  await until(async () => {
    const { sounds } = await dancer.call<SoundPage>('GET', '/api/v1/me/sounds/saved');
    return sounds.length === 1 && sounds[0]?.id === id ? true : undefined;
  }, 'the sound is saved');
  await page.getByRole('link', { name: 'Use this sound' }).click();
  await page.waitForURL(new RegExp(`/create\\?sound=${id}`));
  assert.deepEqual(guard.faults(), []);
});

test('the sound of a video leads to its page; a claim mutes both with a reason, and lifting gives them back', async () => {
  const postId = await player.publish(await player.upload(await makeClip({ hasAudio: true })), {
    text: 'Bells at six',
  });
  const { card } = await player.untilPlayable(postId);
  const soundId = await until(
    async () => (await dancer.call<Post>('GET', `/api/v1/posts/${postId}`)).card?.sound?.id,
    'its sound',
  );
  const { page } = await region.open({ path: card!.path });
  await page.getByRole('link', { name: 'Original sound, pia.plays' }).first().click();
  await page.getByRole('heading', { name: 'Original sound' }).waitFor();
  await page.getByText('1 post', { exact: true }).waitFor();
  await shoot(page, 'sound-original');

  const admin = (...words: string[]) =>
    run(process.execPath, [ADMIN, ...words], { env: { ...process.env, DATA_DIR: region.server.dataFolder } });
  await admin('mute-sound', soundId, '--ground', 'copyright');
  await page.reload();
  await page.getByText('Muted by a claim of rights').waitFor();
  await page.getByText('A muted sound cannot be used.').waitFor();
  await shoot(page, 'sound-muted');
  const silent = await until(async () => {
    const { card: now } = await dancer.call<Post>('GET', `/api/v1/posts/${postId}`);
    return now?.sound?.isMuted ? now : undefined;
  }, 'a silent copy');
  assert.equal(silent.hasAudio, false);
  await page.goto(region.server.url + card!.path);
  await page
    .getByRole('link', { name: /Original sound, pia.plays \(muted\)/ })
    .first()
    .waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('video')].some((video) => !video.paused));

  await admin('unmute-sound', soundId);
  await page.goto(`${region.server.url}/sound/${soundId}`);
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
});
