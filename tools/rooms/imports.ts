/** Reads which modules a source file names: values, types, re-exports and `import()` alike. */
import { parseSync } from 'vite';

/** One module named by a file: the specifier as written, and the line it stands on (from 1). */
interface ImportSite {
  specifier: string;
  line: number;
}

const IMPORTING_NODES = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
  'TSExternalModuleReference',
]);

/** Every module that the TypeScript text names; throws with the file's name where the text does not parse. */
export function importsOf(fileName: string, text: string): ImportSite[] {
  const parsed = parseSync(fileName, text);
  const fault = parsed.errors[0];
  if (fault) throw new Error(`${fileName}: ${fault.message}`);
  const sites: ImportSite[] = [];
  collect(parsed.program, (specifier, start) =>
    sites.push({ specifier, line: text.slice(0, start).split('\n').length }),
  );
  return sites;
}

function collect(node: unknown, found: (specifier: string, start: number) => void): void {
  if (Array.isArray(node)) {
    for (const child of node) collect(child, found);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  if ('type' in node && typeof node.type === 'string' && IMPORTING_NODES.has(node.type)) {
    const source = namedModule(node);
    if (source) found(source.value, source.start);
  }
  for (const child of Object.values(node)) collect(child, found);
}

function namedModule(node: object): { value: string; start: number } | undefined {
  const source: unknown = 'source' in node ? node.source : 'expression' in node ? node.expression : undefined;
  if (typeof source !== 'object' || source === null || !('value' in source) || !('start' in source)) return undefined;
  if (typeof source.value !== 'string' || typeof source.start !== 'number') return undefined;
  return { value: source.value, start: source.start };
}
