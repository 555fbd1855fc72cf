/** Load on a loopback address for a stated time, and how much CPU its server spent on it. */
import autocannon from 'autocannon';
import { cpuSecondsOf } from './machine.ts';

/** A server under load. */
export interface Target {
  pid: number;
  url: string;
  headers?: Record<string, string>;
  /** Different ranges, in turn; each `bytes=a-b`. */
  ranges?: readonly string[];
  /** Different paths, in turn. */
  paths?: readonly string[];
}

const SECONDS = 3;
const CONNECTIONS = 16;

/** Requests served per CPU-second of the server; throws where an answer is not 2xx. */
export async function servedPerCpuSecond(target: Target): Promise<number> {
  const before = cpuSecondsOf(target.pid);
  const result = await autocannon({
    url: target.url,
    connections: CONNECTIONS,
    duration: SECONDS,
    headers: target.headers ?? {},
    ...(target.paths ? { requests: target.paths.map((path) => ({ path, headers: target.headers ?? {} })) } : {}),
    ...(target.ranges ? { requests: target.ranges.map((range) => ({ headers: { ...target.headers, range } })) } : {}),
  });
  const cpuSeconds = cpuSecondsOf(target.pid) - before;
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${target.url}: ${result.non2xx} answers were not 2xx, ${result.errors} failed`);
  return result.requests.total / cpuSeconds;
}
