/** The library of sounds: what goes round, what is new, what the viewer saved or brought. */
import { Search } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useMe } from '../api/me.ts';
import { Tabs } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { ErrorState, SkeletonRows } from '../ui/State.tsx';
import { t, type Word } from '../words/words.ts';
import { useEar } from './ear.ts';
import { OwnSound } from './OwnSound.tsx';
import { SoundLine } from './SoundLine.tsx';
import { useSounds, type SoundShelf } from './use-sounds.ts';

const SHELVES: readonly { value: SoundShelf; word: Word; empty: Word; isPersonal?: boolean }[] = [
  { value: 'trending', word: 'addSound.trending', empty: 'sounds.none' },
  { value: 'newest', word: 'soundPage.newest', empty: 'sounds.none' },
  { value: 'saved', word: 'addSound.saved', empty: 'addSound.noSaved', isPersonal: true },
  { value: 'own', word: 'addSound.own', empty: 'addSound.noOwn', isPersonal: true },
];

/** The screen. */
export default function SoundsScreen() {
  const [shelf, setShelf] = useState<SoundShelf>('trending');
  const [search, setSearch] = useState('');
  const words = useDeferredValue(search);
  const { sounds, isLoading, error, reload, endRef } = useSounds(shelf, words);
  const ear = useEar();
  const isSignedIn = Boolean(useMe());
  const emptyWord = SHELVES.find(({ value }) => value === shelf)?.empty ?? 'sounds.none';
  return (
    <div className="page">
      <PageHead title={t('sounds.title')} backTo="/explore" />
      <Field
        label={t('addSound.search')}
        isLabelHidden
        type="search"
        placeholder={t('addSound.search')}
        lead={<Search size={20} aria-hidden="true" />}
        maxLength={60}
        value={search}
        onInput={(event) => setSearch(event.currentTarget.value)}
      />
      <Tabs
        label={t('sounds.title')}
        value={shelf}
        options={SHELVES.filter(({ isPersonal }) => isSignedIn || isPersonal !== true).map(({ value, word }) => ({
          value,
          label: t(word),
        }))}
        onChange={setShelf}
      />
      {shelf === 'own' && <OwnSound onAdded={reload} />}
      {isLoading && <SkeletonRows count={5} />}
      {error !== null && sounds.length === 0 && <ErrorState error={error} onRetry={reload} />}
      {!isLoading && error === null && sounds.length === 0 && (
        <p className="t-body ink2 sound-none">{t(words.trim() === '' ? emptyWord : 'addSound.noneFound')}</p>
      )}
      <ul className="sound-lines">
        {sounds.map((sound) => (
          <li key={sound.id}>
            <SoundLine sound={sound} ear={ear} />
          </li>
        ))}
      </ul>
      <div ref={endRef} />
    </div>
  );
}
