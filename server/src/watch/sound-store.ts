/** The read side of sounds. Owns no tables. */
import type { CardPage, Sound, SoundPage } from '@vitrine/schema';
import type { Db } from '../platform/database.ts';
import type { World } from '../platform/world.ts';
import type { PageOrder, Skeleton } from './skeletons.ts';
import { creditsOf, soundFacts } from './sound-facts.ts';
import {
  mostLikedOfSound,
  newestOfSound,
  newestSounds,
  ownSounds,
  savedSounds,
  trendingSounds,
  type SoundOrder,
} from './sound-lists.ts';
import { presentSound } from './sound-view.ts';
import type { WatchStore } from './store.ts';

type SignedIn = PageOrder & { viewerId: string };

/** What is read of sounds. */
export interface SoundReads {
  /** A sound that the viewer may see. */
  one(id: string, viewerId: string | undefined): Promise<Sound | undefined>;
  trending(order: SoundOrder): Promise<SoundPage>;
  newest(order: SoundOrder): Promise<SoundPage>;
  own(order: SignedIn): Promise<SoundPage>;
  saved(order: SignedIn): Promise<SoundPage>;
  posts(order: PageOrder, soundId: string, sort: 'mostLiked' | 'newest'): Promise<CardPage>;
}

/** What it is built from. */
interface SoundReadGrounds {
  db: Db;
  world: World;
  watch: Pick<WatchStore, 'cards' | 'bases'>;
}

/** The store over a database. */
export function soundReads({ db, world, watch }: SoundReadGrounds): SoundReads {
  async function present(ids: readonly string[], viewerId: string | undefined): Promise<Sound[]> {
    const facts = await soundFacts(db, ids, viewerId);
    const sameIds = facts.flatMap(({ accountId, sameAsId }) => (sameAsId && accountId === viewerId ? [sameAsId] : []));
    const [chains, same] = [await creditsOf(db, ids, viewerId), await soundFacts(db, sameIds, viewerId)];
    const byId = new Map(facts.map((sound) => [sound.id, sound]));
    return ids.flatMap((id) => {
      const sound = byId.get(id);
      if (!sound) return [];
      const madeFrom = chains.get(id) ?? [];
      const sameAs = same.find((other) => other.id === sound.sameAsId);
      return [presentSound(sound, { bases: watch.bases, madeFrom, sameAs, viewerId })];
    });
  }
  async function page(skeleton: Promise<Skeleton>, viewerId: string | undefined): Promise<SoundPage> {
    const { ids, next } = await skeleton;
    return { sounds: await present(ids, viewerId), next };
  }
  return {
    one: async (id, viewerId) => (await present([id], viewerId))[0],
    trending: (order) => page(trendingSounds(db, world, order), order.viewerId),
    newest: (order) => page(newestSounds(db, order), order.viewerId),
    own: (order) => page(ownSounds(db, order), order.viewerId),
    saved: (order) => page(savedSounds(db, order), order.viewerId),
    async posts(order, soundId, sort) {
      const list = sort === 'newest' ? newestOfSound : mostLikedOfSound;
      const { ids, next } = await list(db, order, soundId);
      return { posts: await watch.cards(ids, order.viewerId), next };
    },
  };
}
