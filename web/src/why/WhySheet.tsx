/** Why this video: a sentence, the exact parts of the score, the watches behind it, the proof, and what to change. */
import type { Card } from '@vitrine/schema';
import { Download, X } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { Why } from '../rank/calls.ts';
import { chipFor, isRanked } from '../rank/chips.ts';
import { ask } from '../rank/for-you.ts';
import { numberOf } from '../rank/for-you-list.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Sheet } from '../ui/Overlay.tsx';
import { Skeleton } from '../ui/State.tsx';
import { useIsWide } from '../ui/wide.ts';
import { fullNumber, t } from '../words/words.ts';
import { Causes } from './Causes.tsx';
import { Changes } from './Changes.tsx';
import { CheckIt } from './CheckIt.tsx';
import { saveReceipt } from './save-receipt.ts';
import { sentenceOf } from './sentences.ts';
import { Waterfall } from './Waterfall.tsx';
import { Wishes } from './Wishes.tsx';
import './why.css';

interface WhyProps {
  card: Card;
  onClose: () => void;
}

function useWhy(post: number | undefined): Why | 'none' | undefined {
  const [why, setWhy] = useState<Why | 'none' | undefined>(undefined);
  useEffect(() => {
    setWhy(undefined);
    if (post === undefined) {
      setWhy('none');
      return;
    }
    ask('why', post).then(
      (found) => setWhy(found ?? 'none'),
      () => setWhy('none'),
    );
  }, [post]);
  return why;
}

function Told({ card, post, why }: { card: Card; post: number; why: Why }) {
  return (
    <div className="why">
      <p className="why-sentence">{sentenceOf(card, why, chipFor(card.id))}</p>
      <p className="why-place t-small">
        <strong>{t('why.place', { place: fullNumber(why.place) })}</strong>{' '}
        {t('why.of', { n: fullNumber(why.candidates) })}
        {why.sources.length > 0 && (
          <>
            {' · '}
            <Link href={`/shelves?epoch=${why.epoch}&shelf=${why.sources[0] ?? ''}`} className="why-shelf">
              {t('why.shelf', { name: why.sources.join(', ') })}
            </Link>
          </>
        )}
      </p>
      <Waterfall card={card} why={why} />
      <Causes why={why} />
      <Changes why={why} post={post} />
      <CheckIt post={post} epoch={why.epoch} />
      <Wishes card={card} why={why} />
    </div>
  );
}

function ReceiptButton({ post }: { post: number }) {
  return (
    <Button kind="plain" size="small" icon={<Download size={16} />} onClick={() => void saveReceipt(post)}>
      {t('why.receipt')}
    </Button>
  );
}

function Inside({ card }: { card: Card }): ReactNode {
  const post = numberOf(card.id);
  const why = useWhy(post);
  if (why === undefined)
    return (
      <div className="why">
        <Skeleton className="why-skeleton" />
        <Skeleton className="why-skeleton is-tall" />
      </div>
    );
  if (why === 'none' || post === undefined)
    return (
      <div className="why">
        <p className="why-sentence">{t('why.notRanked')}</p>
        <p className="t-body ink2">{t('why.notRankedText')}</p>
      </div>
    );
  return <Told card={card} post={post} why={why} />;
}

/** A sheet on phones, a panel beside the player on wide pages. */
export default function WhySheet({ card, onClose }: WhyProps) {
  const isWide = useIsWide();
  useEffect(() => {
    if (!isWide) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && document.querySelector('dialog[open]') === null) onClose();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [isWide, onClose]);
  const post = numberOf(card.id);
  if (!isWide)
    return (
      <Sheet
        title={t('why.title')}
        aside={post !== undefined && isRanked(card.id) ? <ReceiptButton post={post} /> : undefined}
        onClose={onClose}
      >
        <Inside key={card.id} card={card} />
      </Sheet>
    );
  return (
    <aside className="panel why-panel" data-scrolls aria-label={t('why.title')}>
      <header className="panel-head">
        <h2 className="t-label">{t('why.title')}</h2>
        {post !== undefined && isRanked(card.id) && <ReceiptButton post={post} />}
        <IconButton label={t('ui.close')} sizePx={36} onClick={onClose}>
          <X size={22} />
        </IconButton>
      </header>
      <div className="panel-content">
        <Inside key={card.id} card={card} />
      </div>
    </aside>
  );
}
