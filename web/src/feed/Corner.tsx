/** Controls in the corners of a wide page's player: sound and its slider, speed, captions, picture in picture, full screen. */
import type { Card } from '@vitrine/schema';
import { Captions as CaptionsIcon, Gauge, Maximize, PictureInPicture2, Volume2, VolumeX } from 'lucide-react';
import { useState } from 'react';
import { Slider } from '../ui/Choice.tsx';
import { Menu } from '../ui/Overlay.tsx';
import { fullNumber, t } from '../words/words.ts';
import type { Player } from '../watch/player.ts';
import { setWatchPrefs, useWatchPrefs } from '../watch/prefs.ts';
import { toggleFullscreen, togglePip } from '../watch/windowing.ts';
import { usePlayerState } from '../watch/player-state.ts';
import { SPEEDS } from '../watch/speeds.ts';

/** The two glass pills at the top of the player. */
export default function Corner({ card, player }: { card: Card | undefined; player: Player }) {
  const prefs = useWatchPrefs();
  const { isMuted } = usePlayerState(player);
  const [speedAt, setSpeedAt] = useState<{ x: number; y: number } | undefined>(undefined);
  const captionsOn = prefs.captions ?? isMuted;
  return (
    <div className="corner" data-no-gesture>
      <div className="corner-pill glass">
        <button
          type="button"
          aria-label={isMuted ? t('watch.soundOn') : t('watch.soundOff')}
          title={isMuted ? t('watch.soundOn') : t('watch.soundOff')}
          onClick={() => player.setSound(isMuted)}
        >
          {isMuted ? <VolumeX size={20} /> : <Volume2 size={20} />}
        </button>
        <Slider
          label={t('watch.volume')}
          value={isMuted ? 0 : prefs.volume}
          onChange={(volume) => {
            setWatchPrefs({ volume });
            if (isMuted !== (volume === 0)) player.setSound(volume > 0);
          }}
        />
      </div>
      <div className="corner-pill glass">
        <button
          type="button"
          aria-label={t('watch.speed')}
          title={t('watch.speed')}
          onClick={(event) => setSpeedAt({ x: event.clientX - 60, y: event.clientY + 16 })}
        >
          <Gauge size={20} />
        </button>
        {card !== undefined && card.captions.length > 0 && (
          <button
            type="button"
            aria-label={t('watch.captions')}
            title={t('watch.captions')}
            aria-pressed={captionsOn}
            onClick={() => setWatchPrefs({ captions: !captionsOn })}
          >
            <CaptionsIcon size={20} />
          </button>
        )}
        {document.pictureInPictureEnabled && (
          <button
            type="button"
            aria-label={t('watch.pip')}
            title={t('watch.pip')}
            onClick={() => togglePip(player.video())}
          >
            <PictureInPicture2 size={20} />
          </button>
        )}
        <button
          type="button"
          aria-label={t('watch.fullscreen')}
          title={t('watch.fullscreen')}
          onClick={() => toggleFullscreen(player.video())}
        >
          <Maximize size={20} />
        </button>
      </div>
      {speedAt !== undefined && (
        <Menu
          label={t('watch.speed')}
          at={speedAt}
          onClose={() => setSpeedAt(undefined)}
          rows={SPEEDS.map((speed) => ({
            label: `${fullNumber(speed)}×`,
            isChosen: speed === prefs.speed,
            onChoose: () => setWatchPrefs({ speed }),
          }))}
        />
      )}
    </div>
  );
}
