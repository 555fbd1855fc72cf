import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { test, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { launchBrowser, makeClip, PHONE, plugAuthenticator, shoot, type BrowserNeeds } from './index.ts';

const PAGE =
  '<!doctype html><title>Smoke</title><style>body{margin:0}video{width:100%}</style><video src="/clip.mp4" muted playsinline></video>';

/** A page of our own with one real clip, in a phone's browser. */
async function openPage(t: TestContext, needs: BrowserNeeds = {}): Promise<Page> {
  const clip = await makeClip();
  const size = (await readFile(clip)).byteLength;
  const server = createServer((request, response) => {
    if (request.url === '/clip.mp4') {
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': size });
      createReadStream(clip).pipe(response);
    } else response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  const browser = await launchBrowser(needs);
  t.after(async () => {
    await browser.close();
    server.close();
  });
  const page = await (await browser.newContext(PHONE)).newPage();
  await page.goto(`http://localhost:${address.port}/`);
  return page;
}

test('the browser plays a real H.264/AAC clip and its pixels can be read', async (t) => {
  const page = await openPage(t);
  const seen = await page.evaluate(async () => {
    const video = document.querySelector('video')!;
    await video.play();
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    while (video.currentTime < 0.5) await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
    const context = canvas.getContext('2d')!;
    context.drawImage(video, 0, 0);
    const topLeft = context.getImageData(2, 2, 1, 1).data;
    const counted = 'webkitAudioDecodedByteCount' in video ? video.webkitAudioDecodedByteCount : 0;
    return { width: video.videoWidth, durationS: video.duration, topLeft: [...topLeft], audioBytes: Number(counted) };
  });
  assert.equal(seen.width, 540);
  assert.ok(Math.abs(seen.durationS - 3) < 0.1, `lasts ${seen.durationS} s`);
  assert.ok(seen.topLeft[0]! < 40, 'the first square of a low frame number is black');
  assert.ok(seen.audioBytes > 0, 'the sound is decoded');
  await shoot(page, 'smoke');
});

test('the browser makes a passkey with the virtual authenticator', async (t) => {
  const page = await openPage(t);
  const authenticator = await plugAuthenticator(page);
  assert.equal(await authenticator.passkeyCount(), 0);
  await page.evaluate(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: new Uint8Array(32),
        rp: { name: 'Smoke' },
        user: { id: new Uint8Array([1]), name: 'someone', displayName: 'Someone' },
        pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      },
    }),
  );
  assert.equal(await authenticator.passkeyCount(), 1);
});

test('the browser has a camera and a microphone when asked for', async (t) => {
  const page = await openPage(t, { camera: true });
  const kinds = await page.evaluate(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
    return stream.getTracks().map((track) => `${track.kind} ${track.readyState}`);
  });
  assert.deepEqual(kinds.sort(), ['audio live', 'video live']);
});

test('the browser keeps pages of other origins apart', async (t) => {
  const page = await openPage(t);
  const other = page.url().replace('localhost', '127.0.0.1');
  const outcome = await page.evaluate(
    (url) =>
      fetch(url).then(
        () => 'read',
        () => 'refused',
      ),
    other,
  );
  assert.equal(outcome, 'refused');
});
