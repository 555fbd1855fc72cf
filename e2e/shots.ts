/** Pictures of screens at the two sizes of the design, for eyes: e2e/shots/NAME-phone.png and NAME-desktop.png. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { DESKTOP, PHONE } from './browser.ts';

const FOLDER = join(import.meta.dirname, 'shots');

/** Saves what the page shows now as e2e/shots/NAME.png; gives the path. */
export async function shoot(page: Page, name: string): Promise<string> {
  await mkdir(FOLDER, { recursive: true });
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path });
  return path;
}

/** What to show at both sizes: `prepare` brings a fresh page to the screen (it may differ in context, say light or right to left). */
export interface Screen {
  name: string;
  context?: BrowserContextOptions;
  prepare: (page: Page, size: 'phone' | 'desktop') => Promise<void>;
}

/** Shoots one screen on the phone (390x844) and on the desktop (1440x900), each in a fresh context. */
export async function shootBoth(browser: Browser, screen: Screen): Promise<string[]> {
  const paths: string[] = [];
  for (const size of ['phone', 'desktop'] as const) {
    const context = await browser.newContext({ ...(size === 'phone' ? PHONE : DESKTOP), ...screen.context });
    try {
      const page = await context.newPage();
      await screen.prepare(page, size);
      paths.push(await shoot(page, `${screen.name}-${size}`));
    } finally {
      await context.close();
    }
  }
  return paths;
}
