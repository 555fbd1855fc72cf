/** The bar over the public pages: where else one can look, and the way in. Phones have a back button in its place. */
import { Link } from 'wouter';
import { useMe } from '../api/me.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Logo } from '../ui/Logo.tsx';
import { t } from '../words/words.ts';
import './public-bar.css';

/** `lit`: the page shown. */
export function PublicBar({ lit }: { lit: 'shelves' | 'algorithm' }) {
  const me = useMe();
  return (
    <header className="pubbar">
      <Link href="/" aria-label={`Vitrine, ${t('app.home')}`}>
        <Logo sizePx={26} />
      </Link>
      <nav className="pubbar-places" aria-label={t('app.places')}>
        <Link href="/">{t('shelves.watch')}</Link>
        <Link href="/shelves" aria-current={lit === 'shelves' ? 'page' : undefined}>
          {t('shelves.title')}
        </Link>
        <Link href="/algorithm" aria-current={lit === 'algorithm' ? 'page' : undefined}>
          {t('algorithm.title')}
        </Link>
      </nav>
      {me === null && (
        <Link href={`/login?then=${encodeURIComponent(location.pathname)}`} className="pubbar-in">
          {t('app.logIn')}
        </Link>
      )}
      {me && (
        <Link href={`/@${me.handle}`} className="pubbar-in" aria-label={t('app.profile')}>
          <Avatar person={me} sizePx={34} />
        </Link>
      )}
    </header>
  );
}
