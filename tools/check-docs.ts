/** Checks that the documents tell the truth about the tree: `npm run docs`, or with another root as argument. */
import { join } from 'node:path';
import * as markdown from './docs/markdown.ts';
import * as packages from './docs/packages.ts';
import { treeAt, type Tree } from './docs/tree.ts';

const CHECKS: readonly ((tree: Tree) => string[])[] = [
  markdown.brokenLinks,
  markdown.unknownCommands,
  markdown.folderReadmes,
  markdown.mapOfFolders,
  markdown.wordsOfGlossary,
  markdown.settingsDocumented,
  markdown.forbiddenWords,
  packages.looseVersions,
  packages.unreasoned,
  packages.lockfileFaults,
];

/** Everything that is said and not so, one line each. */
function untruthsIn(root: string): string[] {
  const tree = treeAt(root);
  return CHECKS.flatMap((check) => check(tree));
}

if (import.meta.main) {
  const untruths = untruthsIn(process.argv[2] ?? join(import.meta.dirname, '..'));
  for (const untruth of untruths) console.error(untruth);
  console.log(`docs: ${untruths.length} untruths`);
  process.exitCode = untruths.length > 0 ? 1 : 0;
}
