/** Your taste: what this device believes you like, as a picture, and everything you can do about it. It never leaves the device. */
import { Download, RotateCcw, Smartphone, Upload } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useMe } from '../api/me.ts';
import { setFeedMode } from '../feed/mode.ts';
import { showChips } from '../rank/chips.ts';
import { ask } from '../rank/for-you.ts';
import { cardsFor } from '../rank/for-you-list.ts';
import { tellTasteChanged } from '../rank/hear-watches.ts';
import { Button } from '../ui/Button.tsx';
import { Segments, SwitchRow } from '../ui/Choice.tsx';
import { Dialog } from '../ui/Overlay.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { Skeleton } from '../ui/State.tsx';
import { toast } from '../ui/Toast.tsx';
import { fullNumber, t } from '../words/words.ts';
import { Algorithm } from './Algorithm.tsx';
import { Balance } from './Balance.tsx';
import { Cabinet } from './Cabinet.tsx';
import { LastWatched } from './LastWatched.tsx';
import type { FeedMode, Wishes } from './memory.ts';
import type { TastePicture } from './picture.ts';
import { Sync } from './Sync.tsx';
import { Topics } from './Topics.tsx';
import './taste.css';
import './algorithm.css';

const MODES: readonly FeedMode[] = ['forYou', 'following', 'newest', 'noProfile'];

/** The taste, and how to change it. */
function useTaste() {
  const [taste, setTaste] = useState<TastePicture | undefined>(undefined);
  const load = async (): Promise<void> => {
    const found = await ask('taste');
    await cardsFor([...found.watches.slice(0, 24).map(({ id }) => id), ...found.tags.map(({ postId }) => postId)]);
    setTaste(found);
  };
  useEffect(() => {
    void load();
  }, []);
  const wish = async (change: Partial<Wishes>): Promise<void> => {
    await ask('wish', change);
    tellTasteChanged();
    await load();
  };
  const forget = async (which: { post: number } | { day: number } | 'all'): Promise<void> => {
    await ask('forget', which);
    tellTasteChanged();
    await load();
  };
  return { taste, wish, forget, load };
}

function saveFile(text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = 'vitrine-taste.json';
  link.click();
  URL.revokeObjectURL(link.href);
}

function Acts({ onChanged, onForgetAll }: { onChanged: () => Promise<void>; onForgetAll: () => Promise<void> }) {
  const input = useRef<HTMLInputElement>(null);
  const [isAsking, setIsAsking] = useState(false);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    try {
      await ask('importTaste', await file.text());
      await onChanged();
      toast(t('taste.imported'));
    } catch {
      toast(t('taste.noSuchFile'));
    }
  };
  return (
    <div className="taste-acts">
      <Button
        kind="outline"
        icon={<Download size={18} />}
        onClick={() => void ask('exportTaste').then(saveFile, () => undefined)}
      >
        {t('taste.export')}
      </Button>
      <Button kind="outline" icon={<Upload size={18} />} onClick={() => input.current?.click()}>
        {t('taste.import')}
      </Button>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        className="visually-hidden"
        aria-label={t('taste.import')}
        tabIndex={-1}
        onChange={(event) => void take(event.currentTarget.files?.[0])}
      />
      <Button kind="danger" icon={<RotateCcw size={18} />} onClick={() => setIsAsking(true)}>
        {t('taste.startOver')}
      </Button>
      {isAsking && (
        <Dialog
          title={t('taste.startOverAsk')}
          keep={t('ui.cancel')}
          act={t('taste.startOver')}
          isDanger
          onClose={() => setIsAsking(false)}
          onAct={() => void onForgetAll().then(() => setIsAsking(false))}
        >
          {t('taste.startOverText')}
        </Dialog>
      )}
    </div>
  );
}

function Habits({ wishes, wish }: { wishes: Wishes; wish: (change: Partial<Wishes>) => Promise<void> }) {
  return (
    <section>
      <SwitchRow
        label={t('taste.learns')}
        note={t('taste.learnsNote')}
        isOn={wishes.isLearning}
        onChange={(isLearning) => void wish({ isLearning })}
      />
      <SwitchRow
        label={t('taste.chip')}
        note={t('taste.chipNote')}
        isOn={wishes.showsChip}
        onChange={(showsChip) => {
          showChips(showsChip);
          void wish({ showsChip });
        }}
      />
      <SwitchRow
        label={t('taste.noAi')}
        isOn={wishes.hidesMadeByAi}
        onChange={(hidesMadeByAi) => void wish({ hidesMadeByAi })}
      />
    </section>
  );
}

function Settings({
  wishes,
  wish,
  isYoung,
  onChanged,
}: {
  wishes: Wishes;
  wish: (change: Partial<Wishes>) => Promise<void>;
  isYoung: boolean;
  onChanged: () => Promise<void>;
}) {
  return (
    <div className="taste-settings">
      <section>
        <h2 className="t-sub">{t('taste.fills')}</h2>
        <Segments
          label={t('taste.fills')}
          options={MODES.map((value) => ({ value, label: t(`taste.mode_${value}`) }))}
          value={wishes.mode}
          onChange={(mode) => {
            setFeedMode(mode);
            void wish({ mode });
          }}
        />
        <p className="t-small ink2">{isYoung ? t('taste.young') : t(`taste.note_${wishes.mode}`)}</p>
      </section>
      <section>
        <h2 className="t-sub">{t('taste.moreLess')}</h2>
        <Balance
          low={t('taste.familiar')}
          high={t('taste.new')}
          value={wishes.novelty}
          onChange={(novelty) => void wish({ novelty })}
        />
        <Balance
          low={t('taste.short')}
          high={t('taste.long')}
          value={wishes.length}
          onChange={(length) => void wish({ length })}
        />
      </section>
      <Topics wishes={wishes} onChange={(change) => void wish(change)} />
      <Habits wishes={wishes} wish={wish} />
      <Algorithm />
      {!isYoung && <Sync onChanged={onChanged} />}
    </div>
  );
}

/** The page. */
export default function TasteScreen() {
  const { taste, wish, forget, load } = useTaste();
  const me = useMe();
  useEffect(() => {
    document.title = `${t('taste.title')} · Vitrine`;
  }, []);
  return (
    <div className="page page-wide taste">
      <PageHead title={t('taste.title')} backTo="/" />
      <div className="taste-top">
        <p className="taste-where t-small ink2">
          <Smartphone size={20} strokeWidth={1.75} aria-hidden="true" />
          {t('taste.where', { n: fullNumber(taste?.watches.length ?? 0) })}
        </p>
        <Acts onChanged={load} onForgetAll={() => forget('all')} />
      </div>
      {taste === undefined ? (
        <Skeleton className="taste-skeleton" />
      ) : (
        <div className="taste-columns">
          <div>
            <Cabinet taste={taste} onSlide={(sliders) => void wish({ sliders })} />
            <LastWatched watches={taste.watches} today={taste.today} onForget={(which) => void forget(which)} />
          </div>
          <Settings wishes={taste.wishes} wish={wish} isYoung={me?.ageBand === '13to15'} onChanged={load} />
        </div>
      )}
    </div>
  );
}
