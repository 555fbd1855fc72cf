/** Unpacks the Chromium that npm brings, once per version and user, and says how to start it. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { access, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** How to start Chromium: its file, and the environment that lets it find its own libraries and fonts. */
export interface Chromium {
  path: string;
  environment: Record<string, string>;
}

/** The package unpacks into TMPDIR and trusts whatever lies there already, so each version gets a folder of its own. */
const UNPACK = `
  import { inflate } from '@sparticuz/chromium';
  import { join } from 'node:path';
  const packed = process.argv[1];
  await Promise.all(['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'].map((name) => inflate(join(packed, name))));
`;

/** Gives the browser named by CHROMIUM_PATH, or else the unpacked one (2 to 3 s the first time). */
export async function findChromium(): Promise<Chromium> {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    await access(named);
    return { path: named, environment: {} };
  }
  const folder = await unpacked();
  return {
    path: join(folder, 'chromium'),
    environment: {
      LD_LIBRARY_PATH: `${join(folder, 'al2023', 'lib')}:${folder}`,
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      XDG_CONFIG_HOME: folder,
      XDG_CACHE_HOME: folder,
    },
  };
}

async function unpacked(): Promise<string> {
  const root = packageRoot();
  const { version } = createRequire(import.meta.url)(join(root, 'package.json')) as { version: string };
  const folder = join(tmpdir(), `vitrine-chromium-${version}-${userInfo().uid}`);
  if (!existsSync(folder)) await unpack(join(root, 'bin'), folder);
  const { uid } = await stat(folder);
  if (process.platform !== 'win32' && uid !== userInfo().uid) throw new Error(`${folder} belongs to another user`);
  return folder;
}

/** Unpacks beside the folder and renames: test processes that start together never see half of it. */
async function unpack(packed: string, folder: string): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('The packed Chromium is for Linux on x64: name another by CHROMIUM_PATH');
  }
  const draft = await mkdtemp(`${folder}-`);
  const run = ['--input-type=module', '--eval', UNPACK, packed];
  await promisify(execFile)(process.execPath, run, {
    cwd: import.meta.dirname,
    env: { ...process.env, TMPDIR: draft },
  });
  await writeFile(join(draft, 'fonts.conf'), fontSettings(folder));
  await mkdir(join(draft, 'font-cache'));
  await rename(draft, folder).catch(async (cause: unknown) => {
    await rm(draft, { recursive: true });
    if (!existsSync(join(folder, 'chromium'))) throw new Error(`could not unpack Chromium to ${folder}`, { cause });
  });
}

function fontSettings(folder: string): string {
  const folders = [join(folder, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'];
  return [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>',
    ...folders.map((dir) => `<dir>${dir}</dir>`),
    `<cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>`,
  ].join('\n');
}

function packageRoot(): string {
  return dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')));
}
