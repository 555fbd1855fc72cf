/** Build and development server of the web app. The server package serves `dist/` as it is. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const SERVER = `http://127.0.0.1:${process.env['PORT'] ?? '3000'}`;
/** What the server answers itself, also while Vite serves the app. */
const SERVER_PATHS = '^/(api|media|embed|oembed|healthz|readyz|metrics|ledger/|sitemap|feed\\.atom|robots\\.txt)';
/** Server-rendered or redirected pages that a plain navigation must reach even in development. */
const SERVER_PAGES = '^/@[^/]+/(post/[^/]+/video\\.mp4|atom)';
const COMPRESSED = /\.(js|css|html|json|svg|webmanifest)$/;

/** Writes a `.br` beside each text file of the build, so that no request pays for compression. */
function brotliBeside(): Plugin {
  return {
    name: 'brotli-beside',
    apply: 'build',
    enforce: 'post',
    async writeBundle(options) {
      const folder = options.dir ?? 'dist';
      for (const fileName of await readdir(folder, { recursive: true })) {
        if (!COMPRESSED.test(fileName) || fileName.startsWith('.vite')) continue;
        const source = await readFile(join(folder, fileName));
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
        await writeFile(join(folder, `${fileName}.br`), brotliCompressSync(source, { params }));
      }
    },
  };
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
        const firstNames = new Set(['start', 'FeedScreen']);
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
        for (const chunk of chunks) if (firstNames.has(chunk.name) && chunk.isDynamicEntry) visit(chunk.fileName);
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

export default defineConfig({
  appType: 'spa',
  resolve: {
    alias: {
      'react/jsx-runtime': 'preact/jsx-runtime',
      'react/jsx-dev-runtime': 'preact/jsx-runtime',
      'react-dom/client': 'preact/compat/client',
      'react-dom': 'preact/compat',
      react: 'preact/compat',
    },
  },
  build: {
    target: 'es2022',
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    sourcemap: false,
    rollupOptions: {
      // "use client" marks in packages mean nothing in an app without server components.
      onLog: (level, log, report) => log.code === 'MODULE_LEVEL_DIRECTIVE' || report(level, log),
      input: 'index.html',
    },
  },
  worker: {
    format: 'es',
    // The service worker rules only what lies below it: it must stand at the root, under one name.
    rollupOptions: { output: { entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') } },
  },
  plugins: [firstScreenAhead(), brotliBeside()],
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
