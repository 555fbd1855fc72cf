/** The rival of every HTTP figure: node's own server answering two words. */
import { createServer } from 'node:http';

const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{"hello":"world"}');
});
server.listen(Number(process.env.PORT), '127.0.0.1');
