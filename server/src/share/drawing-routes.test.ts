import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { emojiFile, FONT_NAMES, STICKERS } from '@vitrine/edit';
import { startTestRegion, type TestRegion } from '../testing/region.ts';

let region: TestRegion;
before(async () => {
  region = await startTestRegion();
});
after(() => region.close());

test('every type face is a font, and no other name is', async () => {
  for (const name of FONT_NAMES) {
    const answer = await fetch(`${region.url}/fonts/${name}.ttf`);
    assert.equal(answer.headers.get('content-type'), 'font/ttf');
    assert.equal(Buffer.from(await answer.arrayBuffer()).readUInt32BE(0), 0x00010000);
  }
  assert.equal((await fetch(`${region.url}/fonts/comic.ttf`)).status, 404);
});

test('every sticker that is offered has its picture', async () => {
  const asked = Object.values(STICKERS)
    .flat()
    .map(async (emoji) => {
      const answer = await fetch(`${region.url}/emoji/${emojiFile(emoji)}.svg`);
      assert.ok((await answer.text()).startsWith('<svg'), emoji);
    });
  await Promise.all(asked);
});

test('nothing but the set is sent', async () => {
  for (const name of ['package.json', '..%2Fpackage.svg', 'ffff.svg', '1f600.png'])
    assert.equal((await fetch(`${region.url}/emoji/${name}`)).status, 404, name);
});
