/** What the workspaces depend on: exact versions, a reason for each, a lockfile without addresses. */
import { missingOptionals, type Lockfile } from '../lock-platforms.ts';
import type { Tree } from './tree.ts';

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  overrides?: Record<string, unknown>;
}

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const REASONS = 'docs/decisions/0001-dependencies.md';

/** Versions that are a range, a tag or an address. */
export function looseVersions(tree: Tree): string[] {
  return manifests(tree).flatMap(({ path, manifest }) =>
    Object.entries({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
      ...onlyTexts(manifest.overrides ?? {}),
    })
      .filter(([, version]) => !EXACT.test(version))
      .map(([name, version]) => `${path}: ${name} is ${version}, not an exact version`),
  );
}

/** Runtime dependencies without a line in the table of reasons, and lines of the table that nothing depends on. */
export function unreasoned(tree: Tree): string[] {
  const rows = tree.text(REASONS).split('\n').filter((line) => line.startsWith('| `'));
  const reasoned = new Set(rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)));
  const used = new Set(
    manifests(tree)
      .flatMap(({ manifest }) => Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }))
      .filter((name) => !name.startsWith('@vitrine/')),
  );
  return [
    ...[...used].filter((name) => !reasoned.has(name)).map((name) => `${REASONS} gives no reason for ${name}`),
    ...[...reasoned].filter((name) => !used.has(name)).map((name) => `${REASONS} speaks of ${name}, which nothing depends on`),
  ];
}

/** Addresses in the lockfile, and platform packages that it lacks. */
export function lockfileFaults(tree: Tree): string[] {
  const text = tree.text('package-lock.json');
  const addresses = [...text.matchAll(/"resolved": "([a-z+]+:[^"]*)"/g)].map(([, url = '']) => `package-lock.json holds the address ${url}`);
  const missing = missingOptionals(JSON.parse(text) as Lockfile).map(({ name }) => `package-lock.json lacks ${name}: npm run lock`);
  return [...addresses, ...missing];
}

function manifests(tree: Tree): { path: string; manifest: Manifest }[] {
  return tree
    .files('package.json', '*/package.json', 'packages/*/package.json')
    .map((path) => ({ path, manifest: JSON.parse(tree.text(path)) as Manifest }));
}

function onlyTexts(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
