/** Builds the web pages into web/dist. */
import { build } from 'vite';
import { fileURLToPath } from 'node:url';

await build({ root: fileURLToPath(new URL('../web', import.meta.url)), logLevel: 'warn' });
