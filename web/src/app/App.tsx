/** The shell: the page of the address between sidebar (wide) and dock (phone). */
import { useEffect, useState, type ComponentType } from 'react';
import { useLocation } from 'wouter';
import { Dock } from './Dock.tsx';
import { LoadGuard, NotLoaded } from './LoadGuard.tsx';
import { Sidebar } from './Sidebar.tsx';
import { pageAt, type Page } from './routes.ts';
import './shell.css';

type Screen = ComponentType<{ params: Record<string, string | undefined> }>;
interface Loaded {
  page: Page;
  Screen: Screen;
}

/** Keeps the old screen until the next one's code is there, so that nothing blinks. */
function useScreen(page: Page, first: Loaded): { loaded: Loaded; hasFailed: boolean } {
  const [loaded, setLoaded] = useState(first);
  const [failed, setFailed] = useState<Page | undefined>(undefined);
  useEffect(() => {
    if (loaded.page.screen === page.screen) {
      if (loaded.page !== page) setLoaded({ page, Screen: loaded.Screen });
      return undefined;
    }
    let isCurrent = true;
    page.screen().then(
      (module) => {
        if (!isCurrent) return;
        setLoaded({ page, Screen: module.default });
      },
      () => isCurrent && setFailed(page),
    );
    return () => {
      isCurrent = false;
    };
  }, [page]);
  return { loaded, hasFailed: failed === page };
}

/** The whole app. */
export function App({
  firstPage,
  firstScreen,
  onShown,
}: {
  firstPage: Page;
  firstScreen: Screen;
  onShown: () => void;
}) {
  const [path] = useLocation();
  const { page, params } = pageAt(path);
  const { loaded, hasFailed } = useScreen(page, { page: firstPage, Screen: firstScreen });
  useEffect(onShown, []);
  useEffect(() => {
    if (!page.isImmersive) scrollTo(0, 0);
  }, [path]);
  const shown = loaded.page;
  const name = `shell ${shown.isBare || shown.hasTopBar ? 'shell-bare' : ''} ${shown.isImmersive ? 'shell-immersive over-video' : ''}`;
  return (
    <>
      <div className={name}>
        {!shown.isBare && !shown.hasTopBar && <Sidebar path={path} />}
        <main className="shell-main" id="main">
          {hasFailed ? (
            <NotLoaded />
          ) : (
            <LoadGuard of={path}>
              <loaded.Screen params={loaded.page === page ? params : {}} />
            </LoadGuard>
          )}
        </main>
        {!shown.isBare && <Dock lit={shown.dock} isGlass={shown.isImmersive === true} />}
      </div>
    </>
  );
}
