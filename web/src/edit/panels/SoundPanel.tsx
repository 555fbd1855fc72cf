/** The sound under the video: which, how loud, how it comes and goes, and cuts on its beats. */
import { snapCuts } from '@vitrine/edit';
import type { EditSound } from '@vitrine/schema';
import { Magnet, Music2, Replace, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Slider } from '../../ui/Choice.tsx';
import { toast } from '../../ui/Toast.tsx';
import { t } from '../../words/words.ts';
import type { ChosenSound } from '../../sound/AddSound.tsx';
import { useEditor } from '../editor.ts';
import { mediumOf, rememberSound, useMediaVersion, type Medium } from '../media.ts';
import { removePiece, soundSpan } from '../pieces.ts';
import { secondsOf } from '../words.ts';
import { GainField } from './ClipPanels.tsx';

const AddSound = lazy(() => import('../../sound/AddSound.tsx'));
const LONGEST_FADE_MS = 5000;

/** The sheet that finds a sound, over the editor. */
function AddSoundSheet({ onClose }: { onClose: () => void }) {
  const { edit, change, timeline, player, sources } = useEditor();
  const sound = edit.sound && mediumOf(`sound:${edit.sound.soundId}`).sound;
  const use = ({ sound: next, range, originalGain, gain }: ChosenSound): void => {
    rememberSound(next);
    change((now) => ({
      ...now,
      originalGain,
      sound: {
        soundId: next.id,
        offsetMs: range.fromMs,
        startMs: 0,
        lengthMs: range.toMs - range.fromMs,
        gain,
        fadeInMs: 0,
        fadeOutMs: Math.min(1000, Math.round((range.toMs - range.fromMs) / 4)),
      },
    }));
    onClose();
  };
  player.pause();
  const first = edit.sound && sound ? { sound, range: stretchOf(edit.sound, sound.durationMs) } : undefined;
  return (
    <Suspense fallback={null}>
      <AddSound
        videoMs={timeline.durationMs}
        originalGain={edit.originalGain}
        gain={edit.sound?.gain ?? 0.85}
        hasOriginal={[...sources.values()].some((facts) => facts.hasAudio && facts.widthPx > 0)}
        first={first}
        onUse={use}
        onClose={onClose}
      />
    </Suspense>
  );
}

function stretchOf(sound: EditSound, durationMs: number): { fromMs: number; toMs: number } {
  return { fromMs: sound.offsetMs, toMs: Math.min(durationMs, sound.offsetMs + (sound.lengthMs ?? durationMs)) };
}

function Fades({ sound }: { sound: EditSound }) {
  const { change, settle } = useEditor();
  const set = (changes: Partial<EditSound>, gesture: string): void =>
    change((now) => (now.sound ? { ...now, sound: { ...now.sound, ...changes } } : now), gesture);
  return (
    <div onPointerUp={settle}>
      {(['fadeInMs', 'fadeOutMs'] as const).map((name) => {
        const label = name === 'fadeInMs' ? t('edit.fadeIn') : t('edit.fadeOut');
        return (
          <div key={name}>
            <div className="panel-row">
              <span className="t-small">{label}</span>
              <span className="t-small ink2 num">{secondsOf(sound[name])}</span>
            </div>
            <Slider
              label={label}
              words={secondsOf(sound[name])}
              min={0}
              max={LONGEST_FADE_MS}
              step={100}
              value={sound[name]}
              onChange={(value) => set({ [name]: value }, name)}
            />
          </div>
        );
      })}
    </div>
  );
}

function Volumes({ sound }: { sound: EditSound }) {
  const { edit, change, settle } = useEditor();
  return (
    <>
      <GainField
        label={t('edit.originalVolume')}
        value={edit.originalGain}
        onGain={(originalGain) => change((now) => ({ ...now, originalGain }), 'original gain')}
        onEnd={settle}
      />
      <GainField
        label={t('edit.addedVolume')}
        value={sound.gain}
        onGain={(gain) => change((now) => (now.sound ? { ...now, sound: { ...now.sound, gain } } : now), 'sound gain')}
        onEnd={settle}
      />
    </>
  );
}

function SoundActs({ medium, soundId, onChange }: { medium: Medium; soundId: string; onChange: () => void }) {
  const { change, sources, choose } = useEditor();
  const { tempoBpm, firstBeatMs } = medium.sound ?? {};
  const snap = (): void => {
    if (tempoBpm == null) return;
    change((now) => snapCuts(now, { bpm: tempoBpm, firstBeatMs: firstBeatMs ?? 0 }, sources));
    toast(t('edit.snapped'));
  };
  return (
    <div className="panel-acts">
      <Button size="small" icon={<Replace size={16} />} onClick={() => onChange()}>
        {t('edit.changeSound')}
      </Button>
      {tempoBpm != null && (
        <Button size="small" icon={<Magnet size={16} />} onClick={snap}>
          {t('edit.snapCuts')}
        </Button>
      )}
      <Button
        kind="danger"
        size="small"
        icon={<Trash2 size={16} />}
        onClick={() => {
          change((now) => removePiece(now, { kind: 'sound', id: soundId }));
          choose(undefined);
        }}
      >
        {t('edit.deleteSound')}
      </Button>
    </div>
  );
}

/** The panel. */
export function SoundPanel() {
  const { edit, timeline } = useEditor();
  const [isAdding, setIsAdding] = useState(edit.sound === null);
  useMediaVersion();
  const { sound } = edit;
  const medium = sound && mediumOf(`sound:${sound.soundId}`);
  const span = sound && soundSpan(sound, medium?.facts?.durationMs, timeline.durationMs);
  return (
    <div className="panel-body">
      {sound && medium && (
        <div className="panel-fields">
          <div className="panel-sound">
            <Music2 size={20} aria-hidden="true" />
            <div>
              <div className="t-label" dir="auto">
                {medium.name}
              </div>
              <div className="t-small ink3">
                <bdi>{medium.sound?.artist}</bdi>{' '}
                {span && <span className="num">{secondsOf(span.toMs - span.fromMs)}</span>}
              </div>
            </div>
          </div>
          {medium.sound?.muted && (
            <p className="t-body panel-problem" role="alert">
              {t('edit.soundMuted')}
            </p>
          )}
          <SoundActs medium={medium} soundId={sound.soundId} onChange={() => setIsAdding(true)} />
          <Volumes sound={sound} />
          <Fades sound={sound} />
        </div>
      )}
      {!sound && (
        <Button icon={<Music2 size={18} />} onClick={() => setIsAdding(true)}>
          {t('edit.addSound')}
        </Button>
      )}
      {isAdding && <AddSoundSheet onClose={() => setIsAdding(false)} />}
    </div>
  );
}
