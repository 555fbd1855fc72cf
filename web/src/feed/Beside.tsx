/** What stands around the player on a wide page: corner controls, the rail, chevrons, the hint to the keys. */
import type { Card } from '@vitrine/schema';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { IconButton } from '../ui/Button.tsx';
import { t } from '../words/words.ts';
import { Rail } from '../watch/Rail.tsx';
import { usePlayerState } from '../watch/player-state.ts';
import type { PageAround } from './VideoPage.tsx';

interface BesideProps {
  card: Card;
  around: PageAround;
  steps: { go: (direction: -1 | 1) => void; isFirst: boolean; isLast: boolean };
  onKeys: () => void;
}

/** The rail outside, and the way up and down. */
export default function Beside({ card, around, steps, onKeys }: BesideProps) {
  const { player, onComments, onShare } = around;
  const state = usePlayerState(player);
  return (
    <>
      <div className="rail-outside">
        <Rail
          card={card}
          player={player}
          isMuted={state.isMuted}
          isPlaying={!state.isPaused}
          onComments={onComments}
          onShare={onShare}
        />
      </div>
      <div className="chevrons">
        <IconButton
          label={t('feed.previous')}
          kind="glass"
          sizePx={52}
          disabled={steps.isFirst}
          onClick={() => steps.go(-1)}
        >
          <ChevronUp size={24} />
        </IconButton>
        <IconButton label={t('feed.next')} kind="glass" sizePx={52} disabled={steps.isLast} onClick={() => steps.go(1)}>
          <ChevronDown size={24} />
        </IconButton>
      </div>
      <button type="button" className="keys-hint t-small" onClick={onKeys}>
        <kbd className="keycap">?</kbd> {t('feed.keysShort')}
      </button>
    </>
  );
}
