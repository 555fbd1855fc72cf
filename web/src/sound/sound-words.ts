/** What a sound is called. */
import type { Sound, SoundName } from '@vitrine/schema';
import { t } from '../words/words.ts';

/** As the server names the sound of a post that nobody named. */
const UNNAMED_ORIGINAL = 'Original sound';

/** Its title, in the reader's language where nobody gave it one. */
export function soundTitle({ title, origin }: Pick<SoundName, 'title' | 'origin'>): string {
  return origin === 'original' && title === UNNAMED_ORIGINAL ? t('soundPage.original') : title;
}

/** Title and artist in one line. */
export function soundLine(sound: Pick<Sound, 'title' | 'origin' | 'artist'>): string {
  return sound.artist === ''
    ? soundTitle(sound)
    : t('soundPage.by', { title: soundTitle(sound), artist: sound.artist });
}
