/** Where a post can go, and what else can be done with it. */
import type { Card } from '@vitrine/schema';
import { UserX } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useLocation } from 'wouter';
import { useRegion } from '../api/me.ts';
import { Menu, Sheet, type MenuRow } from '../ui/Overlay.tsx';
import { fullNumber, t } from '../words/words.ts';
import type { Player } from '../watch/player.ts';
import { isRanked } from '../rank/chips.ts';
import { setWatchPrefs, useWatchPrefs, type AfterEnd } from '../watch/prefs.ts';
import { SPEEDS } from '../watch/speeds.ts';
import { ActGrid, actsOf, type Further } from './ActGrid.tsx';
import { DeleteDialog } from './DeleteDialog.tsx';
import { Targets } from './Targets.tsx';
import './share.css';

const EditTextSheet = lazy(() => import('./EditTextSheet.tsx'));
const FurtherSheet = lazy(() => import('./FurtherSheets.tsx'));

const ENDS: readonly AfterEnd[] = ['loop', 'advance', 'stop'];
const SIZES = ['S', 'M', 'L'] as const;

/** The small menus that the grid opens. */
function useMenuRows(which: Further): MenuRow[] {
  const prefs = useWatchPrefs();
  if (which === 'end')
    return ENDS.map((afterEnd) => ({
      label: t(`share.end_${afterEnd}`),
      isChosen: prefs.afterEnd === afterEnd,
      onChoose: () => setWatchPrefs({ afterEnd }),
    }));
  if (which === 'speed')
    return SPEEDS.map((speed) => ({
      label: `${fullNumber(speed)}×`,
      isChosen: prefs.speed === speed,
      onChoose: () => setWatchPrefs({ speed }),
    }));
  return [
    {
      label: t('share.captionsOff'),
      isChosen: prefs.captions === false,
      onChoose: () => setWatchPrefs({ captions: false }),
    },
    ...SIZES.map((captionSize) => ({
      label: t(`share.captions${captionSize}`),
      isChosen: prefs.captions === true && prefs.captionSize === captionSize,
      onChoose: () => setWatchPrefs({ captions: true, captionSize }),
    })),
  ];
}

function Opened({
  further,
  card,
  origin,
  onBack,
  onClose,
}: {
  further: Further;
  card: Card;
  origin: string;
  onBack: () => void;
  onClose: () => void;
}) {
  const rows = useMenuRows(further);
  if (further === 'none') return null;
  if (further === 'delete') return <DeleteDialog card={card} onClose={onBack} onDeleted={onClose} />;
  if (further === 'words')
    return (
      <Suspense fallback={null}>
        <EditTextSheet card={card} onClose={onClose} />
      </Suspense>
    );
  if (further === 'speed' || further === 'captions' || further === 'end')
    return <Menu label={t(`share.${further === 'end' ? 'afterEnd' : further}`)} rows={rows} onClose={onBack} />;
  return (
    <Suspense fallback={null}>
      <FurtherSheet which={further} card={card} origin={origin} onClose={onBack} />
    </Suspense>
  );
}

interface ShareSheetProps {
  card: Card;
  player: Player;
  onClose: () => void;
  /** Hides everything over the video. */
  onClear: () => void;
  /** Opens Why in its place. */
  onWhy?: () => void;
}

/** The sheet. */
export default function ShareSheet({ card, player, onClose, onClear, onWhy }: ShareSheetProps) {
  const region = useRegion();
  const prefs = useWatchPrefs();
  const [, navigate] = useLocation();
  const [further, setFurther] = useState<Further>('none');
  const isPublic = card.audience === 'everyone';
  const origin = region?.publicUrl ?? location.origin;
  const acts = actsOf({
    card,
    player,
    prefs,
    onFurther: setFurther,
    onClose,
    onClear,
    onWhy: isRanked(card.id) ? onWhy : undefined,
    onMake: navigate,
    onReport: () => navigate(`/complaint?kind=post&id=${card.id}`),
  });
  return (
    <>
      <Sheet title={t('share.title')} onClose={onClose}>
        {isPublic && (
          <Targets
            card={card}
            url={`${origin}${card.path}`}
            onMastodon={() => setFurther('mastodon')}
            onClose={onClose}
          />
        )}
        <p className="share-note t-small ink2">
          <UserX size={18} aria-hidden="true" />
          {isPublic ? t('share.noPersonalId') : t('share.notPublic')}
        </p>
        <ActGrid acts={acts} />
      </Sheet>
      <Opened further={further} card={card} origin={origin} onBack={() => setFurther('none')} onClose={onClose} />
    </>
  );
}
