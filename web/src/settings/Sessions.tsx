/** Where the account is signed in; each place can be signed out from here. */
import type { Session } from '@vitrine/schema';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { AppWindow, SquareTerminal } from 'lucide-react';
import { request, sentenceOf } from '../api/request.ts';
import { Button } from '../ui/Button.tsx';
import { Chip } from '../ui/Choice.tsx';
import { ErrorState, SkeletonRows } from '../ui/State.tsx';
import { toast } from '../ui/Toast.tsx';
import { dayOf } from '../words/figures.ts';
import { t } from '../words/words.ts';

const KEY = ['sessions'];

function SessionRow({ session, onEnd }: { session: Session; onEnd: () => void }) {
  const isBrowser = session.kind === 'browser';
  return (
    <li className="page-row">
      {isBrowser ? (
        <AppWindow size={22} className="ink2" aria-hidden="true" />
      ) : (
        <SquareTerminal size={22} className="ink2" aria-hidden="true" />
      )}
      <div className="page-row-words">
        <p className="t-label">
          {t(isBrowser ? 'settings.browserSession' : 'settings.lineSession', { day: dayOf(session.createdAt) })}
        </p>
        <p className="t-small ink2">{t('settings.lastUsed', { day: dayOf(session.lastUsedDay) })}</p>
      </div>
      {session.isCurrent ? (
        <Chip isSmall tone="ok">
          {t('settings.thisOne')}
        </Chip>
      ) : (
        <Button size="small" onClick={onEnd}>
          {t('settings.endSession')}
        </Button>
      )}
    </li>
  );
}

/** The list, with one button for all others. */
export function Sessions() {
  const cache = useQueryClient();
  const list = useQuery({ queryKey: KEY, queryFn: () => request<{ sessions: Session[] }>('/sessions') });
  const sessions = list.data?.sessions ?? [];
  const end = async (path: string): Promise<void> => {
    try {
      await request(path, { method: 'DELETE' });
      toast(t('settings.sessionEnded'));
    } catch (error) {
      toast(sentenceOf(error));
    }
    await cache.invalidateQueries({ queryKey: KEY });
  };
  return (
    <section className="page-section">
      <div>
        <h2 className="t-label">{t('settings.sessions')}</h2>
        <p className="t-small ink2">{t('settings.sessionsText')}</p>
      </div>
      {list.isPending && <SkeletonRows count={2} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      <ul>
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} onEnd={() => void end(`/sessions/${session.id}`)} />
        ))}
      </ul>
      {sessions.length > 1 && (
        <Button kind="danger" onClick={() => void end('/sessions')}>
          {t('settings.endOthers')}
        </Button>
      )}
    </section>
  );
}
