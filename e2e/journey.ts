/** What every file of journeys begins with: one real server and one browser, started before its tests and closed after them. */
import { after, before } from 'node:test';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser, PHONE, type BrowserNeeds } from './browser.ts';
import { NO_LIMITS, signInBrowser, type Person } from './person.ts';
import { startServer, type RunningServer } from './server.ts';

/** How a page is opened: on what, at which path, and by whom (nobody: signed out). */
export interface Opening {
  on?: BrowserContextOptions;
  path?: string;
  as?: Person;
  /** The feed in order of time instead of ranked, so that it is known what comes next. */
  isByTime?: boolean;
}

/** A page in a context of its own; the context is closed when the journeys end, or before. */
export interface Opened {
  page: Page;
  context: BrowserContext;
}

/** The server and the browser of a file of journeys; there only while its tests run. */
interface Journeys {
  readonly server: RunningServer;
  readonly browser: Browser;
  /** Opens a page: a phone, the feed and nobody signed in, unless told otherwise. */
  open(opening?: Opening): Promise<Opened>;
}

/** What journeys differ in. */
interface JourneyNeeds {
  /** On top of those that lift all limits. */
  settings?: Record<string, string>;
  browser?: BrowserNeeds;
  /** What must be there before the first test: people, posts. */
  prepare?: () => Promise<void>;
}

/** Call once at the top of a file. */
export function journeys(needs: JourneyNeeds = {}): Journeys {
  let started: { server: RunningServer; browser: Browser } | undefined;
  const there = () => {
    if (started === undefined) throw new Error('server and browser are there only while tests run');
    return started;
  };
  before(async () => {
    const server = await startServer({ settings: { ...NO_LIMITS, ...needs.settings } });
    // One after the other: what failed second would leave the first one running for ever.
    const browser = await launchBrowser(needs.browser).catch(async (cause: unknown) => {
      await server.close();
      throw cause;
    });
    started = { server, browser };
    await needs.prepare?.();
  });
  after(async () => {
    if (started !== undefined) await Promise.all([started.browser.close(), started.server.close()]);
  });
  return {
    get server() {
      return there().server;
    },
    get browser() {
      return there().browser;
    },
    open: async (opening) => open(there(), opening),
  };
}

async function open(
  { server, browser }: { server: RunningServer; browser: Browser },
  { on = PHONE, path = '/', as, isByTime = false }: Opening = {},
): Promise<Opened> {
  const context = await browser.newContext(on);
  if (as !== undefined) await signInBrowser(context, server.url, as);
  if (isByTime) await context.addInitScript(() => localStorage.setItem('feed-mode', 'newest'));
  const page = await context.newPage();
  await page.goto(server.url + path);
  return { page, context };
}
