/** Puts the app into the page. A video that the server's page already plays keeps playing: see watch/first-video.ts. */
import type { ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import { keepOfflineCopy } from './offline.ts';
import { App } from './App.tsx';
import { NotLoaded } from './LoadGuard.tsx';
import type { Page } from './routes.ts';

/** The first video plays by then; what was watched before is told afterwards. */
const QUIET_MS = 3000;

/** Both hear of what was watched before, too. */
function hear(): void {
  void import('../tickets/report-watches.ts').then((tickets) => tickets.reportWatches());
  void import('../rank/hear-watches.ts').then((rank) => rank.hearWatches());
}

/** What stands where the first screen's code did not come. */
export function inPlaceOfScreen(): typeof NotLoaded {
  return NotLoaded;
}

/** Renders the app; `firstScreen` is the already loaded screen of `firstPage`, so that nothing blinks. */
export function start(
  firstPage: Page,
  firstScreen: ComponentType<{ params: Record<string, string | undefined> }>,
): void {
  const served = document.getElementById('app');
  const root = document.createElement('div');
  root.id = 'root';
  document.body.prepend(root);
  createRoot(root).render(<App firstPage={firstPage} firstScreen={firstScreen} onShown={() => served?.remove()} />);
  keepOfflineCopy();
  setTimeout(hear, QUIET_MS);
  if (localStorage.getItem('drafts') !== null) void import('../upload/queue.ts').then((queue) => queue.loadDrafts());
  if (localStorage.getItem('studioDrafts') !== null)
    void import('../edit/drafts.ts').then((drafts) => drafts.loadStudioDrafts());
}
