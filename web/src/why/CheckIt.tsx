/** Ranks again in this page from the signed shelves, and shows whether every number is the same. */
import { BadgeCheck, Equal, TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Checked } from '../rank/check-receipt.ts';
import { ask } from '../rank/for-you.ts';
import { Button } from '../ui/Button.tsx';
import { fullNumber, t } from '../words/words.ts';
import { saveReceipt } from './save-receipt.ts';

type State = { at: 'idle' } | { at: 'running' } | { at: 'done'; checked: Checked | undefined };

function outcomeOf(checked: Checked | undefined): 'equal' | 'differs' | 'withdrawn' {
  if (checked === undefined || checked.isGone) return 'withdrawn';
  const { differing, isSigned, compared, weights, problem } = checked;
  const isRight = problem === undefined && differing.length === 0 && isSigned && compared > 0 && weights !== 'forged';
  return isRight ? 'equal' : 'differs';
}

function Equals({ checked, epoch }: { checked: Checked; epoch: number }) {
  return (
    <div className="check is-equal" role="status">
      <Equal size={26} className="check-sign" aria-hidden="true" />
      <div>
        <p className="t-sub">{t('why.equal')}</p>
        <p className="t-small ink2 num">
          {t('why.matching', { n: fullNumber(checked.compared), of: fullNumber(checked.compared) })}
        </p>
        <p className="t-small ink2 check-fine num">{t('why.signedEpoch', { n: fullNumber(epoch) })}</p>
        <p className="t-small ink2 check-fine num">{t('why.tablesSigned', { n: fullNumber(checked.tables) })}</p>
        <p className="t-small ink2 check-fine num">
          {t(checked.weights === 'in force' ? 'why.weightsInForce' : 'why.weightsChosen', { version: checked.version })}
        </p>
      </div>
    </div>
  );
}

function Differs({ checked, post }: { checked: Checked; post: number }) {
  const [first] = checked.differing;
  return (
    <div className="check is-other" role="alert">
      <TriangleAlert size={26} className="check-sign" aria-hidden="true" />
      <div>
        <p className="t-sub">{t('why.differs')}</p>
        <p className="t-small ink2 num">
          {first !== undefined
            ? t('why.firstDiffering', { at: first.at, was: String(first.was), is: String(first.is) })
            : (checked.problem ?? t(checked.isSigned ? 'why.weightsForged' : 'why.notSigned'))}
        </p>
        <Button kind="second" size="small" onClick={() => void saveReceipt(post)}>
          {t('why.saveReceipt')}
        </Button>
      </div>
    </div>
  );
}

/** The button, and what came of it, which is taller and so may need to be brought into view. */
export function CheckIt({ post, epoch }: { post: number; epoch: number }) {
  const [state, setState] = useState<State>({ at: 'idle' });
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state.at === 'done') place.current?.scrollIntoView({ block: 'nearest' });
  }, [state.at]);
  const run = async (): Promise<void> => {
    setState({ at: 'running' });
    const checked = await ask('check', post).catch(() => undefined);
    setState({ at: 'done', checked });
  };
  return (
    <div ref={place} className="check-place">
      <Outcome state={state} post={post} epoch={epoch} onRun={() => void run()} />
    </div>
  );
}

function Outcome({ state, post, epoch, onRun }: { state: State; post: number; epoch: number; onRun: () => void }) {
  if (state.at !== 'done')
    return (
      <Button isWide isBusy={state.at === 'running'} icon={<BadgeCheck size={20} />} onClick={onRun}>
        {t('why.check')}
      </Button>
    );
  const outcome = outcomeOf(state.checked);
  if (outcome === 'equal' && state.checked) return <Equals checked={state.checked} epoch={epoch} />;
  if (outcome === 'differs' && state.checked) return <Differs checked={state.checked} post={post} />;
  return (
    <div className="check is-other" role="status">
      <TriangleAlert size={26} className="check-sign" aria-hidden="true" />
      <div>
        <p className="t-sub">{t('why.withdrawn')}</p>
        <p className="t-small ink2">{t('why.withdrawnText')}</p>
      </div>
    </div>
  );
}
