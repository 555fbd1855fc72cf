/** What the system accounts of processes: CPU seconds and memory of a process and all below it (proc(5); Linux). */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

interface ProcessLine {
  pid: number;
  parentPid: number;
  /** Own user and system time, and that of children that ended and were waited for. */
  cpuSeconds: number;
  /** Its own alone. */
  ownSeconds: number;
  /** Tells a process from a later one of the same number. */
  startedTicks: string;
}

function readProcesses(): ProcessLine[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
        return [
          {
            pid: Number(name),
            parentPid: Number(fields[1]),
            cpuSeconds: ticks / TICKS_PER_SECOND,
            ownSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
            startedTicks: fields[19] ?? '',
          },
        ];
      } catch {
        return [];
      }
    });
}

/** A process and all its living descendants. */
function treeOf(pid: number): ProcessLine[] {
  const all = readProcesses();
  const wanted = new Set([pid]);
  for (let grew = true; grew;) {
    grew = false;
    for (const line of all) {
      if (wanted.has(line.parentPid) && !wanted.has(line.pid)) {
        wanted.add(line.pid);
        grew = true;
      }
    }
  }
  return all.filter((line) => wanted.has(line.pid));
}

/** User and system seconds that a process, its ended children and its living descendants have used so far. */
export function cpuSecondsOf(pid: number): number {
  return treeOf(pid).reduce((sum, line) => sum + line.cpuSeconds, 0);
}

/** Resident bytes of a process and its descendants. */
export function residentBytesOf(pid: number): number {
  return treeOf(pid).reduce((sum, line) => {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${line.pid}/status`, 'utf8'))?.[1];
    return sum + Number(kilobytes ?? 0) * 1024;
  }, 0);
}

/** How often a followed tree is looked at: a process that ends loses at most so much of its last seconds. */
const LOOK_MS = 50;

/**
 * Follows a process and all below it, also those that nobody waits for: what runs inside bubblewrap ends without its time being
 * added to any parent, so `cpuSecondsOf` never sees it once it has ended.
 */
export function followCpu(pid: number): { seconds(): number; stop(): void } {
  const seen = new Map<string, number>();
  const look = (): void => {
    for (const line of treeOf(pid)) seen.set(`${line.pid} ${line.startedTicks}`, line.ownSeconds);
  };
  look();
  const timer = setInterval(look, LOOK_MS);
  return {
    seconds: () => {
      look();
      return [...seen.values()].reduce((sum, seconds) => sum + seconds, 0);
    },
    stop: () => clearInterval(timer),
  };
}
