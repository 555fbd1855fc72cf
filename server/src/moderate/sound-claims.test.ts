import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Card, NotificationPage, Post, Sound } from '@vitrine/schema';
import { clipBytes } from '../testing/clips.ts';
import { startTestRegion, type TestRegion } from '../testing/region.ts';
import { soundBytes } from '../testing/sounds.ts';
import { sendUpload, waitForPost, waitForUpload } from '../testing/uploads.ts';
import { runAdmin } from './admin.ts';

let region: TestRegion;
let singer: Awaited<ReturnType<TestRegion['signUp']>>;
let dancer: Awaited<ReturnType<TestRegion['signUp']>>;
before(async () => {
  region = await startTestRegion();
  singer = await region.signUp('singer');
  dancer = await region.signUp('dancer');
});
after(() => region.close());

const admin = (command: string, words: string[], ground?: string) =>
  runAdmin({ ...region.stores, settings: region.grounds.settings }, { command, words, ground, isAll: false });
const read = async <T>(path: string, token?: string): Promise<{ status: number; body: T }> =>
  (await region.call('GET', `/api/v1${path}`, undefined, token)) as { status: number; body: T };

async function until<T>(ask: () => Promise<T | undefined>, what: string): Promise<T> {
  for (const end = Date.now() + 40_000; Date.now() < end; await sleep(60)) {
    const found = await ask();
    if (found !== undefined) return found;
  }
  throw new Error(`it did not come to that: ${what}`);
}
const cardOf = async (id: string): Promise<Card | undefined> => (await read<Post>(`/posts/${id}`)).body.card;
const shownAs = async (id: string, { isMuted }: { isMuted: boolean }): Promise<Card | undefined> => {
  const card = await cardOf(id);
  return card?.sound?.isMuted === isMuted ? card : undefined;
};
const holdsSound = async (url: string): Promise<boolean> =>
  Buffer.from(await (await fetch(new URL(url, region.url))).arrayBuffer()).includes('mp4a', 0, 'latin1');

async function publishedWithSound(
  token: string,
  hueDegrees: number,
  over?: string,
): Promise<{ id: string; soundId: string }> {
  const uploadId = await sendUpload(region, token, await clipBytes({ hueDegrees }));
  await waitForUpload(region, token, uploadId);
  const made = await region.call('POST', '/api/v1/posts', { uploadId, ...(over ? { soundId: over } : {}) }, token);
  const { id } = made.body as { id: string };
  await waitForPost(region, token, id);
  const soundId = await until(async () => (await cardOf(id))?.sound?.id, 'a sound');
  return { id, soundId };
}

test('a claim silences a sound and what was made from it, everywhere and with a reason, until it is lifted', async () => {
  const song = await publishedWithSound(singer.token, 31);
  const dance = await publishedWithSound(dancer.token, 32);
  const { db } = region.grounds;
  await db
    .insertInto('sound_credits')
    .values({ sound_id: dance.soundId, of_sound_id: song.soundId, distance: 1 })
    .execute();
  const before = { song: (await cardOf(song.id))!, sound: (await read<Sound>(`/sounds/${dance.soundId}`)).body };
  assert.deepEqual(
    before.sound.madeFrom.map((credit) => credit.id),
    [song.soundId],
  );
  assert.equal((await read<Sound>(`/sounds/${song.soundId}`)).body.postCount, 2);
  assert.ok(await holdsSound(before.song.renditions[0]!.url));

  const { json } = await admin('mute-sound', [`https://vitrine.example/sound/${song.soundId}`], 'copyright');
  const { ledgerIndex } = json as { ledgerIndex: number };
  // An answer may be told again for a second.
  for (const url of [before.song.renditions[0]!.url, before.sound.audioUrl!])
    await until(async () => (await fetch(new URL(url, region.url))).status === 404 || undefined, 'its files are gone');
  for (const { id, soundId } of [song, dance]) {
    const sound = (await read<Sound>(`/sounds/${soundId}`)).body;
    assert.deepEqual([sound.audioUrl, sound.muted?.ground, sound.muted?.ledgerIndex], [null, 'copyright', ledgerIndex]);
    const card = await until(async () => shownAs(id, { isMuted: true }), 'a silent copy');
    assert.equal(card.hasAudio, false);
    for (const { url } of card.renditions) assert.equal(await holdsSound(url), false);
    await until(async () => (await cardOf(id))?.hlsUrl ?? undefined, 'playlists of the silent copies');
  }
  for (const { token } of [singer, dancer]) {
    const { notifications } = (await read<NotificationPage>('/me/notifications?filter=decisions', token)).body;
    assert.deepEqual(
      [notifications[0]?.decision?.what, notifications[0]?.decision?.ledgerIndex],
      ['muted', ledgerIndex],
    );
  }
  await assert.rejects(region.stores.sounds.forUse(db, song.soundId, dancer.id), { code: 'sound_muted' });

  await admin('unmute-sound', [song.soundId]);
  for (const { id, soundId } of [song, dance]) {
    const card = await until(async () => shownAs(id, { isMuted: false }), 'its copies');
    assert.equal(card.hasAudio, true);
    for (const { url } of card.renditions) assert.ok(await holdsSound(url));
    const sound = (await read<Sound>(`/sounds/${soundId}`)).body;
    assert.ok(sound.muted === null && (await fetch(new URL(sound.audioUrl!, region.url))).status === 200);
  }
});

