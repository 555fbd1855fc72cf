/** Checks every import of the tree against rooms.json: `npm run rooms`, or with another root as argument. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { importsOf } from './rooms/imports.ts';
import { judgeImport, judgePath, roomOf, type Dependencies, type House } from './rooms/law.ts';

const SKIPPED = ['**/node_modules/**', '**/dist/**', '**/data/**', '**/.cache/**', 'tools/rooms/broken-tree/**'];

/** Every breach in the tree below `root`, one line each, sorted: `file:line: names X: why`. */
export function breachesIn(root: string): string[] {
  const house = JSON.parse(readFileSync(join(root, 'rooms.json'), 'utf8')) as House;
  const allowed = new Map<string, Dependencies>();
  const breaches: string[] = [];
  for (const file of sourceFiles(root, house)) {
    const wrongPath = judgePath(house, file);
    if (wrongPath !== undefined) breaches.push(`${file}: ${wrongPath}`);
    const room = house.rooms[roomOf(house, file) ?? ''];
    if (!room) continue;
    const dependencies = allowed.get(room.folder) ?? dependenciesOf(root, room.folder);
    allowed.set(room.folder, dependencies);
    for (const { specifier, line } of importsOf(file, readFileSync(join(root, file), 'utf8'))) {
      const why = judgeImport(house, dependencies, { file, specifier });
      if (why !== undefined) breaches.push(`${file}:${line}: names ${specifier}: ${why}`);
    }
  }
  return breaches.sort();
}

function sourceFiles(root: string, house: House): string[] {
  return Object.values(house.rooms)
    .filter((room) => existsSync(join(root, room.folder)))
    .flatMap((room) => globSync(`${room.folder}/**/*.{ts,tsx}`, { cwd: root, exclude: SKIPPED }))
    .map((path) => path.split(sep).join('/'));
}

function dependenciesOf(root: string, folder: string): Dependencies {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Record<
    string,
    Record<string, string> | undefined
  >;
  const runtime = new Set(Object.keys({ ...manifest['dependencies'], ...manifest['optionalDependencies'] }));
  return { runtime, development: new Set(Object.keys(manifest['devDependencies'] ?? {})) };
}

if (import.meta.main) {
  const breaches = breachesIn(process.argv[2] ?? join(import.meta.dirname, '..'));
  for (const breach of breaches) console.error(breach);
  console.log(`rooms: ${breaches.length} breaches`);
  process.exitCode = breaches.length > 0 ? 1 : 0;
}
