/** The cache of answers for every screen but the feed. */
import { QueryClient } from '@tanstack/react-query';
import { onOutOfDate } from './me.ts';
import { ApiProblem } from './request.ts';

const FRESH_MS = 30_000;
const TRIES = 2;

/** One cache for the page. Refusals (4xx) are not asked again; lost connections twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      // Without a network too: a page says what is wrong instead of waiting in silence.
      networkMode: 'always',
      refetchOnReconnect: true,
      refetchOnWindowFocus: false,
      retry: (count, error) =>
        navigator.onLine &&
        count < TRIES &&
        !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
    },
  },
});
onOutOfDate((key) => void queryClient.invalidateQueries(key.length === 0 ? {} : { queryKey: key }));

/** Names of cached answers, so that every screen means the same by the same name. */
export const KEYS = {
  comments: (postId: string, sort: string) => ['comments', postId, sort],
  post: (postId: string) => ['post', postId],
  profile: (handle: string) => ['profile', handle],
} as const;
