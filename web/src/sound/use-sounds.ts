/** A list of sounds as it grows. */
import type { Sound, SoundPage } from '@vitrine/schema';
import { usePages, type Pages } from '../ui/use-pages.ts';

/** Which sounds: those that go round, the newest, what the viewer saved, the viewer's own. */
export type SoundShelf = 'trending' | 'newest' | 'saved' | 'own';

const PATHS: Record<SoundShelf, string> = {
  trending: '/sounds',
  newest: '/sounds',
  saved: '/me/sounds/saved',
  own: '/me/sounds',
};
const PAGE_SIZE = 50;

/** The sounds of a shelf; words to look for look through all that may be used, whatever the shelf. */
export function useSounds(
  shelf: SoundShelf,
  search: string,
  limit = PAGE_SIZE,
): Pages<SoundPage> & { sounds: Sound[] } {
  const words = search.trim();
  const path = words === '' ? PATHS[shelf] : '/sounds';
  const query = {
    ...(path === '/sounds' ? { sort: words === '' ? shelf : 'trending' } : {}),
    ...(words === '' ? {} : { search: words }),
    limit,
  };
  const list = usePages<SoundPage>(['sounds', path, query], path, query);
  return { ...list, sounds: list.pages.flatMap((page) => page.sounds) };
}
