/**
 * Starts the server with little memory. JavaScript, because the first TypeScript file of a process loads what reads
 * TypeScript (18 MB, for good), unless the code it compiles to is kept already.
 */
import { enableCompileCache, flushCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// What is loaded at the start lives long: the space for young objects need not grow for it, and would not shrink again.
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--optimize-for-size');
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/code', import.meta.url)));
await import('./src/main.ts');
flushCompileCache();
setFlagsFromString('--no-optimize-for-size');
setFlagsFromString('--semi-space-growth-factor=2');
// Once, before anybody is served: what only the start needed is given back, and the rest moves together.
setFlagsFromString('--expose-gc');
runInNewContext('gc')({ type: 'major', flavor: 'last-resort' });
