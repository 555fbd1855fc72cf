/** P15: resident memory of the idle server, against PeerTube's node process (226 MB, as its documentation's reader measured it). */
import { setTimeout as delay } from 'node:timers/promises';
import { tell } from './figure.ts';
import { residentBytesOf } from './machine.ts';
import { startBenchRegion } from './region.ts';

const RIVAL_MB = 226;
const SETTLE_MS = 10_000;

async function idleMegabytes(settings: Record<string, string>): Promise<number> {
  const region = await startBenchRegion(settings);
  await delay(SETTLE_MS);
  const megabytes = residentBytesOf(region.process.pid ?? 0) / 1e6;
  await region.close();
  return megabytes;
}

const embedded = await idleMegabytes({});
const { DATABASE_URL } = process.env;
if (DATABASE_URL) {
  const external = await idleMegabytes({ DATABASE_URL });
  tell({
    id: 'P15',
    what: 'resident memory idle, PostgreSQL beside it',
    value: external / RIVAL_MB,
    unit: 'of 226 MB',
    limit: { atMost: 0.5 },
    ratio: `${Math.round(external)} MB; with the embedded database ${Math.round(embedded)} MB`,
  });
} else {
  tell({
    id: 'P15',
    what: 'resident memory idle',
    notTaken: `DATABASE_URL is not set; with the embedded database ${Math.round(embedded)} MB`,
  });
}
