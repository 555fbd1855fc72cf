/** The foot of Add sound: which stretch, how loud, and use it. */
import { Check, Magnet } from 'lucide-react';
import type { Sound } from '@vitrine/schema';
import { Button } from '../ui/Button.tsx';
import { Slider } from '../ui/Choice.tsx';
import { fullNumber, languageTag, t } from '../words/words.ts';
import { beatsOf, type SoundRange } from './range.ts';
import { RangeOnWaveform } from './RangeOnWaveform.tsx';

/** `0:42.0`. */
function fine(ms: number): string {
  const tenths = Math.round(ms / 100);
  const two = new Intl.NumberFormat(languageTag(), { minimumIntegerDigits: 2, minimumFractionDigits: 1 });
  return `${fullNumber(Math.floor(tenths / 600))}:${two.format((tenths % 600) / 10)}`;
}

function seconds(ms: number, digits: number): string {
  return new Intl.NumberFormat(languageTag(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    ms / 1000,
  );
}

function Volume({ label, value, onValue }: { label: string; value: number; onValue: (value: number) => void }) {
  const words = `${fullNumber(Math.round(value * 100))} %`;
  return (
    <div>
      <div className="stretch-row t-small">
        <span>{label}</span>
        <span className="ink3 num">{words}</span>
      </div>
      <Slider label={label} words={words} max={1} step={0.05} value={Math.min(1, value)} onChange={onValue} />
    </div>
  );
}

/** `originalGain` undefined: there is no original sound. */
interface Gains {
  originalGain: number | undefined;
  gain: number;
}
type OnGains = (gains: { originalGain?: number; gain?: number }) => void;

function Volumes({ gains, onGains }: { gains: Gains; onGains: OnGains }) {
  return (
    <div className="stretch-volumes">
      {gains.originalGain !== undefined && (
        <Volume
          label={t('addSound.original')}
          value={gains.originalGain}
          onValue={(originalGain) => onGains({ originalGain })}
        />
      )}
      <Volume label={t('addSound.added')} value={gains.gain} onValue={(gain) => onGains({ gain })} />
    </div>
  );
}

/** The foot. */
export function ChooseStretch({
  sound,
  range,
  videoMs,
  gains,
  atMs,
  onRange,
  onGains,
  onUse,
}: {
  sound: Sound;
  range: SoundRange;
  videoMs: number;
  gains: Gains;
  /** Where it is being heard. */
  atMs: number | undefined;
  onRange: (range: SoundRange) => void;
  onGains: OnGains;
  onUse: () => void;
}) {
  const beats = beatsOf(sound, sound.durationMs);
  const lengthMs = range.toMs - range.fromMs;
  const isLikeClip = videoMs > 0 && Math.abs(lengthMs - videoMs) < 60;
  return (
    <section className="stretch" aria-label={sound.title}>
      <div className="stretch-row">
        <h3 className="t-sub" dir="auto">
          {sound.title}
        </h3>
        <span className="t-small num stretch-times" dir="ltr">
          <b>{fine(range.fromMs)}</b> {t('addSound.to')} <b>{fine(range.toMs)}</b>
        </span>
      </div>
      <RangeOnWaveform sound={sound} range={range} videoMs={videoMs} beats={beats} atMs={atMs} onRange={onRange} />
      <div className="stretch-row t-small ink3">
        <span className="stretch-note">
          {beats.length > 0 && (
            <>
              <Magnet size={14} aria-hidden="true" />
              {t('addSound.snaps')}
            </>
          )}
        </span>
        <span className="num">
          {t(isLikeClip ? 'addSound.likeClip' : 'addSound.seconds', { seconds: seconds(lengthMs, 1) })}
        </span>
      </div>
      <Volumes gains={gains} onGains={onGains} />
      <Button kind="main" size="tall" isWide icon={<Check size={20} />} onClick={onUse}>
        {t('addSound.use', { seconds: seconds(lengthMs, lengthMs % 1000 < 50 ? 0 : 1) })}
      </Button>
    </section>
  );
}
