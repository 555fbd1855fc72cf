/** One attempt to get in: what runs, what came of it, what was refused. */
import type { Me } from '@vitrine/schema';
import { useState } from 'react';
import { meChanged } from '../api/me.ts';
import { sentenceOf } from '../api/request.ts';
import { t } from '../words/words.ts';
import { isCalledOff } from './passkey.ts';

/** passkey: the browser's dialog is open · form: what was typed is being sent. */
type Way = 'passkey' | 'form';

/** `run` gives the answer, or undefined when it was refused (see `error`). */
export interface Entering {
  busy: Way | undefined;
  error: string | undefined;
  run: <Answer extends { account: Me }>(way: Way, act: () => Promise<Answer>) => Promise<Answer | undefined>;
}

/** Everything on the page learns of the account as soon as it is there. */
export function useEntering(): Entering {
  const [busy, setBusy] = useState<Way | undefined>(undefined);
  const [error, setError] = useState<string | undefined>(undefined);
  return {
    busy,
    error,
    run: async (way, act) => {
      setBusy(way);
      setError(undefined);
      try {
        const answer = await act();
        meChanged(answer.account);
        return answer;
      } catch (problem) {
        setError(isCalledOff(problem) ? t('account.calledOff') : sentenceOf(problem));
        return undefined;
      } finally {
        setBusy(undefined);
      }
    },
  };
}
