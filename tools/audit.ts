/**
 * `npm run audit`: known holes in what we depend on, moderate or worse, fail unless waived until a date in audit-waivers.json.
 * Ends with `N passed, N failed`; where the registry answers no audit, that is a skip with its reason.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './check/command.ts';
import { tallyLine, tallyOf, type Outcome } from './check/tally.ts';

/** A hole that is accepted for a while: its address, the last day (2026-12-31), and why. */
export interface Waiver {
  url: string;
  until: string;
  why: string;
}

const COUNTED = new Set(['moderate', 'high', 'critical']);

interface Advisory {
  name: string;
  title: string;
  url: string;
  severity: string;
}

/** What npm's report means on the given UTC day. */
export function judgeReport(report: unknown, waivers: readonly Waiver[], day: string): Outcome[] {
  if (!isRecord(report) || !isRecord(report['vulnerabilities'])) return [unanswered(report)];
  const advisories = new Map(advisoriesIn(report['vulnerabilities']).map((advisory) => [advisory.url, advisory]));
  const open = [...advisories.values()].filter(({ severity }) => COUNTED.has(severity));
  if (open.length === 0) return [{ kind: 'passed', name: 'no known hole of moderate or worse' }];
  return open.map(({ name, title, url, severity }) => {
    const waiver = waivers.find((candidate) => candidate.url === url && candidate.until >= day);
    const told = `${name}: ${title} (${severity}, ${url})`;
    if (waiver) return { kind: 'skipped', name: told, detail: `waived until ${waiver.until}: ${waiver.why}` };
    return { kind: 'failed', name: told, detail: 'update it, or waive it with a date in tools/audit-waivers.json' };
  });
}

function unanswered(report: unknown): Outcome {
  const status = isRecord(report) && typeof report['statusCode'] === 'number' ? ` (HTTP ${report['statusCode']})` : '';
  return { kind: 'skipped', name: 'known holes', detail: `the registry answers no audit${status}` };
}

function advisoriesIn(vulnerabilities: Record<string, unknown>): Advisory[] {
  return Object.values(vulnerabilities)
    .flatMap((vulnerability) =>
      isRecord(vulnerability) && Array.isArray(vulnerability['via']) ? vulnerability['via'] : [],
    )
    .filter((via: unknown): via is Advisory => isRecord(via) && typeof via['url'] === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function askNpm(): Promise<unknown> {
  const output = await new Promise<string>((resolve) => {
    // npm ends with 1 when it found something: its report is what counts
    execFile('npm', ['audit', '--json'], { cwd: ROOT, maxBuffer: 64 * 1024 ** 2 }, (_error, stdout) => resolve(stdout));
  });
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  const waivers = JSON.parse(readFileSync(join(import.meta.dirname, 'audit-waivers.json'), 'utf8')) as Waiver[];
  const outcomes = judgeReport(await askNpm(), waivers, new Date().toISOString().slice(0, 10));
  for (const { kind, name, detail } of outcomes)
    console.log(`${kind}: ${name}${detail === undefined ? '' : `: ${detail}`}`);
  const tally = tallyOf(outcomes);
  console.log(tallyLine(tally));
  process.exitCode = tally.failed > 0 ? 1 : 0;
}
