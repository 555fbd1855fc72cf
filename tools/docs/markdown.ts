/** What the documents say, held against the tree: links, commands, folders, settings, words. */
import { dirname, join, normalize } from 'node:path/posix';
import type { Tree } from './tree.ts';

const README_LINES = 20;
const NPM_OWN = new Set(['ci', 'install', 'audit', 'sbom', 'run', 'pack', 'view']);
/** Words of things that are not there. Written in two halves, as this file is read too. */
const FORBIDDEN = ['TO' + 'DO', 'FIX' + 'ME', 'coming ' + 'soon', 'not yet ' + 'implemented', 'lorem ' + 'ipsum'];

/** Links and pictures of every document that lead nowhere in the tree. */
export function brokenLinks(tree: Tree): string[] {
  return tree.files('**/*.md').flatMap((file) =>
    targetsIn(tree.text(file))
      .filter((target) => !/^([a-z]+:|#)/.test(target))
      .map((target) => ({ target, path: normalize(join(dirname(file), target.replace(/[?#].*$/, ''))) }))
      .filter(({ path }) => !tree.has(path))
      .map(({ target }) => `${file}: ${target} is not there`),
  );
}

/** Commands in documents that are no scripts of package.json. */
export function unknownCommands(tree: Tree): string[] {
  const { scripts } = JSON.parse(tree.text('package.json')) as { scripts: Record<string, string> };
  return tree.files('**/*.md').flatMap((file) =>
    [...codeIn(tree.text(file)).matchAll(/\bnpm (?:run )?(?:-s )?([a-z][a-z:-]*)( -w )?/g)]
      .map(([command, name = '', isElsewhere]) => ({ command, name, isElsewhere }))
      .filter(({ name, isElsewhere }) => !isElsewhere && !NPM_OWN.has(name) && !(name in scripts))
      .map(({ command }) => `${file}: ${command} is no script of package.json`),
  );
}

/** Server folders without a README, or with one that is too long to be read. */
export function folderReadmes(tree: Tree): string[] {
  return tree.folders('server/src').flatMap((folder) => {
    const path = `server/src/${folder}/README.md`;
    if (!tree.has(path)) return [`${path} is missing: what comes in, what goes out, which tables it owns`];
    const lines = tree.text(path).trimEnd().split('\n').length;
    return lines > README_LINES ? [`${path} has ${lines} lines, more than ${README_LINES}`] : [];
  });
}

/** Folders that ARCHITECTURE.md names and that are not there, and folders that it forgets. */
export function mapOfFolders(tree: Tree): string[] {
  const named = new Set([...tree.text('ARCHITECTURE.md').matchAll(/`([\w./-]+)\/`/g)].map(([, path = '']) => path));
  const real = [
    ...tree.folders('.').filter((folder) => !['data', 'node_modules'].includes(folder)),
    ...tree.folders('packages').map((folder) => `packages/${folder}`),
    ...tree.folders('server/src').map((folder) => `server/src/${folder}`),
  ];
  const forgotten = real.filter((path) => !named.has(path)).map((path) => `ARCHITECTURE.md does not name \`${path}/\``);
  const gone = [...named].filter((path) => !tree.has(path)).map((path) => `ARCHITECTURE.md names \`${path}/\`, which is not there`);
  return [...forgotten, ...gone];
}

/** Words of tables and folders that GLOSSARY.md does not know. */
export function wordsOfGlossary(tree: Tree): string[] {
  const known = new Set((tree.text('GLOSSARY.md').toLowerCase().match(/[a-z]+/g) ?? []).map(singular));
  const classes = 'server/src/platform/column-classes.ts';
  const tables = [...tree.text(classes).matchAll(/^ {2}(\w+): \{$/gm)].map(([, table = '']) => table);
  const named = [
    ...tables.map((table) => ({ where: `the table ${table}`, words: table.split('_') })),
    ...tree.folders('server/src').filter((folder) => folder !== 'testing').map((folder) => ({ where: `server/src/${folder}`, words: folder.split('-') })),
  ];
  return named.flatMap(({ where, words }) =>
    words.filter((word) => !known.has(singular(word))).map((word) => `GLOSSARY.md does not know "${word}" of ${where}`),
  );
}

/** Settings that docs/operating.md forgets or invents. */
export function settingsDocumented(tree: Tree): string[] {
  const source = /environmentSchema = z\.object\(\{([\s\S]*?)\n\}\);/.exec(tree.text('server/src/platform/settings.ts'))?.[1] ?? '';
  const real = new Set([...source.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name = '']) => name));
  const told = new Set([...tree.text('docs/operating.md').matchAll(/^\| `([A-Z][A-Z0-9_]+)`/gm)].map(([, name = '']) => name));
  if (real.size === 0) return ['server/src/platform/settings.ts: no settings found, mend this check'];
  return [
    ...[...real].filter((name) => !told.has(name)).map((name) => `docs/operating.md does not tell of ${name}`),
    ...[...told].filter((name) => !real.has(name)).map((name) => `docs/operating.md tells of ${name}, which is no setting`),
  ];
}

/** Words that promise what is not there, in texts and in code. */
export function forbiddenWords(tree: Tree): string[] {
  const pattern = new RegExp(`\\b(${FORBIDDEN.join('|')})\\b`, 'g');
  return tree
    .files('**/*.{md,ts,tsx,css,html,json}', '.ci/*')
    .filter((file) => file !== 'package-lock.json')
    .flatMap((file) =>
      tree
        .text(file)
        .split('\n')
        .flatMap((line, index) => [...line.matchAll(pattern)].map(([word]) => `${file}:${index + 1}: ${word}`)),
    );
}

/** Fenced blocks and code spans, where commands stand. */
function codeIn(text: string): string {
  return [...text.matchAll(/```[\s\S]*?```|`[^`\n]*`/g)].map(([code]) => code).join('\n');
}

function targetsIn(text: string): string[] {
  const prose = text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
  const written = [...prose.matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map(([, target = '']) => target);
  const tagged = [...prose.matchAll(/\b(?:src|href|srcset)="([^"\s]+)"/g)].map(([, target = '']) => target);
  return [...written, ...tagged];
}

function singular(word: string): string {
  return word.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '');
}
