/**
 * What a device tells a region that wants to learn, and when. Pure: time and chance come by argument, each act gives a new state.
 * Watches become reports (one a watch, for counts) and, three liked ones together, chunks (for learning); each is sent once,
 * alone, at a random later time, paid with tickets that nobody can tell from anybody's.
 */
import { TICKET_KEY_DAYS, TICKETS_A_DAY, type Ticket, type WatchReport } from '@vitrine/schema';
import { between, PLANNED_TICKETS, type Pace } from './pace.ts';

/** One watch of a public post, as the player tells it. */
export interface NotedWatch {
  /** Public number. */
  post: number;
  /** Tenths of it that were watched, 0 to 9. */
  outcomeBucket: number;
  loops: number;
  isSkip: boolean;
  /** Watched to its end, or long, or liked. */
  isPositive: boolean;
  /** It was watched often enough by others. */
  mayStandInChunk: boolean;
}

/** A ticket in the wallet. */
interface HeldTicket extends Ticket {
  drawnAtMs: number;
}

/** What will be sent. Once `sealed` it is sent again word for word until the server has answered. */
interface WaitingReport {
  kind: 'single' | 'chunk';
  what: Omit<NotedWatch, 'isPositive' | 'mayStandInChunk'> | { posts: [number, number, number] };
  notedAtMs: number;
  dueAtMs: number;
  sealed?: WatchReport;
}

/** All that is kept on the device for this. */
export interface Learning {
  tickets: HeldTicket[];
  waiting: WaitingReport[];
  /** Liked watches that wait for two more. */
  positives: { post: number; notedAtMs: number }[];
  lastSent?: { kind: WaitingReport['kind']; atMs: number };
  /** The UTC day of the last draw, and whether it was with an account. */
  drawn?: { day: string; isSignedIn: boolean };
  /** Tickets that all watches of a day would have taken: today, and on the last day before it. */
  wanted: { day: string; today: number; before: number };
}

/** Time and chance as an act needs them. */
export interface Moment {
  nowMs: number;
  /** At least 0, below 1. */
  random(): number;
  pace: Pace;
}

const CHUNK = 3;
const DAY_MS = 86_400_000;

/** A device that knows nothing yet. */
export const NOTHING_LEARNT: Learning = {
  tickets: [],
  waiting: [],
  positives: [],
  wanted: { day: '', today: 0, before: 0 },
};

/** The UTC day of a moment. */
export function dayOf(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 10);
}

/**
 * Takes a watch in. A device that watches more than its tickets allow reports a uniform sample: each watch with the same chance,
 * by how many tickets the day before would have taken.
 * @param isPersonal false: without a profile only counts are reported
 */
export function noteWatch(learning: Learning, watch: NotedWatch, at: Moment & { isPersonal: boolean }): Learning {
  const { nowMs, random, pace } = at;
  const isForChunk = at.isPersonal && watch.isPositive && watch.mayStandInChunk;
  const wanted = countWanted(learning.wanted, dayOf(nowMs), isForChunk ? 2 : 1);
  const noted = { ...learning, wanted };
  if (random() >= PLANNED_TICKETS / Math.max(PLANNED_TICKETS, wanted.before)) return noted;
  const { post, outcomeBucket, loops, isSkip } = watch;
  const due = (): { notedAtMs: number; dueAtMs: number } => ({
    notedAtMs: nowMs,
    dueAtMs: nowMs + between(pace.report, random()),
  });
  const single: WaitingReport = { kind: 'single', what: { post, outcomeBucket, loops, isSkip }, ...due() };
  const waiting = [...learning.waiting, single];
  const isNew = isForChunk && learning.positives.every((positive) => positive.post !== post);
  const positives = isNew ? [...learning.positives, { post, notedAtMs: nowMs }] : learning.positives;
  const [first, second, third, ...rest] = positives;
  if (!first || !second || !third) return { ...noted, waiting, positives };
  const posts: [number, number, number] = [first.post, second.post, third.post];
  // In the order of their numbers: the order of watching is nobody's business.
  posts.sort((one, other) => one - other);
  return { ...noted, waiting: [...waiting, { kind: 'chunk', what: { posts }, ...due() }], positives: rest };
}

function countWanted(wanted: Learning['wanted'], day: string, more: number): Learning['wanted'] {
  if (wanted.day === day) return { ...wanted, today: wanted.today + more };
  return { day, today: more, before: wanted.today };
}

