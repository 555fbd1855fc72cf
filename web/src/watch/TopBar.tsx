/** The bar over pages that work signed out: mark, search, and the way in. */
import { Search } from 'lucide-react';
import { Link } from 'wouter';
import { useMe } from '../api/me.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Logo } from '../ui/Logo.tsx';
import { t } from '../words/words.ts';

/** Shown from 1024 px; phones have the dock. */
export function TopBar() {
  const me = useMe();
  const then = `?then=${encodeURIComponent(location.pathname)}`;
  return (
    <header className="topbar">
      <Link href="/" aria-label={`Vitrine, ${t('app.home')}`}>
        <Logo sizePx={26} />
      </Link>
      <Link href="/search" className="topbar-search glass">
        <Search size={18} aria-hidden="true" />
        <span>{t('app.search')}</span>
        <kbd className="keycap">/</kbd>
      </Link>
      <div className="topbar-end">
        {me === null && (
          <>
            <ButtonLink href={`/login${then}`} kind="plain">
              {t('app.logIn')}
            </ButtonLink>
            <ButtonLink href={`/signup${then}`} kind="main">
              {t('app.signUp')}
            </ButtonLink>
          </>
        )}
        {me && (
          <Link href={`/@${me.handle}`} aria-label={t('app.profile')}>
            <Avatar person={me} sizePx={36} />
          </Link>
        )}
      </div>
    </header>
  );
}
