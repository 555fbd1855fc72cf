/** The server's command: reads the settings, starts the region, says where it is, stops on a signal. */
import { startRegion } from './assemble.ts';
import { firstStartText } from './moderate/admin.ts';
import { armKillPoint } from './platform/kill-points.ts';
import { readSettings } from './platform/settings.ts';
import { startSentence } from './platform/start-problem.ts';
import { systemWorld } from './platform/world.ts';

async function main(): Promise<void> {
  armKillPoint(process.env.VITRINE_KILL_AT);
  const settings = readSettings(process.env);
  const starting = startRegion({ settings, world: systemWorld() });
  // Heard from the first moment: it answers before it has told that it does.
  const stop = (): void => {
    const tooLate = setTimeout(() => process.exit(1), 20_000);
    tooLate.unref();
    void starting.then((region) => region.close()).then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const region = await starting;
  process.stdout.write(`\n  ${settings.regionName} is at ${settings.publicUrl}\n`);
  if (!(await region.stores.accounts.hasOperator())) process.stdout.write(`\n  ${firstStartText()}\n`);
}

await main().catch((cause: unknown) => {
  process.stderr.write(`\n${startSentence(cause, process.env)}\n`);
  process.exit(1);
});
