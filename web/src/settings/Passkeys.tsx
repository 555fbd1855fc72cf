/** The passkeys of the account: listed, added, removed. */
import { FingerprintPattern, Plus } from 'lucide-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { refreshMe, useRegion } from '../api/me.ts';
import { request } from '../api/request.ts';
import { addPasskey, passkeysWork } from '../accounts/passkey.ts';
import { PasskeysElsewhere } from '../accounts/PasskeysElsewhere.tsx';
import { Button } from '../ui/Button.tsx';
import { SkeletonRows } from '../ui/State.tsx';
import { toast } from '../ui/Toast.tsx';
import { dayOf } from '../words/figures.ts';
import { t } from '../words/words.ts';
import { tellRefusal, type useStepUp } from './step-up.tsx';

interface Passkey {
  id: string;
  createdAt: string;
  lastUsedDay: string | null;
}
const KEY = ['passkeys'];

/** `confirmed` asks who one is where the server wants to know. */
export function Passkeys({ confirmed }: { confirmed: ReturnType<typeof useStepUp>['confirmed'] }) {
  const cache = useQueryClient();
  const region = useRegion();
  const works = passkeysWork(region);
  const list = useQuery({ queryKey: KEY, queryFn: () => request<{ passkeys: Passkey[] }>('/me/passkeys') });
  const changed = async (sentence: string): Promise<void> => {
    await Promise.all([cache.invalidateQueries({ queryKey: KEY }), refreshMe()]);
    toast(sentence);
  };
  const add = (): Promise<void> =>
    tellRefusal(async () => {
      await confirmed(addPasskey);
      await changed(t('settings.passkeyAdded'));
    }, toast);
  const remove = (id: string): Promise<void> =>
    tellRefusal(async () => {
      await confirmed(() => request(`/me/passkeys/${encodeURIComponent(id)}`, { method: 'DELETE' }));
      await changed(t('settings.passkeyRemoved'));
    }, toast);
  return (
    <section className="page-section">
      <div>
        <h2 className="t-label">{t('settings.passkeys')}</h2>
        <p className="t-small ink2">{t('settings.passkeysText')}</p>
      </div>
      {list.isPending && <SkeletonRows count={1} />}
      <ul>
        {list.data?.passkeys.map((passkey) => (
          <li key={passkey.id} className="page-row">
            <FingerprintPattern size={24} className="ink2" aria-hidden="true" />
            <div className="page-row-words">
              <p className="t-label">{t('settings.passkeySince', { day: dayOf(passkey.createdAt) })}</p>
              {passkey.lastUsedDay !== null && (
                <p className="t-small ink2">{t('settings.lastUsed', { day: dayOf(passkey.lastUsedDay) })}</p>
              )}
            </div>
            <Button size="small" kind="danger" onClick={() => void remove(passkey.id)}>
              {t('settings.remove')}
            </Button>
          </li>
        ))}
      </ul>
      {works === 'here' && (
        <Button icon={<Plus size={18} />} onClick={() => void add()}>
          {t('settings.addPasskey')}
        </Button>
      )}
      {works === 'elsewhere' && region && <PasskeysElsewhere url={region.passkeyUrl} page="/settings/signing-in" />}
    </section>
  );
}
