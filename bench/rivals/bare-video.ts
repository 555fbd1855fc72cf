/** The rival of the first frame: a page that is nothing but one muted video, from a server that does nothing else. */
import { once } from 'node:events';
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { freePort } from '@vitrine/e2e';

/** A page and what serves it. */
interface BarePage {
  url: string;
  close(): void;
}

/** Serves the file under a page of one video with these attributes: `autoplay`, or `preload="auto"`. */
export async function serveBareVideo(videoPath: string, attributes: string): Promise<BarePage> {
  const port = await freePort();
  const { size } = statSync(videoPath);
  const server = createServer((request, response) => {
    if (request.url !== '/clip.mp4') {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<!doctype html><video src="/clip.mp4" ${attributes} muted playsinline></video>`);
      return;
    }
    const start = Number(/bytes=(\d+)/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(206, {
      'content-type': 'video/mp4',
      'accept-ranges': 'bytes',
      'content-length': size - start,
      'content-range': `bytes ${start}-${size - 1}/${size}`,
    });
    createReadStream(videoPath, { start }).pipe(response);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}
