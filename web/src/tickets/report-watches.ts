/** Puts the parts together for a page: hears of watches, draws tickets, sends reports. Everything waits for its random time. */
import type { Ticket } from '@vitrine/schema';
import { currentMe } from '../api/me.ts';
import { scriptUrl } from '../app/offline.ts';
import { wantsProfile } from '../taste/wants-profile.ts';
import { onWatchPrefs, watchPrefs } from '../watch/prefs.ts';
import { onWatched } from '../watch/watched.ts';
import drawWorkerUrl from './draw.worker.ts?worker&url';
import {
  addTickets,
  noteWatch,
  openAgain,
  sealDue,
  settle,
  wantsDraw,
  type Moment,
  type NotedWatch,
} from './learning.ts';
import { between, PACE, type Pace } from './pace.ts';
import { sendReport } from './send.ts';
import { change, forget } from './wallet.ts';
import { watchTold } from './watch-told.ts';

/** A journey in a test may live faster: set before the page's scripts run. */
const pace: Pace = { ...PACE, ...(globalThis as { vitrinePace?: Partial<Pace> }).vitrinePace };

/** How often it is looked whether something is due; a browser that sleeps looks later. */
const LOOK_MS = Math.min(20_000, pace.report[0]);

/** Chance that nobody can foresee, at least 0 and below 1. */
function random(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
}

function moment(): Moment {
  return { nowMs: Date.now(), random, pace };
}

/** Learning from liked watches is for who may and wants to have a profile; counts are for all. */
async function isPersonal(): Promise<boolean> {
  const me = currentMe();
  const mayBe = me === null || (me !== undefined && me.ageBand !== '13to15');
  return mayBe && (await wantsProfile());
}

/** Takes a watch in, to be reported some time later. */
async function noteOne(watch: NotedWatch): Promise<void> {
  if (!watchPrefs().helpsLearn) return;
  const personal = await isPersonal();
  await change((learning) => noteWatch(learning, watch, { ...moment(), isPersonal: personal }));
}

async function sendOne(): Promise<void> {
  let sealed: ReturnType<typeof sealDue>;
  // Kept before it is sent: after a crash the same words are sent again, which has no further effect.
  await change((learning) => {
    sealed = sealDue(learning, moment());
    return sealed?.learning ?? learning;
  });
  const report = sealed?.report;
  if (!report) return;
  const answer = await sendReport(report.sealed);
  await change((learning) => settle(learning, report, { ...moment(), answer }));
}

function askWorker(): Promise<Ticket[] | undefined> {
  return new Promise((resolve) => {
    const worker = new Worker(scriptUrl(drawWorkerUrl), { type: 'module' });
    const done = (tickets: Ticket[] | undefined): void => {
      worker.terminate();
      resolve(tickets);
    };
    worker.addEventListener('message', (event: MessageEvent<Ticket[] | undefined>) => done(event.data));
    worker.addEventListener('error', () => done(undefined));
    worker.postMessage('draw');
  });
}

let drawAtMs = Date.now() + between(pace.draw, random());

async function drawSome(): Promise<void> {
  if (Date.now() < drawAtMs) return;
  const isSignedIn = Boolean(currentMe());
  drawAtMs = Date.now() + between(pace.drawAgain, random());
  await change(async (learning) => {
    if (!wantsDraw(learning, Date.now(), isSignedIn)) return learning;
    const tickets = await askWorker();
    return tickets ? addTickets(learning, tickets, { nowMs: Date.now(), isSignedIn }) : learning;
  });
}

async function look(): Promise<void> {
  if (!watchPrefs().helpsLearn) return;
  await drawSome();
  await sendOne();
}

/** Starts it. Called once a page, when the page is quiet. */
export function reportWatches(): void {
  void change((learning) => openAgain(learning, moment()));
  onWatched((watched) => {
    const watch = watched.isOver ? watchTold(watched) : undefined;
    if (watch) void noteOne(watch);
  });
  onWatchPrefs(() => {
    if (!watchPrefs().helpsLearn) void forget();
  });
  let isBusy = false;
  setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    void look()
      .catch(() => undefined)
      .finally(() => {
        isBusy = false;
      });
  }, LOOK_MS);
}
