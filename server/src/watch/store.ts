/** The read side: lists of cards and single posts. Owns no tables. */
import type { AccountTies, Card, CardPage, Tag, TextHistory } from '@vitrine/schema';
import type { Db } from '../platform/database.ts';
import type { Settings } from '../platform/settings.ts';
import type { World } from '../platform/world.ts';
import type { AccountStore } from '../accounts/store.ts';
import { textHistory } from '../publish/history.ts';
import { foldTag } from '../publish/text.ts';
import { mediaBases, type MediaBases } from '../transcode/file-address.ts';
import { presentCard, presentPerson } from './card.ts';
import { hydrate, hydrateOne, hydratePeople } from './hydration.ts';
import { findMediaFile, type MediaFile } from './media-rows.ts';
import { following, latest, marked, mostLiked, ofAccount, ofTag, type PageOrder, type Skeleton } from './skeletons.ts';
import { oneTag, popularTags, tagsStarting } from './tags.ts';
import { tiesOf } from './ties.ts';
import { judge, type Verdict } from './verdict.ts';

type SignedIn = PageOrder & { viewerId: string };

/** What is read of posts. */
export interface WatchStore {
  bases: MediaBases;
  latest(order: PageOrder): Promise<CardPage>;
  mostLiked(order: PageOrder): Promise<CardPage>;
  following(order: SignedIn): Promise<CardPage>;
  marked(order: SignedIn, by: 'likes' | 'saves' | 'reposts'): Promise<CardPage>;
  ofTag(order: PageOrder, tag: string): Promise<CardPage>;
  /** @throws not_found when the account is not shown to the viewer */
  ofAccount(order: PageOrder, handle: string): Promise<CardPage>;
  /** The cards of those ids that the viewer may watch, in the order of the ids. */
  cards(ids: readonly string[], viewerId: string | undefined): Promise<Card[]>;
  /** One post, judged for the viewer. */
  post(id: string, viewerId: string | undefined): Promise<Verdict>;
  /** What the text of a post said before. */
  history(id: string): Promise<TextHistory>;
  tag(name: string): Promise<Tag>;
  tagsStarting(prefix: string): Promise<Tag[]>;
  popularTags(): Promise<Tag[]>;
  /** What the account's own devices rank by. */
  ties(accountId: string): Promise<AccountTies>;
  /** A file of a post that is live and public (no viewer), or that the viewer may see. */
  mediaFile(id: string, access: 'public' | { viewerId: string }): Promise<MediaFile | undefined>;
}

const TAG_COMPLETIONS = 10;
const POPULAR_TAGS = 20;

/** What the store is built from. */
interface WatchStoreGrounds {
  db: Db;
  world: World;
  settings: Pick<Settings, 'mediaUrl' | 'publicUrl'>;
  accounts: Pick<AccountStore, 'shownAccountId'>;
}

/** What cannot stand in a tag finds nothing; a NUL cannot even be asked for. */
function askedTag(typed: string): string {
  return foldTag(typed).replaceAll('\0', '');
}

/** The store over a database. */
export function watchStore({ db, world, settings, accounts }: WatchStoreGrounds): WatchStore {
  const bases = mediaBases(settings);

  async function cards(ids: readonly string[], viewerId: string | undefined): Promise<Card[]> {
    const facts = new Map((await hydrate(db, ids, viewerId)).map((post) => [post.id, post]));
    return ids.flatMap((id) => {
      const found = facts.get(id);
      const card = found && presentCard(found, bases);
      return card ? [card] : [];
    });
  }
  async function pageFrom(skeleton: Skeleton | Promise<Skeleton>, viewerId: string | undefined): Promise<CardPage> {
    const { ids, next } = await skeleton;
    return { posts: await cards(ids, viewerId), next };
  }

  return {
    bases,
    cards,
    latest: (order) => pageFrom(latest(db, order), order.viewerId),
    mostLiked: (order) => pageFrom(mostLiked(db, world, order), order.viewerId),
    following: async (order) => {
      const { repostedBy, ...skeleton } = await following(db, order);
      const page = await pageFrom(skeleton, order.viewerId);
      const people = await hydratePeople(db, [...new Set(repostedBy.values())]);
      const byId = new Map(people.map((person) => [person.id, presentPerson(person, bases)]));
      return {
        ...page,
        posts: page.posts.map((card) => {
          const person = byId.get(repostedBy.get(card.id) ?? '');
          return person ? { ...card, repostedBy: person } : card;
        }),
      };
    },
    marked: (order, by) => pageFrom(marked(db, order, by), order.viewerId),
    ofTag: (order, tag) => pageFrom(ofTag(db, order, askedTag(tag)), order.viewerId),
    ofAccount: async (order, handle) => {
      const accountId = await accounts.shownAccountId(handle, order.viewerId);
      return pageFrom(ofAccount(db, order, accountId), order.viewerId);
    },
    post: async (id, viewerId) => judge(await hydrateOne(db, id, viewerId)),
    history: (id) => textHistory(db, id),
    tag: (name) => oneTag(db, askedTag(name)),
    tagsStarting: (prefix) => tagsStarting(db, askedTag(prefix), TAG_COMPLETIONS),
    popularTags: () => popularTags(db, world, POPULAR_TAGS),
    ties: (accountId) => tiesOf(db, accountId),
    mediaFile: (id, access) => findMediaFile(db, id, access),
  };
}
