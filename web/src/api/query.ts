/** The cache of answers and the viewer's own account. */
import { QueryClient, useQuery } from '@tanstack/react-query';
import type { Me, Region } from '@vitrine/schema';
import { ApiProblem, request } from './request.ts';

const FRESH_MS = 30_000;
const TRIES = 2;

/** One cache for the page. Refusals (4xx) are not asked again; lost connections twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < TRIES && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
    },
  },
});

/** Names of cached answers, so that every screen means the same by the same name. */
export const KEYS = {
  me: ['me'],
  region: ['region'],
  comments: (postId: string, sort: string) => ['comments', postId, sort],
  post: (postId: string) => ['post', postId],
  profile: (handle: string) => ['profile', handle],
} as const;

async function askMe(): Promise<Me | null> {
  try {
    return await request<Me>('/me');
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null;
    throw error;
  }
}

/** The signed-in account; null when signed out; undefined while not known yet. */
export function useMe(): Me | null | undefined {
  return useQuery({ queryKey: KEYS.me, queryFn: askMe, staleTime: 60_000 }).data;
}

/** The account as far as it is known now, outside components. */
export function currentMe(): Me | null | undefined {
  return queryClient.getQueryData<Me | null>(KEYS.me);
}

/** Call after signing in, out or changing one's account: everything that depends on the viewer is asked anew. */
export async function meChanged(me: Me | null): Promise<void> {
  queryClient.setQueryData(KEYS.me, me);
  await queryClient.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'me' && query.queryKey[0] !== 'region' });
}

/** What must be known of this site before anyone signs in. */
export function useRegion(): Region | undefined {
  return useQuery({ queryKey: KEYS.region, queryFn: () => request<Region>('/region'), staleTime: Infinity }).data;
}
