/** `npm run release`: the source as an archive, its bill of materials and their hashes, of a clean tree whose version CHANGES.md tells of. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { ROOT } from './check/command.ts';

const HELP = `npm run release [-- --to FOLDER] [--json]

Writes vitrine-VERSION.tar.gz, its CycloneDX bill of materials and SHA256SUMS to FOLDER (./release).
The tree must be clean, and CHANGES.md must have a heading for the version.`;

async function output(command: string, args: string[]): Promise<Buffer> {
  const run = promisify(execFile);
  const { stdout } = await run(command, args, { cwd: ROOT, encoding: 'buffer', maxBuffer: 1024 ** 3 });
  return stdout;
}

async function checkTree(version: string): Promise<void> {
  const changed = (await output('git', ['status', '--porcelain'])).toString();
  if (changed !== '') throw new Error(`The tree is not clean:\n${changed}`);
  const changes = await readFile(join(ROOT, 'CHANGES.md'), 'utf8');
  const heading = changes.split('\n').find((line) => line.startsWith(`## ${version}`));
  if (heading === undefined) throw new Error(`CHANGES.md has no heading "## ${version}".`);
  if (heading.includes('unreleased')) throw new Error(`CHANGES.md still calls ${version} unreleased.`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { to: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) return console.log(HELP);
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  await checkTree(version);
  const name = `vitrine-${version}`;
  const folder = resolve(values.to ?? join(ROOT, 'release'));
  await mkdir(folder, { recursive: true });
  const paths = [join(folder, `${name}.tar.gz`), join(folder, `${name}.cdx.json`)] as const;
  await writeFile(paths[0], await output('git', ['archive', '--format=tar.gz', `--prefix=${name}/`, 'HEAD']));
  await writeFile(paths[1], await output('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev']));
  const sums = await Promise.all(
    paths.map(
      async (path) =>
        `${createHash('sha256')
          .update(await readFile(path))
          .digest('hex')}  ${basename(path)}`,
    ),
  );
  await writeFile(join(folder, 'SHA256SUMS'), `${sums.join('\n')}\n`);
  console.log(
    values.json ? JSON.stringify({ version, folder, files: paths.map((path) => basename(path)) }) : sums.join('\n'),
  );
}

await main().catch((cause: unknown) => {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exitCode = 1;
});
