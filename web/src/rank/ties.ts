/** What the account keeps and ranking needs: asked once in a while, cached for the visit. It says nothing of what is watched. */
import type { AccountTies, Card, Me } from '@vitrine/schema';
import { keyOf } from '@vitrine/ranking';
import { currentMe, refreshMe } from '../api/me.ts';
import { request } from '../api/request.ts';
import type { Ties } from '../taste/memory.ts';

const FRESH_MS = 5 * 60_000;

/** Ties of somebody who is not signed in. */
const NO_TIES: Ties = {
  followedCreators: [],
  followedSounds: [],
  blockedCreators: [],
  isAdult: false,
  mayHaveProfile: true,
};

interface Known {
  me: Me;
  account: AccountTies;
  atMs: number;
}

let known: Known | undefined;

/** The account with its ties, or undefined when nobody is signed in. */
export async function knownTies(): Promise<Known | undefined> {
  if (currentMe() === undefined) await refreshMe();
  const me = currentMe();
  if (!me) return undefined;
  if (known?.me.handle === me.handle && performance.now() - known.atMs < FRESH_MS) return known;
  known = { me, account: await request<AccountTies>('/me/ties'), atMs: performance.now() };
  return known;
}

/** The ties as the kernel takes them. */
export function toTies(found: Known | undefined): Ties {
  if (found === undefined) return NO_TIES;
  const { account, me } = found;
  const keys = (ids: readonly string[]): number[] => ids.map((id) => keyOf('creator', id));
  return {
    followedCreators: keys(account.follows.map(({ id }) => id)),
    followedSounds: account.savedSounds.map((id) => keyOf('sound', id)),
    blockedCreators: keys(account.blocks),
    isAdult: account.isAdult,
    mayHaveProfile: me.ageBand !== '13to15',
  };
}

/** A blind card with the viewer's own marks put in. */
export function withMarks(card: Card, found: Known | undefined): Card {
  if (found === undefined) return card;
  const { account, me } = found;
  return {
    ...card,
    viewer: {
      isMine: card.account.handle === me.handle,
      hasLiked: account.liked.includes(card.id),
      hasSaved: account.saved.includes(card.id),
      hasReposted: account.reposted.includes(card.id),
      isFollowingAuthor: account.follows.some(({ handle }) => handle === card.account.handle),
    },
  };
}