/** The page was opened: what is overdue waits for a random time from now; what is too old, or can no longer be paid with, goes. */
export function openAgain(learning: Learning, { nowMs, random, pace }: Moment): Learning {
  const isKept = ({ notedAtMs }: { notedAtMs: number }): boolean => notedAtMs > nowMs - pace.keepMs;
  return {
    ...learning,
    tickets: goodTickets(learning, nowMs),
    positives: learning.positives.filter(isKept),
    waiting: learning.waiting
      .filter(isKept)
      .map((report) =>
        report.dueAtMs > nowMs ? report : { ...report, dueAtMs: nowMs + between(pace.report, random()) },
      ),
  };
}

/** Tickets whose key is still taken. */
function goodTickets({ tickets }: Learning, nowMs: number): HeldTicket[] {
  const oldest = dayOf(nowMs - (TICKET_KEY_DAYS - 1) * DAY_MS);
  return tickets.filter((ticket) => ticket.key.slice(0, 10) >= oldest);
}

/** Whether tickets are to be drawn: once a UTC day, and once more after signing in. */
export function wantsDraw(learning: Learning, nowMs: number, isSignedIn: boolean): boolean {
  const { drawn } = learning;
  return drawn?.day !== dayOf(nowMs) || (isSignedIn && !drawn.isSignedIn);
}

/** Tickets were drawn. Of older ones a day's number stays: whoever watches little does not gather a heap. */
export function addTickets(
  learning: Learning,
  tickets: readonly Ticket[],
  { nowMs, isSignedIn }: { nowMs: number; isSignedIn: boolean },
): Learning {
  const held = tickets.map((ticket) => ({ ...ticket, drawnAtMs: nowMs }));
  return {
    ...learning,
    tickets: [...goodTickets(learning, nowMs).slice(-TICKETS_A_DAY), ...held],
    drawn: { day: dayOf(nowMs), isSignedIn },
  };
}

/**
 * The report to send now, sealed with its tickets, which leave the wallet; undefined when none is due, none can be paid for, or
 * the other kind was sent too short ago.
 */
export function sealDue(
  learning: Learning,
  { nowMs, pace }: Moment,
): { learning: Learning; report: WaitingReport & { sealed: WatchReport } } | undefined {
  const { lastSent } = learning;
  const isApart = (kind: WaitingReport['kind']): boolean =>
    lastSent === undefined || lastSent.kind === kind || nowMs - lastSent.atMs >= pace.apartMs;
  const due = learning.waiting
    .filter((report) => report.dueAtMs <= nowMs && isApart(report.kind))
    .sort((one, other) => one.dueAtMs - other.dueAtMs);
  const rested = goodTickets(learning, nowMs).filter((ticket) => nowMs - ticket.drawnAtMs >= pace.restMs);
  const report = due.find(
    ({ kind, sealed }) => sealed !== undefined || rested.length >= (kind === 'single' ? 1 : CHUNK),
  );
  if (!report) return undefined;
  const spent = report.sealed ? [] : rested.slice(0, report.kind === 'single' ? 1 : CHUNK);
  const sealed = { ...report, sealed: report.sealed ?? seal(report, spent) };
  return {
    report: sealed,
    learning: {
      ...learning,
      tickets: learning.tickets.filter((ticket) => !spent.includes(ticket)),
      waiting: learning.waiting.map((one) => (one === report ? sealed : one)),
      lastSent: { kind: report.kind, atMs: nowMs },
    },
  };
}

function seal({ what }: WaitingReport, spent: readonly HeldTicket[]): WatchReport {
  const [first, second, third] = spent.map(({ key, input, output }) => ({ key, input, output }));
  if (!first) throw new Error('a report is paid with tickets');
  if (!('posts' in what)) return { ticket: first, ...what };
  if (!second || !third) throw new Error('a chunk is paid with three tickets');
  return { tickets: [first, second, third], posts: what.posts };
}

/**
 * What the server said to a report. ended: it has it, or will never take it; its tickets are gone either way, because a ticket that was
 * shown with one report and then with another would tie the two · unpaid: its tickets are not taken · unanswered: not known whether it has it.
 */
export type Answer = 'ended' | 'unpaid' | 'unanswered';

/** Takes the answer in. */
export function settle(learning: Learning, report: WaitingReport, at: Moment & { answer: Answer }): Learning {
  const { nowMs, random, pace, answer } = at;
  const text = JSON.stringify(report.sealed);
  const others = learning.waiting.filter((one) => !one.sealed || JSON.stringify(one.sealed) !== text);
  if (answer === 'ended') return { ...learning, waiting: others };
  const { sealed, ...unsealed } = report;
  const isSealed = sealed !== undefined && answer === 'unanswered';
  const again = { ...unsealed, ...(isSealed && { sealed }), dueAtMs: nowMs + between(pace.report, random()) };
  return { ...learning, waiting: [...others, again] };
}
