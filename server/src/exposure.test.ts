import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { SandboxLayers } from '@vitrine/media';
import { startRegion } from './assemble.ts';
import { startTestRegion } from './testing/region.ts';
import { readSettings, SettingsError } from './platform/settings.ts';
import { systemWorld } from './platform/world.ts';

const layers = (b: boolean, c: boolean) => (): SandboxLayers => ({
  a: { isOn: true, detail: 'its own process' },
  b: { isOn: b, detail: b ? 'bubblewrap' : 'bubblewrap is not installed' },
  c: { isOn: c, detail: c ? 'a memory group' : 'no memory group' },
});
const OPEN = { PUBLIC_URL: 'https://v.example', REGISTRATION: 'open' };
const SENTENCE = /without a sandbox around them/;

async function startsWith(settings: Record<string, string>, findSandboxLayers: () => SandboxLayers) {
  const region = await startTestRegion({ settings, findSandboxLayers });
  const pages = await Promise.all(
    ['/privacy', '/terms', '/imprint'].map(async (path) => (await region.call('GET', path)).body as string),
  );
  await region.close();
  return pages;
}

test('open registration on layer A alone does not start, and the refusal says what mends it', async () => {
  const settings = readSettings({ ...OPEN, DATA_DIR: join(tmpdir(), 'vitrine-never-made') });
  const start = startRegion({ settings, world: systemWorld(), findSandboxLayers: layers(false, false) });
  await assert.rejects(start, (error) => {
    assert.ok(error instanceof SettingsError);
    for (const word of ['bubblewrap', 'REGISTRATION=invite', 'ALLOW_OPEN_WITHOUT_SANDBOX=1'])
      assert.ok(error.message.includes(word), word);
    return true;
  });
  assert.equal(existsSync(settings.dataDir), false);
});

test('with the override it starts, and the privacy page says so, also under the words of the operator', async () => {
  const settings = { ...OPEN, ALLOW_OPEN_WITHOUT_SANDBOX: '1' };
  const [privacy = '', ...others] = await startsWith(settings, layers(false, false));
  assert.match(privacy, SENTENCE);
  for (const page of others) assert.doesNotMatch(page, SENTENCE);
  const region = await startTestRegion({ settings, findSandboxLayers: layers(false, false) });
  await mkdir(join(region.dataDir, 'pages'), { recursive: true });
  await writeFile(join(region.dataDir, 'pages', 'privacy.md'), '# Our own words');
  const page = (await region.call('GET', '/privacy')).body as string;
  await region.close();
  assert.match(page, /Our own words/);
  assert.match(page, SENTENCE);
});

test('with layer B or C, by invitation, or on this machine alone it starts, and nothing is said', async () => {
  const cases: [Record<string, string>, boolean, boolean][] = [
    [OPEN, true, false],
    [OPEN, false, true],
    [{ ...OPEN, ALLOW_OPEN_WITHOUT_SANDBOX: '1' }, true, false],
    [{ ...OPEN, REGISTRATION: 'invite' }, false, false],
    [{ REGISTRATION: 'open' }, false, false],
  ];
  for (const [settings, b, c] of cases) {
    const [privacy = ''] = await startsWith(settings, layers(b, c));
    assert.match(privacy, /Privacy/);
    assert.doesNotMatch(privacy, SENTENCE);
  }
});

test('/readyz tells each layer', async () => {
  const region = await startTestRegion({ findSandboxLayers: layers(true, false) });
  const ready = (await region.call('GET', '/readyz')).body as { sandbox: SandboxLayers };
  await region.close();
  assert.deepEqual(ready.sandbox, layers(true, false)());
});
