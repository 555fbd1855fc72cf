/** P17: watch reports accepted per CPU-second, their tickets checked and spent, against the ticket's evaluation and a raw insert alone. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makeClip } from '@vitrine/e2e';
import type { Ticket } from '@vitrine/schema';
import { takeRounds, tell } from './figure.ts';
import { cpuSecondsOf } from './machine.ts';
import { startBenchRegion } from './region.ts';
import { drawTickets } from './tickets.ts';

const ROUNDS = 5;
const REPORTS = 600;
const CONNECTIONS = 64;

const region = await startBenchRegion();
const post = await region.publish(await region.upload(await makeClip()));
await region.untilPlayable(post, 'all');
const pid = region.process.pid ?? 0;
const tickets = await drawTickets(region.url, (ROUNDS + 1) * REPORTS);

/** Sends a report with each of the tickets; throws where one is not taken. */
async function send(some: readonly Ticket[]): Promise<void> {
  const waiting = [...some];
  const sender = async (): Promise<void> => {
    for (let ticket = waiting.pop(); ticket; ticket = waiting.pop()) {
      const answer = await fetch(`${region.url}/api/v1/watches`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ticket, post: 1, outcomeBucket: 9, loops: 0, isSkip: false }),
      });
      if (answer.status !== 200) throw new Error(`a report was refused: ${await answer.text()}`);
      await answer.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, sender));
}

async function takeOurs(): Promise<number> {
  const some = tickets.splice(0, REPORTS);
  const before = cpuSecondsOf(pid);
  await send(some);
  return some.length / (cpuSecondsOf(pid) - before);
}

const rival = spawn(process.execPath, [join(import.meta.dirname, 'rivals', 'raw-reports.ts')], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const answers = createInterface({ input: rival.stdout })[Symbol.asyncIterator]();
async function takeRival(): Promise<number> {
  rival.stdin.write(`${REPORTS}\n`);
  return Number((await answers.next()).value);
}

await takeOurs();
await takeRival();
const result = await takeRounds(ROUNDS, { ours: takeOurs, rival: takeRival });
rival.stdin.end();
await Promise.all([region.close(), once(rival, 'exit')]);
tell({
  id: 'P17',
  what: 'watch reports accepted per CPU-second, tickets checked (embedded database, synced)',
  value: result.ratio,
  unit: 'of evaluation and raw insert',
  limit: { atLeast: 0.6 },
  ratio: `${Math.round(result.ours)} against ${Math.round(result.rival)} per CPU-s`,
});
