/** Watches a page for what must never happen: errors, refused resources, requests to others, scripts that came from people. */
import type { Page } from 'playwright-core';

/** What was seen; empty where all is well. */
interface PageGuard {
  /** Everything wrong since the page was opened, one sentence each. */
  faults(): string[];
  /** Numbers of the payloads (payloads.ts) that ran, or that stand in the document where a gesture would run them. */
  payloadsAlive(): Promise<string[]>;
}

/** The function that payloads call when they run. */
export const HIT = 'vitrineHit';

const COUNT_HITS = `window.hits = []; window.${HIT} = (number) => { window.hits.push('ran ' + number); };`;

/** Attributes and addresses that would run a text of people's as a script, wherever they stand in the document. */
const FIND_PLANTED = `(() => {
  const planted = [...window.hits];
  const walk = (root) => {
    for (const element of root.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        const isAddress = /^(href|src|action|formaction|data|xlink:href|poster)$/.test(name);
        const isScript = name.startsWith('on') || (isAddress && /^\\s*(javascript|data:text\\/html|vbscript)/i.test(value));
        if (isScript && value.includes('${HIT}')) planted.push('stands in ' + element.localName + ' ' + name);
        if (name === 'srcdoc' && value.includes('${HIT}')) planted.push('stands in a frame');
      }
      if (/^(script|style|base|object|embed)$/.test(element.localName) && element.textContent.includes('${HIT}')
        && !/json$/.test(element.type ?? '')) planted.push('stands in ' + element.localName);
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);
  return planted;
})()`;

/** Starts watching, before the page goes anywhere. Give the origins that it may ask; console errors matching `expected` are let pass. */
export async function guardPage(page: Page, origins: string[], expected?: RegExp): Promise<PageGuard> {
  const faults: string[] = [];
  const note = (fault: string) => {
    if (!expected?.test(fault)) faults.push(fault);
  };
  page.on('pageerror', (error) => note(`an error was thrown: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') note(`the console says: ${message.text()} (${message.location().url})`);
  });
  page.on('dialog', (dialog) => {
    note(`a dialog came up: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (!['data:', 'blob:', 'about:'].includes(protocol) && !origins.includes(origin)) {
      note(`a stranger was asked: ${request.url()}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 500) note(`${response.status()} came from ${response.url()}`);
  });
  await page.addInitScript(COUNT_HITS);
  return {
    faults: () => [...faults],
    payloadsAlive: () => page.evaluate<string[]>(FIND_PLANTED),
  };
}
