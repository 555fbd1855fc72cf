/** Add sound: find one, hear it, choose its stretch and the two volumes, use it. */
import { Search } from 'lucide-react';
import { useDeferredValue, useEffect, useState } from 'react';
import type { Sound } from '@vitrine/schema';
import { Tabs } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { Sheet } from '../ui/Overlay.tsx';
import { ErrorState, SkeletonRows } from '../ui/State.tsx';
import { t, type Word } from '../words/words.ts';
import { ChooseStretch } from './ChooseStretch.tsx';
import { OwnSound } from './OwnSound.tsx';
import { SoundRow } from './SoundRow.tsx';
import { useEar } from './ear.ts';
import { useSounds } from './use-sounds.ts';
import { firstRange, beatsOf, type SoundRange } from './range.ts';
import './add-sound.css';

/** What was chosen. */
export interface ChosenSound {
  sound: Sound;
  range: SoundRange;
  originalGain: number;
  gain: number;
}
type Shelf = 'trending' | 'saved' | 'fromPosts' | 'own';

const SHELVES: readonly { value: Shelf; word: Word; empty: Word }[] = [
  { value: 'trending', word: 'addSound.trending', empty: 'addSound.noTrending' },
  { value: 'saved', word: 'addSound.saved', empty: 'addSound.noSaved' },
  { value: 'fromPosts', word: 'addSound.fromPosts', empty: 'addSound.noFromPosts' },
  { value: 'own', word: 'addSound.own', empty: 'addSound.noOwn' },
];

/** The sounds of a shelf; a search looks through all that may be used. */
function useShelf(shelf: Shelf, search: string) {
  const list = useSounds(shelf === 'fromPosts' ? 'newest' : shelf, search);
  const isFromPosts = shelf === 'fromPosts' && search.trim() === '';
  return { ...list, sounds: isFromPosts ? list.sounds.filter(({ origin }) => origin === 'original') : list.sounds };
}

interface Props {
  /** 0: nothing is cut yet. */
  videoMs: number;
  originalGain: number;
  gain: number;
  /** A sound that is chosen already, and its stretch. */
  first?: { sound: Sound; range?: SoundRange } | undefined;
  /** There is sound of the clips, whose volume can be chosen. */
  hasOriginal: boolean;
  onUse: (chosen: ChosenSound) => void;
  onClose: () => void;
}

/** What is chosen of which sound, and hearing it. */
function useChoice({ videoMs, originalGain, gain, first }: Props) {
  const [sound, setSound] = useState<Sound | undefined>(first?.sound);
  const [range, setRange] = useState<SoundRange>(first?.range ?? { fromMs: 0, toMs: 0 });
  const [gains, setGains] = useState({ originalGain, gain });
  const ear = useEar();
  const pick = (next: Sound): void => {
    const start = firstRange(next.durationMs, videoMs, beatsOf(next, next.durationMs));
    setSound(next);
    setRange(start);
    ear.play(next, start);
  };
  useEffect(() => {
    if (first && !first.range) pick(first.sound);
  }, []);
  return { sound, range, setRange, gains, setGains, ear, pick };
}

function Foot({
  choice,
  videoMs,
  hasOriginal,
  onUse,
}: Pick<Props, 'videoMs' | 'hasOriginal' | 'onUse'> & { choice: ReturnType<typeof useChoice> }) {
  const { sound, range, setRange, gains, setGains, ear } = choice;
  if (sound === undefined) return null;
  return (
    <ChooseStretch
      sound={sound}
      range={range}
      videoMs={videoMs}
      gains={hasOriginal ? gains : { ...gains, originalGain: undefined }}
      atMs={ear.soundId === sound.id ? ear.atMs : undefined}
      onRange={(next) => {
        setRange(next);
        if (ear.soundId === sound.id) ear.play(sound, next);
      }}
      onGains={(next) => setGains({ ...gains, ...next })}
      onUse={() => {
        ear.stop();
        onUse({ sound, range, ...gains });
      }}
    />
  );
}

function Rows({
  found,
  choice,
  emptyWord,
}: {
  found: ReturnType<typeof useShelf>;
  choice: ReturnType<typeof useChoice>;
  emptyWord: Word;
}) {
  const { sound, ear, pick } = choice;
  return (
    <>
      {found.isLoading && <SkeletonRows count={4} />}
      {found.error !== null && <ErrorState error={found.error} onRetry={found.reload} />}
      {!found.isLoading && found.error === null && found.sounds.length === 0 && (
        <p className="t-body ink2 add-sound-empty">{t(emptyWord)}</p>
      )}
      <ul className="sound-rows">
        {found.sounds.map((row) => (
          <SoundRow
            key={row.id}
            sound={row}
            isChosen={row.id === sound?.id}
            isPlaying={row.id === ear.soundId}
            onPick={() => (row.id === ear.soundId ? ear.stop() : pick(row))}
          />
        ))}
      </ul>
      <div ref={found.endRef} />
    </>
  );
}

/** The sheet. */
export default function AddSound(props: Props) {
  const [shelf, setShelf] = useState<Shelf>('trending');
  const [search, setSearch] = useState('');
  const found = useShelf(shelf, useDeferredValue(search));
  const choice = useChoice(props);
  const emptyWord = SHELVES.find(({ value }) => value === shelf)?.empty ?? 'addSound.noTrending';
  const close = (): void => {
    choice.ear.stop();
    props.onClose();
  };
  return (
    <Sheet
      title={t('addSound.title')}
      onClose={close}
      footer={choice.sound && <Foot choice={choice} {...props} />}
      isTall
    >
      <div className="add-sound">
        <Field
          label={t('addSound.search')}
          isLabelHidden
          type="search"
          placeholder={t('addSound.searchHint')}
          lead={<Search size={20} aria-hidden="true" />}
          value={search}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
        <Tabs
          label={t('addSound.title')}
          value={shelf}
          options={SHELVES.map(({ value, word }) => ({ value, label: t(word) }))}
          onChange={setShelf}
        />
        {shelf === 'own' && <OwnSound onAdded={found.reload} />}
        <Rows found={found} choice={choice} emptyWord={search.trim() === '' ? emptyWord : 'addSound.noneFound'} />
      </div>
    </Sheet>
  );
}
