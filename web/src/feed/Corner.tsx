/** Controls in the corners of a wide page's player: sound and its slider, speed, captions, picture in picture, full screen. */
import type { Card } from '@vitrine/schema';
import { Captions as CaptionsIcon, Gauge, Maximize, PictureInPicture2, Volume2, VolumeX } from 'lucide-react';
import { useState, type MouseEvent, type ReactNode } from 'react';
import { Slider } from '../ui/Choice.tsx';
import { Menu } from '../ui/Overlay.tsx';
import { fullNumber, t } from '../words/words.ts';
import type { Player } from '../watch/player.ts';
import { usePlayerState } from '../watch/player-state.ts';
import { setWatchPrefs, useWatchPrefs } from '../watch/prefs.ts';
import { SPEEDS } from '../watch/speeds.ts';
import { toggleFullscreen, togglePip } from '../watch/windowing.ts';

interface ToolProps {
  label: string;
  isOn?: boolean;
  onPress: (event: MouseEvent) => void;
  children: ReactNode;
}

function Tool({ label, isOn, onPress, children }: ToolProps) {
  return (
    <button type="button" aria-label={label} title={label} aria-pressed={isOn} onClick={onPress}>
      {children}
    </button>
  );
}

function Volume({ player, isMuted }: { player: Player; isMuted: boolean }) {
  const prefs = useWatchPrefs();
  const change = (volume: number): void => {
    setWatchPrefs({ volume });
    if (isMuted !== (volume === 0)) player.setSound(volume > 0);
  };
  return (
    <div className="corner-pill glass">
      <Tool label={isMuted ? t('watch.soundOn') : t('watch.soundOff')} onPress={() => player.setSound(isMuted)}>
        {isMuted ? <VolumeX size={20} /> : <Volume2 size={20} />}
      </Tool>
      <Slider label={t('watch.volume')} value={isMuted ? 0 : prefs.volume} onChange={change} />
    </div>
  );
}

function Speed() {
  const prefs = useWatchPrefs();
  const [at, setAt] = useState<{ x: number; y: number } | undefined>(undefined);
  const rows = SPEEDS.map((speed) => ({
    label: `${fullNumber(speed)}×`,
    isChosen: speed === prefs.speed,
    onChoose: () => setWatchPrefs({ speed }),
  }));
  return (
    <>
      <Tool label={t('watch.speed')} onPress={(event) => setAt({ x: event.clientX - 60, y: event.clientY + 16 })}>
        <Gauge size={20} />
      </Tool>
      {at !== undefined && <Menu label={t('watch.speed')} at={at} onClose={() => setAt(undefined)} rows={rows} />}
    </>
  );
}

/** The two glass pills at the top of the player. */
export default function Corner({ card, player }: { card: Card | undefined; player: Player }) {
  const prefs = useWatchPrefs();
  const { isMuted } = usePlayerState(player);
  const hasCaptions = prefs.captions ?? isMuted;
  return (
    <div className="corner" data-no-gesture>
      <Volume player={player} isMuted={isMuted} />
      <div className="corner-pill glass">
        <Speed />
        {card !== undefined && card.captions.length > 0 && (
          <Tool
            label={t('watch.captions')}
            isOn={hasCaptions}
            onPress={() => setWatchPrefs({ captions: !hasCaptions })}
          >
            <CaptionsIcon size={20} />
          </Tool>
        )}
        {document.pictureInPictureEnabled && (
          <Tool label={t('watch.pip')} onPress={() => togglePip(player.video())}>
            <PictureInPicture2 size={20} />
          </Tool>
        )}
        <Tool label={t('watch.fullscreen')} onPress={() => toggleFullscreen(player.video())}>
          <Maximize size={20} />
        </Tool>
      </div>
    </div>
  );
}
