/** `npm run verify`: the outsider's command. It knows the published code and nothing of the server. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { exitCodeOf, type Finding, messageOf, tell } from './finding.ts';
import { checkReceipt } from './receipt.ts';
import { checkShelves } from './shelf.ts';

const HELP = `npm run verify -- receipt FILE [--key LINE] [--json]
npm run verify -- shelf URL [--epoch N] [--key LINE] [--json]

receipt  ranks an exported receipt again, compares every number, opens the region's signature over what it was ranked from
shelf    fetches an epoch of a region, every file of it, and holds hashes, root, signature, chain and seed against each other
  --epoch  another epoch than the newest
  --key    the region's verifier key (name+hash+key), known from elsewhere; else the one that comes with what is checked
  --json   one line of JSON
Ends with 0 if all is equal, 1 if something differs, 2 if it could not be checked (unreadable, or an input was withdrawn).`;

async function check(args: string[]): Promise<{ findings: Finding[]; isJson: boolean } | undefined> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      key: { type: 'string' },
      epoch: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [command, subject] = positionals;
  if (values.help) return undefined;
  const key = values.key === undefined ? {} : { key: values.key };
  const isJson = values.json;
  if (command === 'receipt' && subject !== undefined) {
    return { findings: checkReceipt(readFileSync(subject, 'utf8'), values.key), isJson };
  }
  if (command === 'shelf' && subject !== undefined) {
    const epoch = values.epoch === undefined ? {} : { epoch: Number(values.epoch) };
    return { findings: await checkShelves({ url: subject, ...epoch, ...key }, progressOn(isJson)), isJson };
  }
  throw new Error(`receipt FILE or shelf URL is wanted\n\n${HELP}`);
}

function progressOn(isJson: boolean): (done: number, all: number) => void {
  if (isJson || !process.stderr.isTTY) return () => {};
  return (done, all) => process.stderr.write(`\r${done} of ${all} files${done === all ? '\n' : ''}`);
}

try {
  const result = await check(process.argv.slice(2));
  if (result === undefined) process.stdout.write(`${HELP}\n`);
  else {
    process.stdout.write(tell(result.findings, result.isJson));
    process.exitCode = exitCodeOf(result.findings);
  }
} catch (cause) {
  process.stderr.write(`${messageOf(cause)}\n`);
  process.exitCode = 2;
}
