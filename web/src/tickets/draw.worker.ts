/** Draws tickets away from the page, which would else miss a third of a second. Gives the tickets, or undefined when there are none to get. */
import { drawTickets } from './draw.ts';

const grounds = {
  fetch: (address: string, init: RequestInit) => fetch(address, init),
  randomBytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
};

addEventListener('message', () => {
  drawTickets(grounds).then(
    (tickets) => postMessage(tickets),
    () => postMessage(undefined),
  );
});
