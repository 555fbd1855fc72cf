/** How far the file is: bytes, speed and time left, then what the server checks and makes of it, step by step. */
import { CircleAlert, CircleCheck, CircleDashed, Film, LoaderCircle, RotateCw, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Upload } from '@vitrine/schema';
import type { Draft } from '../upload/draft.ts';
import { secondsLeft } from '../upload/pace.ts';
import { ChooseAgain } from '../upload/ChooseAgain.tsx';
import { retry } from '../upload/queue.ts';
import { Progress } from '../ui/Avatar.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { sizeOf } from '../words/figures.ts';
import { t } from '../words/words.ts';

type StepState = 'waiting' | 'running' | 'done' | 'failed';

interface Step {
  label: string;
  note: string;
  state: StepState;
  share: number | undefined;
}

/** The steps as people read them: checked, the first playable copy, the others. */
export function stepsOf(draft: Draft): Step[] {
  const upload = draft.upload;
  // What is encoded has been checked, although the file as a whole is not ready yet.
  const isChecked = upload?.state === 'ready' || upload?.encoding.some((rung) => rung.state !== 'waiting') === true;
  const isChecking = upload?.state === 'checking';
  const size = upload?.widthPx && upload.heightPx ? `${upload.widthPx} × ${upload.heightPx}` : '';
  const checked: Step = {
    label: t('create.checked'),
    note: isChecked ? size : isChecking ? '' : t('create.waiting'),
    state: isChecked ? 'done' : isChecking ? 'running' : 'waiting',
    share: undefined,
  };
  return [checked, ...encodingSteps(upload)];
}

function encodingSteps(upload: Upload | undefined): Step[] {
  const rungs = upload?.encoding ?? [];
  if (rungs.length === 0) {
    return [
      { label: t('create.firstPlayable'), note: t('create.waiting'), state: 'waiting', share: undefined },
      { label: t('create.otherSizes'), note: t('create.waiting'), state: 'waiting', share: undefined },
    ];
  }
  const first =
    rungs.find((rung) => rung.state === 'done') ?? rungs.find((rung) => rung.state === 'running') ?? rungs[0];
  return [first, ...rungs.filter((rung) => rung !== first)].flatMap((rung) =>
    rung === undefined ? [] : [rungStep(rung, rung === first)],
  );
}

/** 540p, 38 % */
function rungStep(rung: Upload['encoding'][number], isFirst: boolean): Step {
  const size = `${rung.heightPx}p`;
  const words = {
    waiting: t('create.waiting'),
    running: `${Math.floor(rung.fraction * 100)} %`,
    done: t('create.ready'),
    failed: t('create.failed'),
  };
  const note = words[rung.state];
  const share = rung.state === 'running' ? rung.fraction : undefined;
  return {
    label: isFirst ? t('create.firstPlayable') : size,
    note: isFirst ? `${size}, ${note}` : note,
    state: rung.state,
    share,
  };
}

const STEP_ICONS: Record<StepState, ReactNode> = {
  done: <CircleCheck size={18} className="step-done" aria-hidden="true" />,
  running: <LoaderCircle size={18} className="step-running" aria-hidden="true" />,
  waiting: <CircleDashed size={18} className="step-waiting" aria-hidden="true" />,
  failed: <CircleAlert size={18} className="step-failed" aria-hidden="true" />,
};

function paceWords(draft: Draft): string {
  const sent = t('create.sentOf', { sent: sizeOf(draft.sentBytes), size: sizeOf(draft.sizeBytes) });
  const left = secondsLeft(draft.sizeBytes - draft.sentBytes, draft.bytesPerSecond);
  if (draft.sending !== 'sending' || left === undefined) return sent;
  const pace = t('create.perSecond', { size: sizeOf(draft.bytesPerSecond) });
  const time = left < 60 ? t('create.secondsLeft', { n: left }) : t('create.minutesLeft', { n: Math.ceil(left / 60) });
  return `${sent} · ${pace} · ${time}`;
}

function noteOf(draft: Draft): string {
  if (draft.sending === 'waiting') return t('create.lineLost');
  if (draft.sending === 'sending') return t('create.carriesOn');
  return '';
}

function NeedsFile({ draft }: { draft: Draft }) {
  return (
    <div className="upload-trouble" role="alert">
      <p className="t-body">{t('create.chooseAgain', { name: draft.fileName })}</p>
      <ChooseAgain />
    </div>
  );
}

function Trouble({ draft }: { draft: Draft }) {
  return (
    <div className="upload-trouble" role="alert">
      <p className="t-body upload-problem">
        <CircleAlert size={20} aria-hidden="true" />
        <span>{draft.problem}</span>
      </p>
      {draft.sending === 'refused' && (
        <Button size="small" icon={<RotateCw size={16} />} onClick={() => retry(draft.key)}>
          {t('create.tryAgain')}
        </Button>
      )}
    </div>
  );
}

function Steps({ draft }: { draft: Draft }) {
  return (
    <ol className="upload-steps">
      {stepsOf(draft).map((step) => (
        <li key={step.label} className={`upload-step is-${step.state}`}>
          {STEP_ICONS[step.state]}
          <span className="upload-step-label">{step.label}</span>
          {step.share !== undefined && (
            <span className="upload-step-bar" aria-hidden="true">
              <span style={{ transform: `scaleX(${step.share})` }} />
            </span>
          )}
          <span className="upload-step-note num">{step.note}</span>
        </li>
      ))}
    </ol>
  );
}

/** The card. `onDiscard` asks first. */
export function UploadCard({
  draft,
  pictureUrl,
  onDiscard,
}: {
  draft: Draft;
  pictureUrl: string | undefined;
  onDiscard: () => void;
}) {
  const isAllSent = draft.sending === 'sent';
  const isRefused = draft.sending === 'refused';
  const share = isAllSent || draft.sizeBytes === 0 ? 1 : draft.sentBytes / draft.sizeBytes;
  const note = noteOf(draft);
  return (
    <section className="card upload-card" aria-label={draft.fileName}>
      <div className="upload-head">
        <span className="upload-picture">
          {pictureUrl === undefined ? <Film size={22} aria-hidden="true" /> : <img src={pictureUrl} alt="" />}
        </span>
        <div className="upload-words">
          <Progress
            label={draft.fileName}
            words={isAllSent ? sizeOf(draft.sizeBytes) : undefined}
            share={share}
            isPaused={draft.sending === 'waiting'}
          />
          {!isAllSent && !isRefused && <p className="t-small ink2 num">{paceWords(draft)}</p>}
          {note !== '' && <p className="t-small ink3">{note}</p>}
        </div>
        <IconButton label={t('create.discard')} sizePx={36} onClick={onDiscard}>
          <X size={20} />
        </IconButton>
      </div>
      {draft.sending === 'needsFile' && <NeedsFile draft={draft} />}
      {draft.problem !== undefined && <Trouble draft={draft} />}
      {!isRefused && <Steps draft={draft} />}
    </section>
  );
}
