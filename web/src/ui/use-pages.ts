/** A list that grows as its end comes near: `{…, next}` pages of the API, one after the other. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef, type RefObject } from 'react';
import { request, type Asking } from '../api/request.ts';

/** The pages so far and the mark that, once seen, asks for more. */
export interface Pages<Page> {
  pages: readonly Page[];
  isLoading: boolean;
  error: unknown;
  hasMore: boolean;
  /** Put at the end of the list. */
  endRef: RefObject<HTMLDivElement | null>;
  reload: () => void;
}

const NEAR_PX = 900;

/** Reads a list page by page. `name` is its place in the cache. */
export function usePages<Page extends { next: string | null }>(
  name: readonly unknown[],
  path: string,
  query: Asking['query'] = {},
): Pages<Page> {
  const list = useInfiniteQuery({
    queryKey: name,
    queryFn: ({ pageParam, signal }) => request<Page>(path, { query: { ...query, after: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const endRef = useRef<HTMLDivElement>(null);
  const { fetchNextPage, hasNextPage, isFetching } = list;
  useEffect(() => {
    const end = endRef.current;
    if (!end || !hasNextPage || isFetching) return undefined;
    const seen = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && void fetchNextPage(),
      { rootMargin: `${NEAR_PX}px` },
    );
    seen.observe(end);
    return () => seen.disconnect();
  }, [hasNextPage, isFetching, fetchNextPage]);
  return {
    pages: list.data?.pages ?? [],
    isLoading: list.isPending,
    error: list.error,
    hasMore: hasNextPage,
    endRef,
    reload: () => void list.refetch(),
  };
}
