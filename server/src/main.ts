/** The server's command: reads the settings, starts the region, says where it is, stops on a signal. */
import { sandboxLayers } from '@vitrine/media';
import { startRegion } from './assemble.ts';
import { firstStartText } from './moderate/admin.ts';
import { armKillPoint } from './platform/kill-points.ts';
import { isOpenWithoutSandbox } from './platform/operations.ts';
import { readSettings, SettingsError } from './platform/settings.ts';
import { startSentence } from './platform/start-problem.ts';
import { systemWorld } from './platform/world.ts';

const OPEN_WITHOUT_SANDBOX = [
  'REGISTRATION=open lets anyone send files, and on this machine media processes are only separate processes:',
  'a file that breaks the decoder could read what this server reads. Install bubblewrap, run in a container or a memory group,',
  'take people by invitation (REGISTRATION=invite), or set ALLOW_OPEN_WITHOUT_SANDBOX=1 knowing this. npm run doctor tells what is missing.',
].join('\n');

async function main(): Promise<void> {
  armKillPoint(process.env.VITRINE_KILL_AT);
  const settings = readSettings(process.env);
  if (isOpenWithoutSandbox(settings, sandboxLayers())) throw new SettingsError(OPEN_WITHOUT_SANDBOX);
  const region = await startRegion({ settings, world: systemWorld() });
  process.stdout.write(`\n  ${settings.regionName} is at ${settings.publicUrl}\n`);
  if (!(await region.stores.accounts.hasOperator())) process.stdout.write(`\n  ${firstStartText()}\n`);
  const stop = (): void => {
    const tooLate = setTimeout(() => process.exit(1), 20_000);
    tooLate.unref();
    void region.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((cause: unknown) => {
  process.stderr.write(`\n${startSentence(cause, process.env)}\n`);
  process.exit(1);
});
