/** `npm run doctor`: what this machine has of what Vitrine needs. Exits 1 when something must be mended. */
import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { sandboxLayers } from '@vitrine/media';
import { openDatabase } from '../platform/database.ts';
import { DirectoryLocked } from '../platform/directory-lock.ts';
import { isOpenWithoutSandbox } from '../platform/exposure.ts';
import { diskSpace, LEAST_FREE_DISK } from '../platform/disk-space.ts';
import { durabilityOf } from '../platform/operations.ts';
import { readSettings, type Settings } from '../platform/settings.ts';

const HELP = `npm run doctor [-- --json]

Says whether Node, the FFmpeg build, the sandbox, the disk and the database are as Vitrine needs them.`;

/** One finding. `warning` means that it works but worse. */
interface Finding {
  what: string;
  verdict: 'ok' | 'warning' | 'broken';
  detail: string;
}

const LEAST_NODE_MAJOR = 22;

function checkNode(): Finding {
  const isEnough = Number(process.versions.node.split('.')[0]) >= LEAST_NODE_MAJOR;
  const detail = `${process.version} at ${process.execPath}`;
  return {
    what: 'Node',
    verdict: isEnough ? 'ok' : 'broken',
    detail: isEnough ? detail : `${detail}; run npm ci, which brings a newer one`,
  };
}

async function checkFfmpeg(): Promise<Finding> {
  const { Codec, FF_ENCODER_AAC, FF_ENCODER_LIBX264, ffmpegVersion } = await import('node-av');
  const needed = [FF_ENCODER_LIBX264, FF_ENCODER_AAC];
  const missing = needed.filter((name) => !Codec.findEncoderByName(name));
  const version = `${ffmpegVersion()}, from the npm package`;
  if (missing.length > 0)
    return { what: 'FFmpeg', verdict: 'broken', detail: `${version}, but without ${missing.join(' and ')}` };
  return { what: 'FFmpeg', verdict: 'ok', detail: `${version}, with ${needed.join(' and ')}` };
}

function checkSandbox(settings: Settings): Finding[] {
  const layers = sandboxLayers();
  const cannotStart = isOpenWithoutSandbox(settings, () => layers) && !settings.allowOpenWithoutSandbox;
  return Object.entries(layers).map(([layer, { isOn, detail }]) => {
    const verdict = isOn ? 'ok' : layer === 'a' || (layer === 'b' && cannotStart) ? 'broken' : 'warning';
    return { what: `sandbox ${layer.toUpperCase()}`, verdict, detail };
  });
}

async function checkDisk(settings: Settings): Promise<Finding> {
  await mkdir(settings.dataDir, { recursive: true, mode: 0o700 });
  await access(settings.dataDir, constants.W_OK);
  const disk = await diskSpace(settings.dataDir);
  const hasRoom = disk.freeShare >= LEAST_FREE_DISK;
  const told = `${(disk.freeBytes / 1e9).toFixed(1)} GB free (${Math.round(disk.freeShare * 100)} %) for ${settings.dataDir}`;
  return {
    what: 'disk',
    verdict: hasRoom ? 'ok' : 'broken',
    detail: hasRoom ? told : `${told}; below ${LEAST_FREE_DISK * 100} % uploads are refused`,
  };
}

async function checkDatabase(settings: Settings): Promise<Finding> {
  try {
    const database = await openDatabase(settings);
    await database.close();
    return { what: 'database', verdict: 'ok', detail: `${database.kind}. ${durabilityOf(database.kind)}` };
  } catch (cause) {
    if (cause instanceof DirectoryLocked)
      return { what: 'database', verdict: 'ok', detail: 'embedded, in use by a running server (see its /readyz)' };
    return { what: 'database', verdict: 'broken', detail: cause instanceof Error ? cause.message : 'does not open' };
  }
}

/** Turns a check that throws into a finding. */
async function attempt(what: string, check: () => Promise<Finding | Finding[]>): Promise<Finding[]> {
  try {
    return [await check()].flat();
  } catch (cause) {
    return [{ what, verdict: 'broken', detail: cause instanceof Error ? cause.message : 'unknown' }];
  }
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  const settings = readSettings(process.env);
  const findings = [
    checkNode(),
    ...(await attempt('FFmpeg', checkFfmpeg)),
    ...(await attempt('sandbox', () => Promise.resolve(checkSandbox(settings)))),
    ...(await attempt('disk', () => checkDisk(settings))),
    ...(await attempt('database', () => checkDatabase(settings))),
  ];
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ findings })}\n`);
  else
    for (const { what, verdict, detail } of findings)
      process.stdout.write(`${verdict.padEnd(8)} ${what.padEnd(12)} ${detail}\n`);
  process.exitCode = findings.some((finding) => finding.verdict === 'broken') ? 1 : 0;
}

await main();
