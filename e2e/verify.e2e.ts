import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DESKTOP, journeys, makeClip, meet, untilShelved } from './index.ts';

const POSTS = 4;
const MAIN = join(import.meta.dirname, '../verify/src/main.ts');
const folder = await mkdtemp(join(tmpdir(), 'vitrine-verify-'));
after(() => rm(folder, { recursive: true, force: true }));

const region = journeys({
  prepare: async () => {
    const author = await meet(region.server.url, 'mara.kiln');
    const clip = await makeClip();
    for (let number = 0; number < POSTS; number += 1) {
      const id = await author.publish(await author.upload(clip, `clip ${number}.mp4`), {
        text: `Clip ${number} #glaze`,
      });
      await author.untilPlayable(id);
    }
    await untilShelved(region.server.url, POSTS);
  },
});

/** The outsider's command: what it ended with, and what it found by name. */
async function verify(
  ...args: string[]
): Promise<{ code: number | null; found: Record<string, string>; text: string }> {
  const child = spawn(process.execPath, [MAIN, ...args, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const { findings } = JSON.parse(text) as { findings: { what: string; verdict: string }[] };
  return { code, text, found: Object.fromEntries(findings.map(({ what, verdict }) => [what, verdict])) };
}

test("an outsider finds the region's newest epoch whole and signed", async () => {
  const { code, found, text } = await verify('shelf', region.server.url);
  assert.equal(code, 0, text);
  for (const what of ['signature', 'root', 'chain', 'fresh', 'shelves']) assert.equal(found[what], 'holds', text);
});

test('a receipt saved in the browser is run again outside of it; one changed digit is found', async () => {
  const { page } = await region.open({ on: DESKTOP });
  await page.waitForFunction(() => [...document.querySelectorAll('video')].some((video) => !video.paused));
  await page.locator('.why-chip').first().click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: /receipt/i })
      .first()
      .click(),
  ]);
  const path = join(folder, 'receipt.json');
  await download.saveAs(path);
  const key = (await (await fetch(`${region.server.url}/api/v1/shelves/key`)).text()).trim();
  const equal = await verify('receipt', path, '--key', key);
  assert.equal(equal.code, 0, equal.text);
  for (const what of ['numbers', 'signature', 'weights', 'tables'])
    assert.equal(equal.found[what], 'holds', equal.text);
  const receipt = JSON.parse(await readFile(path, 'utf8')) as { ranking: { order: { score: number }[] } };
  receipt.ranking.order[0]!.score += 1;
  await writeFile(path, JSON.stringify(receipt));
  const differs = await verify('receipt', path);
  assert.deepEqual([differs.code, differs.found['numbers']], [1, 'differs']);
});
