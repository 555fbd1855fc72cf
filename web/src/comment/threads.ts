/** The comments of a post as cached pages, and what people do to them: shown at once, taken back on refusal. */
import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import type { Comment, CommentPage } from '@vitrine/schema';
import { useState } from 'react';
import { KEYS, queryClient } from '../api/query.ts';
import { request, sentenceOf } from '../api/request.ts';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';
import { changeCard } from '../watch/cards.ts';
import { mustSignIn } from '../watch/marks.ts';

/** Order of the list. */
export type CommentSort = 'top' | 'newest';
type Pages = InfiniteData<CommentPage, unknown>;

/** The top-level comments of a post, page by page. */
export function useComments(postId: string, sort: CommentSort, around: string | undefined) {
  return useInfiniteQuery({
    queryKey: KEYS.comments(postId, sort),
    queryFn: ({ pageParam }) =>
      request<CommentPage>(`/posts/${postId}/comments`, {
        query: { sort, after: pageParam, ...(pageParam === null && { around }) },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** The replies to a comment: nothing is asked before `open`. */
export function useReplies(comment: Comment) {
  const [isOpen, setIsOpen] = useState(false);
  const query = useInfiniteQuery({
    queryKey: ['comments', comment.postId, 'replies', comment.id],
    queryFn: ({ pageParam }) =>
      request<CommentPage>(`/comments/${comment.id}/replies`, { query: { after: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: isOpen,
  });
  return { ...query, isOpen, open: () => setIsOpen(true), shut: () => setIsOpen(false) };
}

/** All comments of a list's pages. */
export function flat(pages: Pages | undefined): Comment[] {
  return pages?.pages.flatMap((page) => page.comments) ?? [];
}

/** Changes every cached list of a post's comments. */
function changeLists(
  postId: string,
  change: (comments: Comment[], key: readonly unknown[]) => Comment[],
  totalBy = 0,
): void {
  for (const [key, data] of queryClient.getQueriesData<Pages>({ queryKey: ['comments', postId] })) {
    if (data === undefined) continue;
    queryClient.setQueryData<Pages>(key, {
      ...data,
      pages: data.pages.map((page, place) => ({
        ...page,
        total: page.total + totalBy,
        comments: place === 0 || totalBy <= 0 ? change(page.comments, key) : page.comments,
      })),
    });
  }
}

function countBy(postId: string, by: number): void {
  changeCard(postId, (card) => ({
    ...card,
    counts: { ...card.counts, comments: Math.max(0, card.counts.comments + by) },
  }));
}

/** A comment on its way: keep the key over all tries of the same words. */
export interface Written {
  text: string;
  parent: Comment | undefined;
  key: string;
}

/** Puts a new comment into the lists that are shown: below what is pinned, or at the end of its thread. */
function place(written: Comment): void {
  const threadId = written.parentId;
  changeLists(
    written.postId,
    (comments, listKey) => {
      if (listKey[2] === 'replies')
        return listKey[3] === threadId ? [...comments.filter((each) => each.id !== written.id), written] : comments;
      if (threadId !== null)
        return comments.map((each) => (each.id === threadId ? { ...each, replies: each.replies + 1 } : each));
      const pinned = comments.filter((each) => each.isPinned);
      return [...pinned, written, ...comments.filter((each) => !each.isPinned && each.id !== written.id)];
    },
    1,
  );
}

/** Sends a comment. Resolves to true once the server has it. */
export async function writeComment(postId: string, { text, parent, key }: Written): Promise<boolean> {
  if (mustSignIn()) return false;
  try {
    const body = { text, ...(parent !== undefined && { parentId: parent.parentId ?? parent.id }) };
    place(
      await request<Comment>(`/posts/${postId}/comments`, {
        method: 'POST',
        body,
        headers: { 'idempotency-key': key },
      }),
    );
    countBy(postId, 1);
    return true;
  } catch (error) {
    toast(sentenceOf(error));
    return false;
  }
}

/** Likes or unlikes a comment. */
export async function likeComment(comment: Comment, isOn: boolean): Promise<void> {
  if (mustSignIn()) return;
  const show = (hasLiked: boolean, by: number): void =>
    changeEach(comment, (each) => ({
      ...each,
      likes: Math.max(0, each.likes + by),
      viewer: { ...(each.viewer ?? NOBODY), hasLiked },
    }));
  show(isOn, isOn ? 1 : -1);
  try {
    const answer = await request<{ likes: number; hasLiked: boolean }>(`/comments/${comment.id}/like`, {
      method: isOn ? 'PUT' : 'DELETE',
    });
    changeEach(comment, (each) => ({
      ...each,
      likes: answer.likes,
      viewer: { ...(each.viewer ?? NOBODY), hasLiked: answer.hasLiked },
    }));
  } catch (error) {
    show(!isOn, isOn ? -1 : 1);
    toast(sentenceOf(error));
  }
}
const NOBODY = { isMine: false, hasLiked: false, canDelete: false, canPin: false };

function changeEach(comment: Comment, change: (comment: Comment) => Comment): void {
  changeLists(comment.postId, (comments) => comments.map((each) => (each.id === comment.id ? change(each) : each)));
}

/** Deletes a comment; ten minutes long it can be taken back. */
export async function deleteComment(comment: Comment): Promise<void> {
  const gone = 1 + comment.replies;
  const before = queryClient.getQueriesData<Pages>({ queryKey: ['comments', comment.postId] });
  const restore = (): void => {
    for (const [key, data] of before) queryClient.setQueryData(key, data);
    countBy(comment.postId, gone);
  };
  changeLists(comment.postId, (comments) =>
    comments
      .filter((each) => each.id !== comment.id)
      .map((each) => (each.id === comment.parentId ? { ...each, replies: each.replies - 1 } : each)),
  );
  countBy(comment.postId, -gone);
  try {
    await request(`/comments/${comment.id}`, { method: 'DELETE' });
    toast(t('comment.deleted'), () => {
      restore();
      request(`/comments/${comment.id}/undelete`, { method: 'POST' }).catch((error: unknown) =>
        toast(sentenceOf(error)),
      );
    });
  } catch (error) {
    restore();
    toast(sentenceOf(error));
  }
}

/** Pins a comment to the top of the author's own post, or takes it down. */
export async function pinComment(comment: Comment, isOn: boolean): Promise<void> {
  try {
    await request(`/comments/${comment.id}/pin`, { method: isOn ? 'PUT' : 'DELETE' });
    await queryClient.invalidateQueries({ queryKey: ['comments', comment.postId] });
    toast(isOn ? t('comment.pinned') : t('comment.unpinned'));
  } catch (error) {
    toast(sentenceOf(error));
  }
}
