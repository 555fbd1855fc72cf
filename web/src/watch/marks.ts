/** Like, save, repost and follow: shown at once, taken back when the server refuses. */
import type { Card, Counts, FollowState, PostViewer } from '@vitrine/schema';
import { currentMe, outOfDate } from '../api/me.ts';
import { request, sentenceOf } from '../api/request.ts';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';
import { changeCard, changeCardsOf, heldCard, settleCard } from './cards.ts';

/** Marks a person leaves on a post. */
export type Mark = 'like' | 'save' | 'repost';
const FLAG = { like: 'hasLiked', save: 'hasSaved', repost: 'hasReposted' } as const;
const COUNT = { like: 'likes', save: 'saves', repost: 'reposts' } as const;
const STRANGER: PostViewer = {
  isMine: false,
  hasLiked: false,
  hasSaved: false,
  hasReposted: false,
  isFollowingAuthor: false,
};

/** One request at a time per post and mark; only the last wish is sent after it. */
const running = new Map<string, Promise<void>>();

/** True when signed in; else says what to do. */
export function mustSignIn(): boolean {
  if (currentMe()) return false;
  toast(
    t('watch.signInFirst'),
    () => location.assign(`/login?then=${encodeURIComponent(location.pathname)}`),
    t('app.logIn'),
  );
  return true;
}

/** The card with the mark set or taken off, as it will be once the server agrees. */
export function marked(card: Card, mark: Mark, isOn: boolean): Card {
  const viewer = card.viewer ?? STRANGER;
  if (viewer[FLAG[mark]] === isOn) return card;
  const counts = { ...card.counts, [COUNT[mark]]: Math.max(0, card.counts[COUNT[mark]] + (isOn ? 1 : -1)) };
  return { ...card, counts, viewer: { ...viewer, [FLAG[mark]]: isOn } };
}

/** Sets or takes off a mark. Returns false when the viewer must sign in first. */
export function setMark(id: string, mark: Mark, isOn: boolean): boolean {
  if (mustSignIn()) return false;
  const card = heldCard(id);
  if (card === undefined || (card.viewer?.[FLAG[mark]] ?? false) === isOn) return true;
  changeCard(id, (before) => marked(before, mark, isOn));
  const key = `${id} ${mark}`;
  if (!running.has(key))
    running.set(
      key,
      send(id, mark).finally(() => running.delete(key)),
    );
  return true;
}

/** Sends the wish that stands when the request starts, and again if it changed meanwhile. */
async function send(id: string, mark: Mark): Promise<void> {
  const wish = heldCard(id)?.viewer?.[FLAG[mark]] ?? false;
  try {
    const answer = await request<{ counts: Counts; viewer: PostViewer }>(`/posts/${id}/${mark}`, {
      method: wish ? 'PUT' : 'DELETE',
    });
    if ((heldCard(id)?.viewer?.[FLAG[mark]] ?? false) !== wish) return await send(id, mark);
    settleCard(id, answer.counts, answer.viewer);
  } catch (error) {
    changeCard(id, (card) => marked(card, mark, !wish));
    toast(sentenceOf(error));
  }
  return undefined;
}

/** Follows or unfollows an author, on every card of theirs. */
export async function setFollow(handle: string, isOn: boolean): Promise<void> {
  if (mustSignIn()) return;
  const show = (isFollowing: boolean): void =>
    changeCardsOf(handle, (card) => ({
      ...card,
      viewer: { ...(card.viewer ?? STRANGER), isFollowingAuthor: isFollowing },
    }));
  show(isOn);
  try {
    const answer = await request<{ follow: FollowState }>(`/accounts/${encodeURIComponent(handle)}/follow`, {
      method: isOn ? 'PUT' : 'DELETE',
    });
    if (answer.follow === 'requested') toast(t('watch.requested', { handle }), () => setFollow(handle, false));
    else if (!isOn) toast(t('watch.unfollowed', { handle }), () => setFollow(handle, true));
    outOfDate(['profile', handle]);
    outOfDate(['following']);
  } catch (error) {
    show(!isOn);
    toast(sentenceOf(error));
  }
}
