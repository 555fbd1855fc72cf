/** The pages with hot reload; everything else is passed on to the server on PORT. */
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const pages = await createServer({
  root: fileURLToPath(new URL('../web', import.meta.url)),
  server: { port: Number(process.env.WEB_PORT), strictPort: true },
});
await pages.listen();
pages.printUrls();
process.once('SIGTERM', () => void pages.close().then(() => process.exit(0)));
