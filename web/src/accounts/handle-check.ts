/** Whether a handle can be had, told while it is being typed. */
import type { HandleAnswer } from '@vitrine/schema';
import { useEffect, useState } from 'react';
import { request } from '../api/request.ts';
import { judgeForm, type HandleVerdict } from './handle-form.ts';

const WAIT_MS = 220;

/** The verdict on what stands in the field now; `own` counts as free. */
export function useHandleVerdict(handle: string, own?: string): HandleVerdict {
  const [answer, setAnswer] = useState<{ handle: string; verdict: HandleVerdict } | undefined>(undefined);
  const formVerdict = judgeForm(handle);
  useEffect(() => {
    if (formVerdict !== undefined || handle === own) return undefined;
    const asking = new AbortController();
    const timer = setTimeout(() => {
      request<HandleAnswer>(`/handles/${encodeURIComponent(handle)}`, { signal: asking.signal }).then(
        (found) => setAnswer({ handle, verdict: found.isFree ? 'free' : (found.reason ?? 'taken') }),
        (error: unknown) => {
          if (!(error instanceof DOMException)) setAnswer({ handle, verdict: 'unknown' });
        },
      );
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [handle, own, formVerdict]);
  if (formVerdict !== undefined) return formVerdict;
  if (handle === own) return 'free';
  return answer?.handle === handle ? answer.verdict : 'checking';
}