async function duetWith(token: string, postId: string): Promise<{ id: string; soundId: string }> {
  const uploadId = await sendUpload(region, token, await clipBytes({ hueDegrees: 36 }), { editing: 'true' });
  await waitForUpload(region, token, uploadId);
  const clips = [{ id: 'a', source: { uploadId }, inMs: 0, outMs: 800 }];
  const edit = { version: 1, kind: 'video', clips, duet: { postId } };
  const draft = (await region.call('POST', '/api/v1/drafts', { edit }, token)).body as { id: string };
  const { id } = (await region.call('POST', '/api/v1/posts', { draftId: draft.id }, token)).body as { id: string };
  await waitForPost(region, token, id);
  return { id, soundId: await until(async () => (await cardOf(id))?.sound?.id, 'a sound') };
}

test('who speaks over a claimed sound, or beside it in a duet, is still heard, without it', async () => {
  const song = await publishedWithSound(singer.token, 34);
  const spoken = [
    await publishedWithSound(dancer.token, 35, song.soundId),
    await duetWith(dancer.token, song.id),
  ] as const;
  for (const command of ['mute-sound', 'unmute-sound', 'mute-sound']) {
    await admin(command, [song.soundId], command === 'mute-sound' ? 'copyright' : undefined);
    const isMuted = command === 'mute-sound';
    for (const { id, soundId } of spoken) {
      const card = await until(async () => shownAs(id, { isMuted }), 'its copies');
      assert.equal(card.hasAudio, true);
      for (const { url } of card.renditions) assert.ok(await holdsSound(url), url);
      assert.equal((await read<Sound>(`/sounds/${soundId}`)).body.audioUrl === null, isMuted);
    }
  }
  const silent = await until(async () => shownAs(song.id, { isMuted: true }), 'a silent copy');
  assert.equal(await holdsSound(silent.renditions[0]!.url), false);
});

test('the recording of a claimed sound is refused with the claim; a copy from before is shown to the operator', async () => {
  const bytes = soundBytes({ seed: 77, seconds: 20 });
  const first = await sendUpload(region, singer.token, bytes, { filename: 'claimed.wav' });
  await waitForUpload(region, singer.token, first);
  const copy = await sendUpload(region, dancer.token, Buffer.concat([bytes, Buffer.alloc(4)]), {
    filename: 'before.wav',
  });
  await waitForUpload(region, dancer.token, copy);
  await region.grounds.db.updateTable('sounds').set({ is_public: true }).where('id', '=', copy).execute();
  const { json } = await admin('mute-sound', [first], 'copyright');
  const { copies } = (await admin('copies', [])).json as { copies: { soundId: string; ofSoundId: string }[] };
  assert.deepEqual(
    copies.map(({ soundId, ofSoundId }) => [soundId, ofSoundId]),
    [[copy, first]],
  );
  const again = await sendUpload(region, dancer.token, Buffer.concat([bytes, Buffer.alloc(2)]), {
    filename: 'mine.wav',
  });
  const upload = await waitForUpload(region, dancer.token, again);
  assert.equal(upload.problem?.code, 'sound_claimed');
  assert.match(upload.problem?.detail ?? '', new RegExp(`entry ${(json as { ledgerIndex: number }).ledgerIndex}`));
});

test('what is credited to a claimed sound, and what was made of that, stays silent: no credit is taken back, no deletion helps', async () => {
  const { db } = region.grounds;
  const [claimed = '', credited = '', made = ''] = await Promise.all(
    [81, 82, 83].map(async (seed) => {
      const token = seed === 81 ? singer.token : dancer.token;
      const id = await sendUpload(region, token, soundBytes({ seed, seconds: 3 }), { filename: `${seed}.wav` });
      await until(async () => ((await read<Sound>(`/sounds/${id}`, token)).status === 200 ? id : undefined), 'a sound');
      await waitForUpload(region, token, id);
      return id;
    }),
  );
  const isSilent = async (id: string): Promise<boolean> => region.stores.sounds.isMuted(db, id);
  await db.insertInto('sound_credits').values({ sound_id: made, of_sound_id: credited, distance: 1 }).execute();
  await db.updateTable('sounds').set({ is_public: true }).where('id', '=', claimed).execute();
  await db.updateTable('sounds').set({ same_as_id: claimed }).where('id', '=', credited).execute();
  const credit = async (madeFromId: string | null): Promise<number> =>
    (await region.call('PATCH', `/api/v1/sounds/${credited}`, { madeFromId }, dancer.token)).status;
  for (const madeFromId of [claimed, null, claimed]) assert.equal(await credit(madeFromId), 204);
  await admin('mute-sound', [claimed], 'copyright');
  assert.deepEqual([await isSilent(credited), await isSilent(made)], [true, true]);
  assert.equal(await credit(null), 409);
  await db.transaction().execute((tx) => region.stores.sounds.discardUploaded(tx, claimed));
  assert.deepEqual([await isSilent(credited), await isSilent(made)], [true, true]);
});

test('a sound is complained about like anything else that is shown', async () => {
  const { soundId } = await publishedWithSound(singer.token, 33);
  const body = { subject: { kind: 'sound', id: soundId }, reason: 'copyright', text: 'It is mine.' };
  const filed = await region.call('POST', '/api/v1/complaints', body, dancer.token);
  assert.equal(filed.status, 201);
  const { json } = await admin('complaints', []);
  const { complaints } = json as { complaints: { subjectKind: string; handle: string }[] };
  assert.deepEqual(
    complaints.map((one) => [one.subjectKind, one.handle]),
    [['sound', 'singer']],
  );
});
