/** The epochs as ticks on a strip: one step back or on, or any of those shown. */
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { IconButton } from '../ui/Button.tsx';
import { fullNumber, languageTag, t } from '../words/words.ts';

const TICKS = 60;
const MINUTE_MS = 60_000;

interface StripProps {
  epoch: number;
  newest: number;
  minute: number;
  onChoose: (epoch: number) => void;
}

/** The strip ends with the newest epoch; an older one is lit in its middle. */
export function EpochStrip({ epoch, newest, minute, onChoose }: StripProps) {
  const last = Math.min(newest, Math.max(epoch + TICKS / 2, TICKS));
  const first = Math.max(1, last - TICKS + 1);
  const moment = new Intl.DateTimeFormat(languageTag(), { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <div className="epochs">
      <IconButton
        label={t('shelves.earlier')}
        disabled={epoch <= 1}
        {...(epoch <= 1 && { title: t('shelves.firstEpoch') })}
        onClick={() => onChoose(epoch - 1)}
      >
        <ChevronLeft size={22} className="turns-rtl" />
      </IconButton>
      <input
        className="epochs-range"
        type="range"
        dir="ltr"
        min={first}
        max={Math.max(first, last)}
        value={epoch}
        aria-label={t('shelves.epoch', { n: epoch })}
        onChange={(event) => onChoose(Number(event.currentTarget.value))}
      />
      <IconButton
        label={t('shelves.later')}
        disabled={epoch >= newest}
        {...(epoch >= newest && { title: t('shelves.lastEpoch') })}
        onClick={() => onChoose(epoch + 1)}
      >
        <ChevronRight size={22} className="turns-rtl" />
      </IconButton>
      <p className="epochs-words">
        <strong className="num">{t('shelves.epochNumber', { n: fullNumber(epoch) })}</strong>
        <time className="num" dateTime={new Date(minute * MINUTE_MS).toISOString()}>
          {moment.format(new Date(minute * MINUTE_MS))}
        </time>
      </p>
    </div>
  );
}
