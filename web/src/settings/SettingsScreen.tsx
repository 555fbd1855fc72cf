/** Settings: a list of parts on the phone, list and part side by side on wide pages. */
import {
  ChevronRight,
  Eye,
  KeyRound,
  Languages,
  LogOut,
  PlayCircle,
  ShieldCheck,
  Smartphone,
  SquarePen,
  UserCog,
} from 'lucide-react';
import { lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { meChanged, useMe } from '../api/me.ts';
import { request } from '../api/request.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { EmptyState, SkeletonRows } from '../ui/State.tsx';
import { useIsWide } from '../ui/wide.ts';
import { t, type Word } from '../words/words.ts';
import './settings.css';

interface Part {
  name: string;
  word: Word;
  icon: ReactNode;
  Screen: ComponentType;
  /** Works without an account: what is kept in this browser only. */
  isForAnyone?: boolean;
}

const ICON = { size: 20, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** In the order of the list. */
const PARTS: readonly Part[] = [
  {
    name: 'profile',
    word: 'settings.profile',
    icon: <SquarePen {...ICON} />,
    Screen: lazy(() => import('./ProfilePart.tsx')),
  },
  {
    name: 'privacy',
    word: 'settings.privacy',
    icon: <Eye {...ICON} />,
    Screen: lazy(() => import('./PrivacyPart.tsx')),
  },
  {
    name: 'signing-in',
    word: 'settings.signingIn',
    icon: <KeyRound {...ICON} />,
    Screen: lazy(() => import('./SigningInPart.tsx')),
  },
  {
    name: 'watching',
    word: 'settings.watching',
    icon: <PlayCircle {...ICON} />,
    Screen: lazy(() => import('./WatchingPart.tsx')),
    isForAnyone: true,
  },
  {
    name: 'look',
    word: 'settings.look',
    icon: <Languages {...ICON} />,
    Screen: lazy(() => import('./LookPart.tsx')),
    isForAnyone: true,
  },
  {
    name: 'account',
    word: 'settings.account',
    icon: <UserCog {...ICON} />,
    Screen: lazy(() => import('./AccountPart.tsx')),
  },
];

/** Pages for everyone: what is public of the ranking, and the operator's own. */
function PublicLinks() {
  return (
    <p className="settings-operator t-small ink3">
      <a href="/shelves">{t('shelves.title')}</a>
      <a href="/algorithm">{t('algorithm.title')}</a>
      <a href="/privacy">{t('app.privacy')}</a>
      <a href="/terms">{t('app.terms')}</a>
      <a href="/imprint">{t('app.imprint')}</a>
    </p>
  );
}

function PartList({ parts, current }: { parts: readonly Part[]; current: string | undefined }) {
  const me = useMe();
  const [, navigate] = useLocation();
  const logOut = async (): Promise<void> => {
    await request('/sessions/current', { method: 'DELETE' }).catch(() => undefined);
    meChanged(null);
    navigate('/');
  };
  return (
    <nav aria-label={t('settings.title')} className="settings-list">
      {me && (
        <Link href={`/@${me.handle}`} className="settings-me">
          <Avatar person={me} sizePx={52} />
          <span>
            <span className="t-heading">{me.name || me.handle}</span>
            <span className="t-small ink2 settings-handle" dir="ltr">
              @{me.handle}
            </span>
          </span>
        </Link>
      )}
      {parts.map((part) => (
        <Link
          key={part.name}
          href={`/settings/${part.name}`}
          className={`settings-row ${current === part.name ? 'is-open' : ''}`}
          aria-current={current === part.name ? 'page' : undefined}
        >
          {part.icon}
          <span className="t-label">{t(part.word)}</span>
          <ChevronRight size={18} className="ink3 turns-rtl" aria-hidden="true" />
        </Link>
      ))}
      <Link href="/taste" className="settings-row">
        <Smartphone {...ICON} />
        <span className="t-label">{t('taste.title')}</span>
        <ChevronRight size={18} className="ink3 turns-rtl" aria-hidden="true" />
      </Link>
      {me && (
        <>
          <Link href="/standing" className="settings-row">
            <ShieldCheck {...ICON} />
            <span className="t-label">{t('standing.title')}</span>
            <ChevronRight size={18} className="ink3 turns-rtl" aria-hidden="true" />
          </Link>
          <button type="button" className="settings-row" onClick={() => void logOut()}>
            <LogOut {...ICON} className="turns-rtl" />
            <span className="t-label">{t('settings.logOut')}</span>
          </button>
        </>
      )}
      <PublicLinks />
    </nav>
  );
}

function PartPage({ part }: { part: Part }) {
  return (
    <Suspense fallback={<SkeletonRows count={4} />}>
      <part.Screen />
    </Suspense>
  );
}

/** The page; `params.part` names one part. */
export default function SettingsScreen({ params }: { params: Record<string, string | undefined> }) {
  const me = useMe();
  const isWide = useIsWide();
  const parts = PARTS.filter((part) => me !== null || part.isForAnyone === true);
  const wanted = parts.find((part) => part.name === params['part']);
  if (me === undefined) return <SkeletonRows />;
  if (params['part'] !== undefined && wanted === undefined) {
    return (
      <EmptyState title={t('app.logIn')} text={t('problem.notSignedIn')}>
        <ButtonLink href={`/login?then=/settings/${params['part']}`} kind="main" size="tall">
          {t('app.logIn')}
        </ButtonLink>
      </EmptyState>
    );
  }
  const shown = wanted ?? (isWide ? parts[0] : undefined);
  if (isWide) {
    return (
      <div className="page page-settings">
        <PageHead title={t('settings.title')} />
        <div className="settings-both">
          <PartList parts={parts} current={shown?.name} />
          <section className="settings-part" aria-label={shown && t(shown.word)}>
            {shown && <h2 className="t-title">{t(shown.word)}</h2>}
            {shown && <PartPage key={shown.name} part={shown} />}
          </section>
        </div>
      </div>
    );
  }
  return (
    <div className="page">
      <PageHead title={t(shown?.word ?? 'settings.title')} backTo={shown ? '/settings' : '/'} />
      {shown ? <PartPage part={shown} /> : <PartList parts={parts} current={undefined} />}
    </div>
  );
}
