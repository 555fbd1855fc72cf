/** The five places at the thumb: glass over video, solid over pages. */
import { CircleUserRound, Compass, House, Inbox, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useMe } from '../api/me.ts';
import { Badge } from '../ui/Avatar.tsx';
import { t } from '../words/words.ts';
import type { DockPlace } from './routes.ts';

function Place({ href, label, isLit, children }: { href: string; label: string; isLit: boolean; children: ReactNode }) {
  return (
    <Link href={href} className={`dock-place ${isLit ? 'dock-lit' : ''}`} aria-current={isLit ? 'page' : undefined}>
      <span className="dock-icon">{children}</span>
      <span className="dock-label">{label}</span>
    </Link>
  );
}

/** The dock of a phone. Hidden from 1024 px, where the sidebar stands. */
export function Dock({ lit, isGlass }: { lit?: DockPlace | undefined; isGlass: boolean }) {
  const me = useMe();
  const stroke = (place: DockPlace): number => (lit === place ? 2.1 : 1.75);
  const unread = (me?.unread ?? 0) + (me?.followRequests ?? 0);
  return (
    <nav className={`dock ${isGlass ? 'glass' : 'dock-solid'}`} aria-label={t('app.places')}>
      <Place href="/" label={t('app.home')} isLit={lit === 'home'}>
        <House size={24} strokeWidth={stroke('home')} />
      </Place>
      <Place href="/explore" label={t('app.explore')} isLit={lit === 'explore'}>
        <Compass size={24} strokeWidth={stroke('explore')} />
      </Place>
      <Link href="/create" className="dock-plus" aria-label={t('app.create')}>
        <Plus size={24} strokeWidth={2.2} />
      </Link>
      <Place href="/inbox" label={t('app.inbox')} isLit={lit === 'inbox'}>
        <Inbox size={24} strokeWidth={stroke('inbox')} />
        <Badge count={unread} label={t('app.unread', { n: unread })} />
      </Place>
      <Place
        href={me ? `/@${me.handle}` : '/login'}
        label={me === null ? t('app.logIn') : t('app.profile')}
        isLit={lit === 'profile'}
      >
        <CircleUserRound size={24} strokeWidth={stroke('profile')} />
      </Place>
    </nav>
  );
}
