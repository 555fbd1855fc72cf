/** What can be changed of the chosen clip: speed, shape, loudness, filter. Without a chosen clip that at the playhead is meant. */
import { changeClip, clipAt, FILTER_NAMES, setSpeed } from '@vitrine/edit';
import type { Clip, FilterName, FrameShape, VideoEdit } from '@vitrine/schema';
import { Button } from '../../ui/Button.tsx';
import { Segments, Slider } from '../../ui/Choice.tsx';
import { fullNumber, t, type Word } from '../../words/words.ts';
import { useEditor, useMoment } from '../editor.ts';
import { filterId } from '../paint.ts';
import { stripPicture, stripStyle } from '../strip.ts';
import { clipKey } from '@vitrine/edit';
import { speedWords } from '../words.ts';
import { CropField } from './CropField.tsx';

const SPEEDS = [0.3, 0.5, 1, 1.5, 2, 3];
/** What people call the filters. */
export const FILTER_WORDS: Record<FilterName, Word> = {
  none: 'edit.filterNone',
  warm: 'edit.filterWarm',
  cool: 'edit.filterCool',
  vivid: 'edit.filterVivid',
  faded: 'edit.filterFaded',
  mono: 'edit.filterMono',
  sepia: 'edit.filterSepia',
  dusk: 'edit.filterDusk',
  night: 'edit.filterNight',
};
const FRAMES_OFFERED: readonly FrameShape[] = ['9:16', '4:5', '1:1', '16:9'];

/** The clip that is meant. */
export function useMeantClip(): Clip | undefined {
  const { edit, chosen, timeline, player } = useEditor();
  const atMs = useMoment(player, 200);
  const own = chosen?.kind === 'clip' ? edit.clips.find((clip) => clip.id === chosen.id) : undefined;
  return own ?? clipAt(timeline, atMs)?.clip;
}

/** Speed. */
export function SpeedPanel() {
  const { change, settle } = useEditor();
  const clip = useMeantClip();
  if (!clip) return <p className="t-body ink2">{t('edit.noClip')}</p>;
  return (
    <div className="panel-fields">
      <div className="panel-row">
        <h3 className="panel-label">{t('edit.speed')}</h3>
        <span className="t-small num">{speedWords(clip.speed)}</span>
      </div>
      <Slider
        label={t('edit.speed')}
        words={speedWords(clip.speed)}
        min={0.3}
        max={3}
        step={0.1}
        value={clip.speed}
        onChange={(speed) => change((edit) => setSpeed(edit, clip.id, speed), `speed ${clip.id}`)}
      />
      <div className="chip-row">
        {SPEEDS.map((speed) => (
          <button
            key={speed}
            type="button"
            className={`chip num ${Math.abs(clip.speed - speed) < 0.01 ? 'chip-lit' : ''}`}
            aria-pressed={Math.abs(clip.speed - speed) < 0.01}
            onClick={() => {
              change((edit) => setSpeed(edit, clip.id, speed));
              settle();
            }}
          >
            {speedWords(speed)}
          </button>
        ))}
      </div>
    </div>
  );
}

const LAYOUTS = [
  { value: 'left', word: 'edit.duetLeft' },
  { value: 'right', word: 'edit.duetRight' },
  { value: 'top', word: 'edit.duetTop' },
  { value: 'bottom', word: 'edit.duetBottom' },
] as const;

/** Where the other post's picture stands. */
function DuetLayout({ duet }: { duet: NonNullable<VideoEdit['duet']> }) {
  const { change } = useEditor();
  return (
    <>
      <h3 className="panel-label">{t('edit.duetWhere')}</h3>
      <Segments
        label={t('edit.duetWhere')}
        value={duet.layout}
        options={LAYOUTS.map(({ value, word }) => ({ value, label: t(word) }))}
        onChange={(layout) => change((now) => (now.duet ? { ...now, duet: { ...now.duet, layout } } : now))}
      />
    </>
  );
}

