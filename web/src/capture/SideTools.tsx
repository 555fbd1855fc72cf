/** The camera's tools at its side: flip, speed, timer, filters, grid. */
import { Blend, Gauge, Grid3x3, SwitchCamera, Timer } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../words/words.ts';
import { speedWords } from '../edit/words.ts';

/** What the tools set. */
export interface SideState {
  speed: number;
  timerSeconds: 0 | 3 | 10;
  hasGrid: boolean;
  hasFilters: boolean;
  hasSpeeds: boolean;
}

function Side({
  label,
  isOn,
  onPress,
  children,
}: {
  label: string;
  isOn?: boolean;
  onPress: () => void;
  children: ReactNode;
}) {
  return (
    <button type="button" className={`side-tool ${isOn ? 'is-on' : ''}`} aria-pressed={isOn ?? false} onClick={onPress}>
      {children}
      <span>{label}</span>
    </button>
  );
}

/** The bar. */
export function SideTools({
  state,
  onState,
  canFlip,
  onFlip,
}: {
  state: SideState;
  onState: (changes: Partial<SideState>) => void;
  canFlip: boolean;
  onFlip: () => void;
}) {
  const next = { 0: 3, 3: 10, 10: 0 } as const;
  return (
    <div className="side-tools glass" role="toolbar" aria-label={t('camera.tools')}>
      {canFlip && (
        <Side label={t('camera.flip')} onPress={onFlip}>
          <SwitchCamera size={26} strokeWidth={1.75} aria-hidden="true" />
        </Side>
      )}
      <Side
        label={state.speed === 1 ? t('camera.speed') : speedWords(state.speed)}
        isOn={state.hasSpeeds}
        onPress={() => onState({ hasSpeeds: !state.hasSpeeds })}
      >
        <Gauge size={26} strokeWidth={1.75} aria-hidden="true" />
      </Side>
      <Side
        label={state.timerSeconds === 0 ? t('camera.timer') : t('camera.timerOf', { n: state.timerSeconds })}
        isOn={state.timerSeconds > 0}
        onPress={() => onState({ timerSeconds: next[state.timerSeconds] })}
      >
        <Timer size={26} strokeWidth={1.75} aria-hidden="true" />
      </Side>
      <Side
        label={t('edit.filters')}
        isOn={state.hasFilters}
        onPress={() => onState({ hasFilters: !state.hasFilters })}
      >
        <Blend size={26} strokeWidth={1.75} aria-hidden="true" />
      </Side>
      <Side label={t('edit.grid')} isOn={state.hasGrid} onPress={() => onState({ hasGrid: !state.hasGrid })}>
        <Grid3x3 size={26} strokeWidth={1.75} aria-hidden="true" />
      </Side>
    </div>
  );
}
