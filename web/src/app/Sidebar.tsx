/** The places beside a wide page: the same as the dock's, with words, and the people one follows. */
import { CirclePlus, CircleUserRound, Clock3, Compass, Inbox, LogIn, UsersRound } from 'lucide-react';
import { lazy, Suspense, type ReactNode } from 'react';
import { Link } from 'wouter';
import { withAnswers } from '../api/answers.tsx';
import { useMe } from '../api/me.ts';
import { Badge } from '../ui/Avatar.tsx';
import { Logo } from '../ui/Logo.tsx';
import { useIsWide } from '../ui/wide.ts';
import { t } from '../words/words.ts';

const SideFollowed = lazy(withAnswers(() => import('./SideFollowed.tsx')));

function Row({
  href,
  label,
  isLit,
  icon,
  count = 0,
}: {
  href: string;
  label: string;
  isLit: boolean;
  icon: ReactNode;
  count?: number;
}) {
  return (
    <Link
      href={href}
      className={`side-row ${isLit ? 'side-lit' : ''}`}
      aria-current={isLit ? 'page' : undefined}
      title={label}
    >
      {icon}
      <span className="side-word">{label}</span>
      <Badge count={count} label={t('app.unread', { n: count })} />
    </Link>
  );
}

/** The sidebar from 1024 px; icons only under 1280 px. */
export function Sidebar({ path }: { path: string }) {
  const me = useMe();
  const isWide = useIsWide();
  if (!isWide) return null;
  return (
    <nav className="side" aria-label={t('app.places')}>
      <Link href="/" className="side-logo" aria-label={t('app.home')}>
        <Logo sizePx={26} />
      </Link>
      <Row href="/" label={t('app.latest')} isLit={path === '/'} icon={<Clock3 size={22} strokeWidth={1.75} />} />
      <Row
        href="/explore"
        label={t('app.explore')}
        isLit={path === '/explore'}
        icon={<Compass size={22} strokeWidth={1.75} />}
      />
      {me && (
        <Row
          href="/following"
          label={t('app.following')}
          isLit={path === '/following'}
          icon={<UsersRound size={22} strokeWidth={1.75} />}
        />
      )}
      <Row
        href="/create"
        label={t('app.create')}
        isLit={path.startsWith('/create')}
        icon={<CirclePlus size={22} strokeWidth={1.75} />}
      />
      {me && (
        <Row
          href="/inbox"
          label={t('app.inbox')}
          isLit={path === '/inbox'}
          count={me.unread + me.followRequests}
          icon={<Inbox size={22} strokeWidth={1.75} />}
        />
      )}
      {me && (
        <Row
          href={`/@${me.handle}`}
          label={t('app.profile')}
          isLit={path === `/@${me.handle}`}
          icon={<CircleUserRound size={22} strokeWidth={1.75} />}
        />
      )}
      {me === null && (
        <Row
          href="/login"
          label={t('app.logIn')}
          isLit={path === '/login'}
          icon={<LogIn size={22} strokeWidth={1.75} />}
        />
      )}
      {me && (
        <Suspense fallback={null}>
          <SideFollowed handle={me.handle} />
        </Suspense>
      )}
    </nav>
  );
}
