/** The import law (ARCHITECTURE.md, "Who may import whom"), as judgements on one import at a time. */
import { isBuiltin } from 'node:module';
import { dirname, join, normalize } from 'node:path/posix';

/** One room of the house: a workspace, and what its files may name. */
export interface Room {
  /** Folder from the root of the repository. */
  folder: string;
  /** Other rooms that it may import, by their public name `@vitrine/…`. */
  mayImport: string[];
  /** No Node module at all outside tests: no network, no file, no process. */
  isPure?: boolean;
  /** Folder beside `src` with commands of a pure room: it may use Node, and `src` may not import it. */
  commands?: string;
  /** Its product is bundled or never deployed, so development dependencies count as its own. */
  mayUseDevDependencies?: boolean;
  /** Folders of `src` in order: each may import itself and folders before it. */
  order?: string[];
  /** Files of `src` itself that put the folders together; folders never import them. */
  hands?: string[];
  /** Folder of `src` for tests: may import everything, imported by tests alone. */
  testFolder?: string;
  /** Folders of `src` that everyone stands on: they import each other and nothing else of `src`. */
  ground?: string[];
}

/** `rooms.json`. */
export interface House {
  forbiddenFolders: string[];
  rooms: Record<string, Room>;
}

/** What a workspace's package.json allows. */
export interface Dependencies {
  runtime: ReadonlySet<string>;
  development: ReadonlySet<string>;
}

/** One import to judge: who imports (path from the root) and what is named. */
interface Import {
  file: string;
  specifier: string;
}

/** The name of the room that a path belongs to, `undefined` outside every room. */
export function roomOf(house: House, path: string): string | undefined {
  return Object.keys(house.rooms).find((name) => path.startsWith(`${house.rooms[name]?.folder}/`));
}

/** Why the import breaks the law, `undefined` where it does not. */
export function judgeImport(house: House, dependencies: Dependencies, site: Import): string | undefined {
  const room = house.rooms[roomOf(house, site.file) ?? ''];
  if (!room) return undefined;
  if (site.specifier.startsWith('.')) return judgeRelative(house, room, site);
  if (site.specifier.startsWith('@vitrine/')) return judgeRoom(house, room, site);
  return judgeOutside(room, dependencies, site);
}

/** Why the path may not exist, `undefined` where it may. */
export function judgePath(house: House, path: string): string | undefined {
  const bad = dirname(path)
    .split('/')
    .find((folder) => house.forbiddenFolders.includes(folder));
  if (bad !== undefined) return `no folder may be called ${bad}: name it by what it is about`;
  const room = house.rooms[roomOf(house, path) ?? ''];
  const folder = room && folderInSource(room, path);
  if (!room?.order || folder === undefined || isTest(path)) return undefined;
  const isKnown = room.order.includes(folder) || room.hands?.includes(folder) || folder === room.testFolder;
  return isKnown ? undefined : `${folder} stands nowhere in the order of ${room.folder}/src (rooms.json)`;
}

/** Whether the file is a test beside the code. */
function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}

function judgeRelative(house: House, room: Room, site: Import): string | undefined {
  const target = normalize(join(dirname(site.file), site.specifier.replace(/\?.*$/, '')));
  if (roomOf(house, target) !== roomOf(house, site.file))
    return `leaves ${room.folder} by a path: name another room as @vitrine/…`;
  if (isCommand(room, target) && !isCommand(room, site.file))
    return `${room.commands} are commands: nobody imports them`;
  const from = folderInSource(room, site.file);
  const to = folderInSource(room, target);
  if (from === undefined || to === undefined || from === to) return undefined;
  if (room.order) return judgeOrder(room, room.order, { from, to, file: site.file });
  const isGround = room.ground?.includes(from) && !room.ground.includes(to) && !isTest(site.file);
  return isGround ? `${from} is what everyone stands on: it may not import ${to}` : undefined;
}

function judgeOrder(room: Room, order: string[], step: { from: string; to: string; file: string }): string | undefined {
  const { from, to } = step;
  const isOnTop = !order.includes(from);
  if (to === room.testFolder) return isTest(step.file) ? undefined : `only tests may import ${to}`;
  if (isOnTop) return undefined;
  if (!order.includes(to)) return `${from} may not import ${to}: it declares what it needs and is given it`;
  if (order.indexOf(to) <= order.indexOf(from)) return undefined;
  return `${from} comes before ${to}: reach it by an event in the outbox`;
}

function judgeRoom(house: House, room: Room, site: Import): string | undefined {
  const [name = '', ...deeper] = site.specifier.slice('@vitrine/'.length).split('/');
  if (!house.rooms[name]) return `there is no room ${name}`;
  const from = roomOf(house, site.file);
  if (name !== from && !room.mayImport.includes(name)) return `${from} may not import ${name}`;
  if (deeper.length > 0) return `reaches inside ${name}: import what its index exports`;
  return undefined;
}

function judgeOutside(room: Room, dependencies: Dependencies, site: Import): string | undefined {
  if (isBuiltin(site.specifier)) {
    return room.isPure && !isTest(site.file) && !isCommand(room, site.file)
      ? `${room.folder} is pure: no ${site.specifier}`
      : undefined;
  }
  const words = site.specifier.split('/');
  const name = words.slice(0, site.specifier.startsWith('@') ? 2 : 1).join('/');
  if (dependencies.runtime.has(name)) return undefined;
  const isForTests = isTest(site.file) || folderInSource(room, site.file) === room.testFolder;
  if ((isForTests || room.mayUseDevDependencies) && dependencies.development.has(name)) return undefined;
  return `${name} is no dependency of ${room.folder}/package.json`;
}

function isCommand(room: Room, path: string): boolean {
  return room.commands !== undefined && path.startsWith(`${room.folder}/${room.commands}/`);
}

/** First name below `src`: a folder, or a file of `src` itself. */
function folderInSource(room: Room, path: string): string | undefined {
  const source = `${room.folder}/src/`;
  return path.startsWith(source) ? path.slice(source.length).split('/')[0] : undefined;
}
