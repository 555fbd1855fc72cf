import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { after, test } from 'node:test';
import type { Post } from '@vitrine/schema';
import { journeys, makeClip, meet, PHONE, type ClipOrder } from './index.ts';

let elsewhere: Server;

const region = journeys({
  prepare: async () => {
    elsewhere = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Elsewhere</title>');
    }).listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
  },
});
after(async () => {
  elsewhere.close();
});

/** What a browser sees of a clip at a moment: the frame's number from the squares, and the colour of the ground. */
interface Sight {
  durationS: number;
  widthPx: number;
  heightPx: number;
  frameNumber: number;
  hueDegrees: number;
  audioBytes: number;
}

/** Plays the address in a page of another origin, stops at the moment and reads the pixels. */
async function look(url: string, atS: number): Promise<Sight> {
  const address = elsewhere.address();
  assert.ok(address !== null && typeof address === 'object');
  const page = await (await region.browser.newContext(PHONE)).newPage();
  await page.goto(`http://127.0.0.1:${address.port}/`);
  const sight = await page.evaluate(
    async ({ url, atS }) => {
      const video = document.createElement('video');
      Object.assign(video, { crossOrigin: 'anonymous', muted: true, src: url });
      document.body.append(video);
      await video.play();
      while (video.currentTime < 0.3) await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
      video.pause();
      const seeked = new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
      video.currentTime = atS;
      await seeked;
      const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
      const context = canvas.getContext('2d')!;
      context.drawImage(video, 0, 0);
      const squarePx = Math.floor(canvas.width / 16);
      const pixel = (x: number, y: number) => context.getImageData(x, y, 1, 1).data;
      let frameNumber = 0;
      for (let square = 0; square < 16; square += 1) {
        const isOne = pixel(square * squarePx + squarePx / 2, squarePx / 2)[1]! > 128;
        frameNumber = frameNumber * 2 + (isOne ? 1 : 0);
      }
      const [red = 0, green = 0, blue = 0] = pixel(canvas.width / 2, canvas.height - 4);
      const cb = 128 - 0.169 * red - 0.331 * green + 0.5 * blue - 128;
      const cr = 128 + 0.5 * red - 0.419 * green - 0.081 * blue - 128;
      const hueDegrees = (Math.round((Math.atan2(cr, cb) * 180) / Math.PI) + 360) % 360;
      const counted = 'webkitAudioDecodedByteCount' in video ? Number(video.webkitAudioDecodedByteCount) : 0;
      return {
        durationS: video.duration,
        widthPx: canvas.width,
        heightPx: canvas.height,
        frameNumber,
        hueDegrees,
        audioBytes: counted,
      };
    },
    { url, atS },
  );
  await page.context().close();
  return sight;
}

async function publishClip(handle: string, order: Partial<ClipOrder>): Promise<Post> {
  const person = await meet(region.server.url, handle);
  const uploadId = await person.upload(await makeClip(order));
  return person.untilPlayable(await person.publish(uploadId), 'all');
}

/** The rule for every rendition: right length, right frame at the second, right colour, sound as the source has it. */
async function checkRenditions(
  post: Post,
  order: { hueDegrees: number; hasAudio: boolean; durationS: number },
): Promise<void> {
  for (const rendition of post.renditions) {
    const sight = await look(new URL(rendition.url, region.server.url).href, 1 + 0.5 / 30);
    const told = `${rendition.widthPx}x${rendition.heightPx}: ${JSON.stringify(sight)}`;
    assert.equal(sight.widthPx, rendition.widthPx, told);
    assert.equal(sight.heightPx, rendition.heightPx, told);
    assert.ok(Math.abs(sight.durationS - order.durationS) <= 0.2, told);
    assert.ok(Math.abs(sight.frameNumber - 30) <= 1, told);
    const turn = Math.abs(sight.hueDegrees - order.hueDegrees);
    assert.ok(Math.min(turn, 360 - turn) <= 12, told);
    assert.equal(sight.audioBytes > 0, order.hasAudio, told);
  }
}

test('an H.264 clip plays for anyone as it was sent, frame by frame', async () => {
  const post = await publishClip('ada.repacks', { hueDegrees: 20 });
  assert.equal(post.state, 'published');
  await checkRenditions(post, { hueDegrees: 20, hasAudio: true, durationS: 3 });
});

test('an HEVC clip of 1080x1920 is encoded anew and plays at every height', async () => {
  const order = { codec: 'hevc', widthPx: 1080, heightPx: 1920, hueDegrees: 140, durationMs: 2000 } as const;
  const post = await publishClip('bea.encodes', order);
  assert.deepEqual(
    post.renditions.map(({ widthPx }) => widthPx),
    [1080, 720, 540],
  );
  await checkRenditions(post, { hueDegrees: 140, hasAudio: true, durationS: 2 });
});

test('a clip without sound plays without sound', async () => {
  const post = await publishClip('cy.silent', { hasAudio: false, hueDegrees: 260 });
  assert.equal(post.hasAudio, false);
  await checkRenditions(post, { hueDegrees: 260, hasAudio: false, durationS: 3 });
});
