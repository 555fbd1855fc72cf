/** Who may see and reach one: private account, blocked and muted people. */
import type { Me, People } from '@vitrine/schema';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { meChanged, useMe } from '../api/me.ts';
import { request, sentenceOf } from '../api/request.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { SwitchRow, Tabs } from '../ui/Choice.tsx';
import { ErrorState, SkeletonRows } from '../ui/State.tsx';
import { toast } from '../ui/Toast.tsx';
import { usePages } from '../ui/use-pages.ts';
import { t } from '../words/words.ts';

type Kind = 'block' | 'mute';

function KeptAway({ kind }: { kind: Kind }) {
  const cache = useQueryClient();
  const key = ['kept-away', kind];
  const list = usePages<People>(key, `/me/${kind}s`);
  const people = list.pages.flatMap((page) => page.accounts);
  const letBack = async (handle: string): Promise<void> => {
    const address = `/accounts/${encodeURIComponent(handle)}/${kind}`;
    try {
      await request(address, { method: 'DELETE' });
      await cache.invalidateQueries({ queryKey: key });
      toast(t(kind === 'block' ? 'settings.unblocked' : 'settings.unmuted', { handle }), () => {
        void request(address, { method: 'PUT' }).then(() => cache.invalidateQueries({ queryKey: key }));
      });
    } catch (error) {
      toast(sentenceOf(error));
    }
  };
  if (list.isLoading) return <SkeletonRows count={3} />;
  if (list.error && people.length === 0) return <ErrorState error={list.error} onRetry={list.reload} />;
  if (people.length === 0)
    return (
      <p className="t-body ink2 settings-none">{t(kind === 'block' ? 'settings.noBlocks' : 'settings.noMutes')}</p>
    );
  return (
    <>
      <ul>
        {people.map((person) => (
          <li key={person.handle} className="page-row">
            <Link href={`/@${person.handle}`} className="settings-person">
              <Avatar person={person} sizePx={42} />
              <span>
                <span className="t-label">{person.handle}</span>
                <span className="t-small ink2">{person.name}</span>
              </span>
            </Link>
            <Button size="small" onClick={() => void letBack(person.handle)}>
              {t(kind === 'block' ? 'settings.unblock' : 'settings.unmute')}
            </Button>
          </li>
        ))}
      </ul>
      <div ref={list.endRef} />
    </>
  );
}

/** The part. */
export default function PrivacyPart() {
  const me = useMe();
  const [kind, setKind] = useState<Kind>('block');
  const setPrivate = async (isPrivate: boolean): Promise<void> => {
    if (!me) return;
    meChanged({ ...me, isPrivate });
    try {
      meChanged(await request<Me>('/me', { method: 'PATCH', body: { isPrivate } }));
    } catch (error) {
      meChanged(me);
      toast(sentenceOf(error));
    }
  };
  if (!me) return null;
  return (
    <>
      <div className="page-section">
        <SwitchRow
          label={t('settings.private')}
          note={t('settings.privateNote')}
          isOn={me.isPrivate}
          onChange={(isOn) => void setPrivate(isOn)}
        />
      </div>
      <section className="settings-kept-away">
        <Tabs
          label={t('settings.keptAway')}
          options={[
            { value: 'block', label: t('settings.blocked') },
            { value: 'mute', label: t('settings.muted') },
          ]}
          value={kind}
          onChange={setKind}
        />
        <p className="t-small ink2">{t(kind === 'block' ? 'settings.blockedNote' : 'settings.mutedNote')}</p>
        <KeptAway key={kind} kind={kind} />
      </section>
    </>
  );
}
