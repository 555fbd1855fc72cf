/** Build and development server of the web app. The server package serves `dist/` as it is. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const SERVER = `http://127.0.0.1:${process.env['PORT'] ?? '3000'}`;
/** What the server answers itself, also while Vite serves the app. */
const SERVER_PATHS =
  '^/(api|media|fonts/|emoji/|embed|oembed|healthz|readyz|metrics|ledger/|sitemap|feed\\.atom|robots\\.txt)';
/** Server-rendered or redirected pages that a plain navigation must reach even in development. */
const SERVER_PAGES = '^/@[^/]+/(post/[^/]+/video\\.mp4|atom)';

interface ModuleGraph {
  getModuleInfo: (id: string) => { importedIds: readonly string[]; code: string | null } | null;
}

const ICON_FILE = /lucide-react\/dist\/esm\/icons\/([^/]+)\.m?js$/;
const ICON_IMPORT = /import \{([^}]*)\} from ["']lucide-react["']/g;

/** The file names of the icons that a module imports from the package's one big door: `Volume2` is volume-2. */
function iconsOf(code: string): string[] {
  return [...code.matchAll(ICON_IMPORT)].flatMap((found) =>
    (found[1] ?? '')
      .split(',')
      .map((name) => (name.trim().split(' ')[0] ?? '').replace(/(?<=.)([A-Z]|\d+)/g, '-$1').toLowerCase()),
  );
}

/** A module and all that it imports at once (not by `import()`); of the icons only those named. */
function closureOf(entry: string, graph: ModuleGraph, into: Set<string>): Set<string> {
  if (into.has(entry)) return into;
  into.add(entry);
  const info = graph.getModuleInfo(entry);
  for (const icon of iconsOf(info?.code ?? '')) into.add(`icon ${icon}`);
  for (const next of info?.importedIds ?? []) if (!ICON_FILE.test(next)) closureOf(next, graph, into);
  return into;
}

const SOURCE = fileURLToPath(new URL('src/', import.meta.url));
let baseModules: Set<string> | undefined;
let watchModules: Set<string> | undefined;

/** Two chunks for the first screen, so that it is two requests and one compression each: the shell, and watching. */
function groupOf(id: string, graph: ModuleGraph): string | null {
  baseModules ??= closureOf(`${SOURCE}app/start.tsx`, graph, closureOf(`${SOURCE}main.ts`, graph, new Set()));
  watchModules ??= closureOf(`${SOURCE}feed/FeedScreen.tsx`, graph, new Set());
  if (id === `${SOURCE}main.ts`) return null;
  const icon = ICON_FILE.exec(id)?.[1];
  const name = icon === undefined ? id : `icon ${icon}`;
  if (baseModules.has(name)) return 'base';
  return watchModules.has(name) ? 'watch' : null;
}

/** Tells the browser about the first screen's chunks in the page itself: no chain of requests before the first video. */
function firstScreenAhead(): Plugin {
  return {
    name: 'first-screen-ahead',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, context) {
        const chunks = Object.values(context.bundle ?? {}).filter((output) => output.type === 'chunk');
        const firstNames = new Set(['base', 'watch', 'start', 'FeedScreen']);
        const wanted = new Set<string>();
        const styles = new Set<string>();
        const visit = (fileName: string): void => {
          if (wanted.has(fileName)) return;
          const chunk = chunks.find((candidate) => candidate.fileName === fileName);
          if (chunk === undefined) return;
          wanted.add(fileName);
          const { importedCss } = chunk as unknown as { importedCss?: Set<string> } & {
            viteMetadata?: { importedCss: Set<string> };
          };
          for (const style of importedCss ?? chunk.viteMetadata?.importedCss ?? []) styles.add(style);
          chunk.imports.forEach(visit);
        };
        for (const chunk of chunks) if (firstNames.has(chunk.name)) visit(chunk.fileName);
        return [
          ...[...styles].map((href) => ({
            tag: 'link',
            attrs: { rel: 'stylesheet', crossorigin: true, href: `/${href}` },
            injectTo: 'head' as const,
          })),
          ...[...wanted].map((href) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `/${href}` },
            injectTo: 'head' as const,
          })),
        ];
      },
    },
  };
}

/**
 * Names every file of the app for the service worker, which keeps them all: a screen opened first without a network works.
 * Their hash stands in the worker, so that a build with any other file is another worker.
 */
function namesParts(): Plugin {
  return {
    name: 'names-parts',
    apply: 'build',
    generateBundle: {
      // After Vite has taken out the chunks that held styles alone.
      order: 'post',
      handler(_options, bundle) {
        const parts = Object.keys(bundle).filter((name) => /^assets\/.*\.(js|css|json)$/.test(name));
        const source = JSON.stringify(parts.sort());
        this.emitFile({ type: 'asset', fileName: 'assets/parts.json', source });
        const worker = bundle['sw.js'];
        if (worker?.type !== 'asset') throw new Error('the service worker was not built');
        const hash = createHash('sha256').update(source).digest('hex').slice(0, 16);
        const stamped = String(worker.source).replace('BUILD_HASH', hash);
        if (stamped === String(worker.source)) throw new Error('the service worker has no place for its hash');
        worker.source = stamped;
      },
    },
  };
}

/** The text of the algorithm's page is the document in the repository. */
const ALGORITHM_DOCUMENT = readFileSync(new URL('../docs/algorithm.md', import.meta.url), 'utf8');

export default defineConfig({
  appType: 'spa',
  define: { ALGORITHM_DOCUMENT: JSON.stringify(ALGORITHM_DOCUMENT) },
  resolve: {
    alias: {
      'react/jsx-runtime': 'preact/jsx-runtime',
      'react/jsx-dev-runtime': 'preact/jsx-runtime',
      'react-dom/client': 'preact/compat/client',
      'react-dom': 'preact/compat',
      react: 'preact/compat',
      // A stand-in for old React versions, which preact is not.
      'use-sync-external-store/shim/index.js': 'preact/compat',
    },
  },
  build: {
    // `light-dark()` stays as it is written: rewritten for older browsers it would follow the system even where a subtree is dark.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    target: 'es2022',
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    sourcemap: false,
    rollupOptions: {
      // "use client" marks in packages mean nothing in an app without server components.
      onLog: (level, log, report) => log.code === 'MODULE_LEVEL_DIRECTIVE' || report(level, log),
      input: 'index.html',
      output: { codeSplitting: { groups: [{ name: groupOf, debugName: 'first screen' }] } },
    },
  },
  worker: {
    format: 'es',
    // The service worker rules only what lies below it: it must stand at the root, under one name.
    rollupOptions: {
      output: { entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
  plugins: [firstScreenAhead(), namesParts()],
  server: {
    host: '127.0.0.1',
    port: Number(process.env['WEB_PORT'] ?? '5173'),
    strictPort: true,
    proxy: {
      [SERVER_PATHS]: { target: SERVER, changeOrigin: false },
      [SERVER_PAGES]: { target: SERVER, changeOrigin: false },
    },
  },
});
