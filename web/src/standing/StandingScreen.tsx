/** How the account stands: every decision about it and its posts, with ground and ledger entry. */
import type { Me, Notification, NotificationPage } from '@vitrine/schema';
import { BadgeCheck, Gavel } from 'lucide-react';
import { useMe } from '../api/me.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { Chip } from '../ui/Choice.tsx';
import { LedgerLink } from '../ui/LedgerLink.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../ui/State.tsx';
import { usePages } from '../ui/use-pages.ts';
import { dayOf } from '../words/figures.ts';
import { t } from '../words/words.ts';
import { groundWords } from '../words/ground-words.ts';
import './standing.css';

function Verdict({ inForce, suspension }: { inForce: number; suspension: Me['suspension'] }) {
  const isGood = suspension === null && inForce === 0;
  const title = isGood ? t('standing.good') : t('standing.some', { n: inForce });
  const text = t(isGood ? 'standing.goodText' : 'standing.someText');
  return (
    <section className={`standing-verdict ${isGood ? 'is-good' : 'is-not'}`}>
      {isGood ? <BadgeCheck size={26} aria-hidden="true" /> : <Gavel size={26} aria-hidden="true" />}
      <div>
        <h2 className="t-heading">{suspension === null ? title : t('standing.suspended')}</h2>
        <p className="t-body">
          {suspension === null
            ? text
            : t('standing.suspendedText', { day: dayOf(suspension.at), ground: groundWords(suspension.ground) })}
        </p>
      </div>
    </section>
  );
}

function Decision({ line }: { line: Notification }) {
  const { decision } = line;
  if (decision === undefined) return null;
  const what =
    decision.what === 'muted'
      ? t('standing.sound')
      : decision.what === 'suspended'
        ? t('standing.account')
        : line.comment
          ? t('standing.comment')
          : t('standing.post');
  return (
    <li className="standing-decision card">
      {line.post?.posterUrl != null && (
        <img className="standing-picture" src={line.post.posterUrl} alt="" loading="lazy" />
      )}
      <div className="page-row-words">
        <p className="t-sub">
          {what}{' '}
          <Chip isSmall tone={decision.isLifted ? 'ok' : 'bad'}>
            {t(decision.isLifted ? 'standing.lifted' : 'standing.inForce')}
          </Chip>
        </p>
        {(line.comment?.text ?? line.post?.text ?? '') !== '' && (
          <p className="t-small ink2 standing-text">{line.comment?.text ?? line.post?.text}</p>
        )}
        <dl className="standing-facts t-small">
          <div>
            <dt>{t('watch.ground')}</dt>
            <dd>{groundWords(decision.ground)}</dd>
          </div>
          <div>
            <dt>{t('standing.day')}</dt>
            <dd>{dayOf(line.at)}</dd>
          </div>
        </dl>
        <LedgerLink index={decision.ledgerIndex} />
      </div>
    </li>
  );
}

function Standing({ me }: { me: Me }) {
  const list = usePages<NotificationPage>(['inbox', 'decisions'], '/me/notifications', {
    filter: 'decisions',
    limit: 30,
  });
  const decisions = list.pages.flatMap((page) => page.notifications);
  if (list.isLoading) return <SkeletonRows count={3} />;
  if (list.error && decisions.length === 0) return <ErrorState error={list.error} onRetry={list.reload} />;
  const inForce = decisions.filter((line) => line.decision?.isLifted === false).length;
  return (
    <>
      <Verdict inForce={inForce} suspension={me.suspension} />
      <ul className="standing-list">
        {decisions.map((line) => (
          <Decision key={line.id} line={line} />
        ))}
      </ul>
      <div ref={list.endRef} />
      <p className="t-small ink3 standing-note">{t('standing.note')}</p>
    </>
  );
}

/** The page. */
export default function StandingScreen() {
  const me = useMe();
  if (me === undefined) return <SkeletonRows count={3} />;
  if (me === null) {
    return (
      <EmptyState title={t('standing.title')} text={t('problem.notSignedIn')}>
        <ButtonLink href="/login?then=/standing" kind="main" size="tall">
          {t('app.logIn')}
        </ButtonLink>
      </EmptyState>
    );
  }
  return (
    <div className="page">
      <PageHead title={t('standing.title')} backTo="/inbox" />
      <Standing me={me} />
    </div>
  );
}
