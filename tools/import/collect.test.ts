import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { collectFiles } from './collect.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-collect-'));
});
after(() => rm(folder, { recursive: true, force: true }));

test('folders are walked, captions lie beside the video of their stem, links are not followed', async () => {
  const odd = [
    '-dash.mp4',
    'line\nbreak.mp4',
    '\u{1F3AC} clip.mp4',
    'clip.mp4',
    'clip.vtt',
    'clip.de.vtt',
    'alone.srt',
  ];
  await mkdir(join(folder, 'deep'));
  for (const name of odd) await writeFile(join(folder, 'deep', name), 'x');
  await symlink('/etc/hostname', join(folder, 'deep', 'link.mp4'));
  const files = await collectFiles([folder], folder);
  assert.deepEqual(
    files.map((file) => file.shownAs.slice(folder.length + 6)).sort(),
    ['-dash.mp4', 'alone.srt', 'clip.mp4', 'line\nbreak.mp4', '\u{1F3AC} clip.mp4'].sort(),
  );
  const clip = files.find((file) => file.shownAs.endsWith('/clip.mp4'));
  assert.deepEqual(clip?.captions.map((caption) => caption.language).sort(), ['de', 'und']);
});

/** A zip of stored files, written by hand from the format's description (APPNOTE 6.3): local headers, central directory, end. */
function zipOf(files: readonly { name: string; body: string; mode?: number }[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, body, mode = 0o100_644 } of files) {
    const bytes = Buffer.from(body);
    const title = Buffer.from(name);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(bytes.length, 14);
    facts.writeUInt32LE(bytes.length, 18);
    facts.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), facts, title, bytes]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 3]), facts, tail, title]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\u0005\u0006'), end]);
}

function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xed_b8_83_20 & -(crc & 1));
  }
  return ~crc >>> 0;
}

test('an export archive gives its clips and their texts', async () => {
  const told = JSON.stringify({
    Post: { Posts: { VideoList: [{ Date: '2024-03-01 10:20:30', Title: 'Coil pot, day two' }] } },
  });
  await writeFile(
    join(folder, 'export.zip'),
    zipOf([
      { name: 'Posts/2024-03-01-10-20-30.mp4', body: 'clip' },
      { name: 'user_data_tiktok.json', body: told },
    ]),
  );
  const files = await collectFiles([join(folder, 'export.zip')], folder);
  assert.deepEqual(
    files.map((file) => [file.shownAs.slice(folder.length + 1), file.text]),
    [['export.zip/Posts/2024-03-01-10-20-30.mp4', 'Coil pot, day two']],
  );
});

test('an archive whose names leave it, or that holds links, gives nothing of them', async () => {
  await writeFile(join(folder, 'evil.zip'), zipOf([{ name: '../../evil.mp4', body: 'clip' }]));
  await writeFile(join(folder, 'link.zip'), zipOf([{ name: 'passwd.mp4', body: '/etc/passwd', mode: 0o120_777 }]));
  const files = await collectFiles([join(folder, 'evil.zip'), join(folder, 'link.zip')], folder);
  assert.deepEqual(
    files.map((file) => file.path.slice(folder.length + 1)),
    ['evil.zip', 'link.zip'],
  );
});