/** Shape of the whole video, and how the clip stands in it. */
export function CropPanel() {
  const { edit, change } = useEditor();
  const clip = useMeantClip();
  return (
    <div className="panel-fields">
      <h3 className="panel-label">{t('edit.frame')}</h3>
      <Segments
        label={t('edit.frame')}
        value={edit.frame}
        options={FRAMES_OFFERED.map((value) => ({ value, label: value }))}
        onChange={(frame) => change((now) => ({ ...now, frame }))}
      />
      {edit.duet && <DuetLayout duet={edit.duet} />}
      {clip && (
        <>
          <h3 className="panel-label">{t('edit.fit')}</h3>
          <Segments
            label={t('edit.fit')}
            value={clip.fit}
            options={[
              { value: 'cover', label: t('edit.fitCover') },
              { value: 'contain', label: t('edit.fitContain') },
            ]}
            onChange={(fit) => change((now) => changeClip(now, clip.id, (old) => ({ ...old, fit })))}
          />
          <CropField clip={clip} />
        </>
      )}
    </div>
  );
}

/** Filters, seen on the clip's own picture. */
export function FilterPanel() {
  const { change } = useEditor();
  const clip = useMeantClip();
  if (!clip) return <p className="t-body ink2">{t('edit.noClip')}</p>;
  const picture = stripStyle(stripPicture(clipKey(clip), (clip.inMs + clip.outMs) / 2));
  return (
    <div className="panel-fields">
      <div className="filter-list" role="radiogroup" aria-label={t('edit.filters')}>
        {FILTER_NAMES.map((name) => (
          <button
            key={name}
            type="button"
            role="radio"
            aria-checked={clip.filter === name}
            className="filter-pick"
            onClick={() => change((edit) => changeClip(edit, clip.id, (old) => ({ ...old, filter: name })))}
          >
            <span
              className="filter-picture"
              style={{ ...picture, filter: name === 'none' ? 'none' : `url(#${filterId(name)})` }}
            />
            <span className="t-micro">{t(FILTER_WORDS[name])}</span>
          </button>
        ))}
      </div>
      <Button
        size="small"
        onClick={() =>
          change((edit) => ({ ...edit, clips: edit.clips.map((old) => ({ ...old, filter: clip.filter })) }))
        }
      >
        {t('edit.filterAll')}
      </Button>
    </div>
  );
}

/** A gain as a slider from 0 to 200 %. */
export function GainField({
  label,
  value,
  onGain,
  onEnd,
}: {
  label: string;
  value: number;
  onGain: (gain: number) => void;
  onEnd: () => void;
}) {
  const words = `${fullNumber(Math.round(value * 100))} %`;
  return (
    <div className="gain" onPointerUp={onEnd}>
      <div className="panel-row">
        <span className="t-small">{label}</span>
        <span className="t-small ink2 num">{words}</span>
      </div>
      <Slider label={label} words={words} min={0} max={2} step={0.05} value={value} onChange={onGain} />
    </div>
  );
}

/** Loudness of the clip, of all clips, of the sound. */
export function VolumePanel() {
  const { edit, change, settle } = useEditor();
  const clip = useMeantClip();
  return (
    <div className="panel-fields">
      {clip && (
        <GainField
          label={t('edit.clipVolume')}
          value={clip.gain}
          onGain={(gain) => change((now) => changeClip(now, clip.id, (old) => ({ ...old, gain })), `gain ${clip.id}`)}
          onEnd={settle}
        />
      )}
      <GainField
        label={t('edit.originalVolume')}
        value={edit.originalGain}
        onGain={(originalGain) => change((now) => ({ ...now, originalGain }), 'original gain')}
        onEnd={settle}
      />
      {edit.duet && (
        <GainField
          label={t('edit.parentVolume')}
          value={edit.duet.gain}
          onGain={(gain) => change((now) => (now.duet ? { ...now, duet: { ...now.duet, gain } } : now), 'parent gain')}
          onEnd={settle}
        />
      )}
      {edit.sound && (
        <GainField
          label={t('edit.addedVolume')}
          value={edit.sound.gain}
          onGain={(gain) =>
            change((now) => (now.sound ? { ...now, sound: { ...now.sound, gain } } : now), 'sound gain')
          }
          onEnd={settle}
        />
      )}
    </div>
  );
}
