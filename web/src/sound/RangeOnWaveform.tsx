/** The waveform with the chosen stretch in a frame: pulled as a whole, or at its ends; every way by keys too. */
import { useRef, type KeyboardEvent, type PointerEvent as ReactPointerEvent } from 'react';
import type { Sound } from '@vitrine/schema';
import { t } from '../words/words.ts';
import { movedRange, stretchedRange, type SoundRange } from './range.ts';

const BARS = 88;
const MOST_TICKS = 40;

/** Follows the pointer until it leaves; tells the way in shares of the waveform's width. */
function pull(event: ReactPointerEvent<HTMLElement>, widthPx: number, onWay: (share: number) => void): void {
  event.stopPropagation();
  const element = event.currentTarget;
  const { clientX, pointerId } = event;
  element.setPointerCapture(pointerId);
  const move = (moved: PointerEvent): void => onWay((moved.clientX - clientX) / widthPx);
  const end = (): void => {
    element.removeEventListener('pointermove', move);
    element.removeEventListener('pointerup', end);
    element.removeEventListener('pointercancel', end);
  };
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', end);
  element.addEventListener('pointercancel', end);
}

function WaveBars({ sound: { waveform, durationMs }, range }: { sound: Sound; range: SoundRange }) {
  return (
    <div className="wave-bars" aria-hidden="true">
      {Array.from({ length: BARS }, (_, place) => {
        const barMs = ((place + 0.5) / BARS) * durationMs;
        const peak = (waveform[Math.floor(((place + 0.5) / BARS) * waveform.length)] ?? 20) / 255;
        const isIn = barMs >= range.fromMs && barMs <= range.toMs;
        return <i key={place} className={isIn ? 'is-in' : ''} style={{ blockSize: `${Math.max(8, peak * 100)}%` }} />;
      })}
    </div>
  );
}

function WaveTicks({ beats, durationMs }: { beats: readonly number[]; durationMs: number }) {
  const everyTick = Math.max(1, Math.ceil(beats.length / MOST_TICKS));
  return (
    <div className="wave-ticks" aria-hidden="true">
      {beats
        .filter((_, place) => place % everyTick === 0)
        .map((beat, place) => (
          <i
            key={beat}
            className={place % 4 === 0 ? 'is-tall' : ''}
            style={{ insetInlineStart: shareOf(beat, durationMs) }}
          />
        ))}
    </div>
  );
}

/** A moment as a part of the whole width. */
function shareOf(ms: number, durationMs: number): string {
  return `${(ms / Math.max(1, durationMs)) * 100}%`;
}

type Part = 'whole' | 'from' | 'to';
interface Props {
  sound: Sound;
  range: SoundRange;
  videoMs: number;
  beats: readonly number[];
  onRange: (range: SoundRange) => void;
}

/** What makes a part of the frame a slider: pulled by pointers, moved by keys a beat at a time. */
function useSliders({ sound: { durationMs }, range, videoMs, beats, onRange }: Props, widthPx: () => number) {
  const stepMs = beats[1] === undefined ? 500 : beats[1] - (beats[0] ?? 0);
  const shift = (part: Part, byMs: number, from: SoundRange): void => {
    if (part === 'whole') return onRange(movedRange(from, from.fromMs + byMs, { durationMs, beats }));
    const atMs = (part === 'from' ? from.fromMs : from.toMs) + byMs;
    onRange(stretchedRange(from, { edge: part, atMs }, { durationMs, videoMs, beats }));
  };
  return (part: Part, label: string) => ({
    role: 'slider',
    tabIndex: 0,
    'aria-label': label,
    'aria-valuemin': 0,
    'aria-valuemax': durationMs,
    'aria-valuenow': part === 'to' ? range.toMs : range.fromMs,
    onPointerDown: (event: ReactPointerEvent<HTMLElement>) => {
      const from = range;
      pull(event, widthPx(), (way) => shift(part, way * durationMs, from));
    },
    onKeyDown: (event: KeyboardEvent) => {
      const step = { ArrowLeft: -stepMs, ArrowRight: stepMs }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      shift(part, step, range);
    },
  });
}

/** The field. `atMs`: where it is being heard. */
export function RangeOnWaveform({ atMs, ...props }: Props & { atMs: number | undefined }) {
  const { sound, range, beats } = props;
  const field = useRef<HTMLDivElement>(null);
  const slider = useSliders(props, () => field.current?.clientWidth ?? 1);
  const { durationMs } = sound;
  const frame = {
    insetInlineStart: shareOf(range.fromMs, durationMs),
    inlineSize: shareOf(range.toMs - range.fromMs, durationMs),
  };
  return (
    <div className="wave" ref={field} dir="ltr">
      <WaveBars sound={sound} range={range} />
      <div className="wave-frame" style={frame} {...slider('whole', t('addSound.stretch'))}>
        <span className="wave-handle wave-handle-from" {...slider('from', t('addSound.begin'))} />
        <span className="wave-handle wave-handle-to" {...slider('to', t('addSound.end'))} />
      </div>
      {atMs !== undefined && (
        <span className="wave-head" style={{ insetInlineStart: shareOf(atMs, durationMs) }} aria-hidden="true" />
      )}
      <WaveTicks beats={beats} durationMs={durationMs} />
    </div>
  );
}
