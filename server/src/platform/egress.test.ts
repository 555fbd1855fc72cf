import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** Ways out of a Node process. */
const WAYS_OUT =
  /\b(?:fetch|WebSocket|EventSource)\(|(?:from|import|require)\s*\(?\s*['"](?:(?:node:)?(?:http2?|https|net|tls|dgram|dns|dns\/promises)|undici|pg|@aws-sdk\/[\w-]+)['"]/;
/** Who may use one, and for what. Nothing here takes an address from a person. */
const KNOWN: Readonly<Record<string, string>> = {
  'server/src/platform/door.ts': 'a socket in DATA_DIR',
  'server/src/platform/media-store-s3.ts': 'the store of S3_ENDPOINT',
  'server/src/platform/postgres.ts': 'the database of DATABASE_URL',
};

async function sourcesOf(folder: string): Promise<string[]> {
  const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !/(^|\/)(testing|node_modules|machine)\//.test(path));
}

/** What a file does, without comments and mere types. */
function withoutWords(text: string): string {
  return text
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '')
    .replace(/^import type [^;]+;/gm, '');
}

test('a server asks nothing of any address that a person names: no way out but those known', async () => {
  const found: string[] = [];
  for (const folder of ['server/src', 'packages/schema/src', 'packages/media/src']) {
    for (const path of await sourcesOf(folder))
      if (WAYS_OUT.test(withoutWords(await readFile(join(ROOT, path), 'utf8')))) found.push(path);
  }
  assert.deepEqual(found.sort(), Object.keys(KNOWN).sort());
});

test('the search for ways out finds one', () => {
  assert.match(withoutWords('await fetch(body.url);'), WAYS_OUT);
  assert.match(withoutWords("import { request } from 'node:https';"), WAYS_OUT);
  assert.doesNotMatch(withoutWords("import type { Socket } from 'node:net';\n/** fetch( */"), WAYS_OUT);
});
