/** The shell: the page of the address between sidebar (wide) and dock (phone). */
import { useEffect, useState, type ComponentType } from 'react';
import { useLocation } from 'wouter';
import { ErrorState } from '../ui/State.tsx';
import { Dock } from './Dock.tsx';
import { Sidebar } from './Sidebar.tsx';
import { pageAt, type Page } from './routes.ts';
import './shell.css';

type Screen = ComponentType<{ params: Record<string, string | undefined> }>;
interface Loaded {
  page: Page;
  Screen: Screen;
}

/** Keeps the old screen until the next one's code is there, so that nothing blinks. */
function useScreen(page: Page, first: Loaded): { loaded: Loaded; error: unknown } {
  const [loaded, setLoaded] = useState(first);
  const [error, setError] = useState<unknown>(undefined);
  useEffect(() => {
    if (loaded.page.screen === page.screen) {
      if (loaded.page !== page) setLoaded({ page, Screen: loaded.Screen });
      return undefined;
    }
    let isCurrent = true;
    page.screen().then(
      (module) => {
        if (!isCurrent) return;
        setError(undefined);
        setLoaded({ page, Screen: module.default });
      },
      (reason: unknown) => isCurrent && setError(reason),
    );
    return () => {
      isCurrent = false;
    };
  }, [page]);
  return { loaded, error };
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
  const { loaded, error } = useScreen(page, { page: firstPage, Screen: firstScreen });
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
          {error === undefined ? (
            <loaded.Screen params={loaded.page === page ? params : {}} />
          ) : (
            <ErrorState error={error} onRetry={() => location.reload()} />
          )}
        </main>
        {!shown.isBare && <Dock lit={shown.dock} isGlass={shown.isImmersive === true} />}
      </div>
    </>
  );
}
