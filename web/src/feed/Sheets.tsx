/** What can be opened over or beside a video; the code of each comes with its first opening. */
import type { Card } from '@vitrine/schema';
import { lazy, Suspense } from 'react';
import { withAnswers } from '../api/answers.tsx';
import { LoadGuard, tellNotLoaded } from '../app/LoadGuard.tsx';
import type { PageAround } from './VideoPage.tsx';

const CommentSheet = lazy(withAnswers(() => import('../comment/CommentSheet.tsx')));
const CommentPanel = lazy(withAnswers(() => import('../comment/CommentPanel.tsx')));
const ShareSheet = lazy(withAnswers(() => import('../share/ShareSheet.tsx')));
const WhySheet = lazy(withAnswers(() => import('../why/WhySheet.tsx')));
const KeysHelp = lazy(() => import('./KeysHelp.tsx'));

/** What is open. */
export type Opened = 'none' | 'comments' | 'share' | 'keys' | 'why';

interface SheetsProps {
  opened: Opened;
  card: Card;
  around: PageAround;
  /** Comments stand beside the player already. */
  hasSide: boolean;
  commentId: string | undefined;
  onClose: () => void;
  onClear: () => void;
}

/** The open one, or nothing. */
export function Sheets({ opened, card, around, hasSide, commentId, onClose, onClear }: SheetsProps) {
  const { player, isWide } = around;
  const Comments = isWide ? CommentPanel : CommentSheet;
  const seek = (seconds: number): void => {
    player.video().currentTime = seconds;
  };
  return (
    <LoadGuard
      of={opened}
      onFailed={() => {
        onClose();
        tellNotLoaded();
      }}
    >
      <Suspense fallback={null}>
        {opened === 'comments' && !hasSide && (
          <Comments key={card.id} card={card} commentId={commentId} onClose={onClose} onSeek={seek} />
        )}
        {opened === 'share' && (
          <ShareSheet card={card} player={player} onClose={onClose} onClear={onClear} onWhy={around.onWhy} />
        )}
        {opened === 'why' && <WhySheet card={card} onClose={onClose} />}
        {opened === 'keys' && <KeysHelp onClose={onClose} />}
      </Suspense>
    </LoadGuard>
  );
}
