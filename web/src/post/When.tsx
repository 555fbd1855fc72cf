/** When a post is published: now, or at a moment of one's own clock. */
import { ChevronRight, Clock } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Sheet } from '../ui/Overlay.tsx';
import { fullMoment } from '../words/figures.ts';
import { t } from '../words/words.ts';
import { localMoment } from './local-moment.ts';

const HOUR_MS = 3_600_000;
const LATEST_MS = 365 * 24 * HOUR_MS;

interface Props {
  publishAt: string | undefined;
  onPublishAt: (publishAt: string | undefined) => void;
}

/** The moment in a sheet of its own. */
export function WhenSheet({ publishAt, onPublishAt, onClose }: Props & { onClose: () => void }) {
  const [nowMs] = useState(() => Date.now());
  const [wanted, setWanted] = useState(() => localMoment(new Date(publishAt ?? nowMs + HOUR_MS)));
  const chosenMs = new Date(wanted).getTime();
  const fault = !(chosenMs > nowMs)
    ? t('create.whenPast')
    : chosenMs > nowMs + LATEST_MS
      ? t('create.whenFar')
      : undefined;
  const choose = (moment: string | undefined): void => {
    onPublishAt(moment);
    onClose();
  };
  return (
    <Sheet title={t('create.when')} onClose={onClose}>
      <div className="option-more">
        <Field
          label={t('create.whenAt')}
          type="datetime-local"
          min={localMoment(new Date(nowMs))}
          max={localMoment(new Date(nowMs + LATEST_MS))}
          value={wanted}
          error={fault}
          note={t('create.whenNote')}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
        <Button kind="main" isWide disabledReason={fault} onClick={() => choose(new Date(wanted).toISOString())}>
          {t('create.schedule')}
        </Button>
        <Button isWide onClick={() => choose(undefined)}>
          {t('create.postNow')}
        </Button>
      </div>
    </Sheet>
  );
}

/** The row and its sheet. */
export function When({ publishAt, onPublishAt }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button type="button" className="option-row" onClick={() => setIsOpen(true)}>
        <Clock size={20} strokeWidth={1.75} aria-hidden="true" />
        <span className="t-label">{t('create.when')}</span>
        <span className="option-chosen t-label ink2">
          {publishAt === undefined ? t('create.now') : fullMoment(publishAt)}
        </span>
        <ChevronRight size={18} className="turns-rtl" aria-hidden="true" />
      </button>
      {isOpen && <WhenSheet publishAt={publishAt} onPublishAt={onPublishAt} onClose={() => setIsOpen(false)} />}
    </>
  );
}
