/** The kernel in Chromium: bundled by the tool that bundles the pages, in a blank page that no server of ours answers. */
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { launchBrowser } from '../browser.ts';
import type { kernel } from './page.ts';

/** What the page can be asked, from outside. */
export type Kernel = {
  [Name in keyof typeof kernel]: (
    asked: Parameters<(typeof kernel)[Name]>[0],
  ) => Promise<ReturnType<(typeof kernel)[Name]>>;
} & { version: string; close: () => Promise<void> };

async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('page.ts', import.meta.url));
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'es2022', lib: { entry, formats: ['iife'], name: 'kernelPage' } },
  });
  const [output] = Array.isArray(made) ? made : [made];
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (chunk === undefined) throw new Error('the kernel was not bundled');
  return chunk.code;
}

/** Opens a browser with the kernel in a page. */
export async function openKernel(): Promise<Kernel> {
  const code = await bundle();
  const browser: Browser = await launchBrowser();
  const page = await browser.newPage();
  await page.addScriptTag({ content: code });
  const ask =
    <Name extends keyof typeof kernel>(name: Name) =>
    async (asked: Parameters<(typeof kernel)[Name]>[0]): Promise<ReturnType<(typeof kernel)[Name]>> =>
      page.evaluate(
        ([which, what]) =>
          (globalThis as unknown as { kernel: Record<string, (asked: unknown) => unknown> }).kernel[which]?.(what),
        [name, asked] as const,
      ) as Promise<ReturnType<(typeof kernel)[Name]>>;
  return {
    golden: ask('golden'),
    hashes: ask('hashes'),
    receipt: ask('receipt'),
    times: ask('times'),
    version: browser.version(),
    close: () => browser.close(),
  };
}
