/** P1: what a signed-out first page of For You is ranked from (heads, fresh, trending), files served per CPU-second, against hello world. */
import { takeRounds, tell } from './figure.ts';
import { servedPerCpuSecond } from './load.ts';
import { startManyPosts } from './many-posts.ts';
import { startHello } from './rivals/rivals.ts';

const POSTS = 10_000;
const { server, heads, clear } = await startManyPosts(POSTS);
const hello = await startHello();
const ours = {
  pid: server.process.pid ?? 0,
  url: `http://127.0.0.1:${server.port}/`,
  headers: { 'accept-encoding': 'br' },
  paths: ['/api/v1/shelves/heads', ...heads.shelves.map(({ hash }) => `/api/v1/shelves/${hash}`)],
};
await servedPerCpuSecond(ours);
const result = await takeRounds(5, { ours: () => servedPerCpuSecond(ours), rival: () => servedPerCpuSecond(hello) });
await Promise.all([clear(), hello.close()]);
tell({
  id: 'P1',
  what: `heads, fresh and trending of ${POSTS} posts, served per CPU-second`,
  value: result.ratio,
  unit: 'of hello world',
  limit: { atLeast: 1 / 4 },
  ratio: `${Math.round(result.ours)} against ${Math.round(result.rival)} per CPU-s`,
});
