/** The places beside a wide page: the same as the dock's, with words, and the people one follows. */
import {
  CirclePlus,
  CircleUserRound,
  Compass,
  Inbox,
  Library,
  LogIn,
  Scale,
  Smartphone,
  Sparkle,
  UsersRound,
  type LucideIcon,
} from 'lucide-react';
import type { Me } from '@vitrine/schema';
import { lazy, Suspense, type ReactNode } from 'react';
import { Link } from 'wouter';
import { withAnswers } from '../api/answers.tsx';
import { useMe } from '../api/me.ts';
import { Badge } from '../ui/Avatar.tsx';
import { Logo } from '../ui/Logo.tsx';
import { useIsWide } from '../ui/wide.ts';
import { t, type Word } from '../words/words.ts';

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

/** What anyone may look into, and one's own part of it. */
const OPEN_PAGES: readonly { href: string; word: Word; Icon: LucideIcon }[] = [
  { href: '/taste', word: 'taste.title', Icon: Smartphone },
  { href: '/algorithm', word: 'app.howFeedWorks', Icon: Scale },
  { href: '/shelves', word: 'shelves.title', Icon: Library },
];

interface Place {
  href: string;
  label: string;
  Icon: LucideIcon;
  count?: number;
}

/** The places there are for this viewer. */
function placesOf(me: Me | null | undefined): Place[] {
  const open: Place[] = [
    { href: '/', label: t('app.forYou'), Icon: Sparkle },
    { href: '/explore', label: t('app.explore'), Icon: Compass },
  ];
  if (me === undefined) return open;
  if (me === null)
    return [
      ...open,
      { href: '/create', label: t('app.create'), Icon: CirclePlus },
      { href: '/login', label: t('app.logIn'), Icon: LogIn },
    ];
  return [
    ...open,
    { href: '/following', label: t('app.following'), Icon: UsersRound },
    { href: '/create', label: t('app.create'), Icon: CirclePlus },
    { href: '/inbox', label: t('app.inbox'), Icon: Inbox, count: me.unread + me.followRequests },
    { href: `/@${me.handle}`, label: t('app.profile'), Icon: CircleUserRound },
  ];
}

/** How the feed comes about, and the operator's own pages; the server writes those, so they are plain links. */
function SideEnd() {
  return (
    <div className="side-end">
      {OPEN_PAGES.map(({ href, word, Icon }) => (
        <Link key={href} href={href} className="side-open" title={t(word)}>
          <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
          <span className="side-word">{t(word)}</span>
        </Link>
      ))}
      <p className="side-legal t-small">
        <a href="/privacy">{t('app.privacy')}</a>
        <a href="/terms">{t('app.terms')}</a>
        <a href="/imprint">{t('app.imprint')}</a>
      </p>
    </div>
  );
}

/** The sidebar from 1024 px; icons only under 1280 px. */
export function Sidebar({ path }: { path: string }) {
  const me = useMe();
  const isWide = useIsWide();
  if (!isWide) return null;
  return (
    <nav className="side" aria-label={t('app.places')}>
      <Link href="/" className="side-logo" aria-label={`Vitrine, ${t('app.home')}`}>
        <Logo sizePx={26} />
      </Link>
      {placesOf(me).map(({ href, label, Icon, count }) => (
        <Row
          key={href}
          href={href}
          label={label}
          isLit={path === href}
          icon={<Icon size={22} strokeWidth={1.75} />}
          {...(count !== undefined && { count })}
        />
      ))}
      {me && (
        <Suspense fallback={null}>
          <SideFollowed handle={me.handle} />
        </Suspense>
      )}
      <SideEnd />
    </nav>
  );
}
