/** A door in front of the server that writes down every request that passes: of pages, workers and the service worker alike. */
import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';

/** A request as the browser sent it. */
export interface PassedRequest {
  atMs: number;
  method: string;
  /** Path and query. */
  path: string;
  cookie: string | undefined;
  referer: string | undefined;
  body: string;
  /** Of the answer; 0 until it came. */
  status: number;
}

/** An open door. */
export interface RecordingDoor {
  url: string;
  port: number;
  passed: PassedRequest[];
  /** Where requests are passed on to. Set once the server behind is up. */
  leadTo(port: number): void;
  close(): Promise<void>;
}

/** Opens one on a free port. */
export async function openRecordingDoor(): Promise<RecordingDoor> {
  const passed: PassedRequest[] = [];
  let behind = 0;
  const door = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const seen: PassedRequest = {
      atMs: performance.now(),
      method,
      path: url,
      cookie: headers.cookie,
      referer: headers.referer,
      body: '',
      status: 0,
    };
    passed.push(seen);
    const onward = ask({ host: '127.0.0.1', port: behind, method, path: url, headers }, (answer) => {
      seen.status = answer.statusCode ?? 0;
      outgoing.writeHead(seen.status, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.on('data', (part: Buffer) => (seen.body += part.toString('latin1')));
    incoming.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(door, 'listening');
  const address = door.address();
  if (address === null || typeof address === 'string') throw new Error('no port of 127.0.0.1 was given');
  return {
    url: `http://localhost:${address.port}`,
    port: address.port,
    passed,
    leadTo: (port) => void (behind = port),
    close: async () => {
      door.closeAllConnections();
      door.close();
      await once(door, 'close');
    },
  };
}
