/** The tree as the checks of the documents read it: paths from the root, with `/`. */
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

const SKIPPED = ['**/node_modules/**', '**/dist/**', '.git/**', 'data/**', '.cache/**', 'e2e/shots/**', 'tools/rooms/broken-tree/**'];

/** A repository to check. */
export interface Tree {
  files(...patterns: string[]): string[];
  folders(path: string): string[];
  has(path: string): boolean;
  text(path: string): string;
}

/** Reads the tree below `root`. */
export function treeAt(root: string): Tree {
  return {
    files: (...patterns) =>
      patterns
        .flatMap((pattern) => globSync(pattern, { cwd: root, exclude: SKIPPED }))
        .map((path) => path.split(sep).join('/'))
        .sort(),
    folders: (path) =>
      existsSync(join(root, path))
        ? readdirSync(join(root, path), { withFileTypes: true })
            .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
            .map((entry) => entry.name)
        : [],
    has: (path) => existsSync(join(root, path)),
    text: (path) => readFileSync(join(root, path), 'utf8'),
  };
}
