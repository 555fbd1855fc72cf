/** Pictures of screens, for eyes. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const FOLDER = join(import.meta.dirname, 'shots');

/** Saves what the page shows now as e2e/shots/NAME.png; gives the path. */
export async function shoot(page: Page, name: string): Promise<string> {
  await mkdir(FOLDER, { recursive: true });
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path });
  return path;
}
