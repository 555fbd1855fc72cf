/** What a page shows when there is nothing, when it is loading and when something went wrong. */
import { CloudOff, RotateCw } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { ApiProblem, sentenceOf } from '../api/request.ts';
import { t } from '../words/words.ts';
import { Button } from './Button.tsx';
import './state.css';

const SKELETON_AFTER_MS = 150;

/** True once a wait has lasted long enough to be worth showing. */
export function useIsSlow(): boolean {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), SKELETON_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return isSlow;
}

/** A grey shape of the page's own layout; give it its size by a class. */
export function Skeleton({ className = '' }: { className?: string }) {
  return <span className={`skeleton ${className}`} aria-hidden="true" />;
}

/** Rows like those of a list of people or comments. */
export function SkeletonRows({ count = 6 }: { count?: number }) {
  if (!useIsSlow()) return null;
  return (
    <div className="skeleton-rows" role="status" aria-label={t('ui.loading')}>
      {Array.from({ length: count }, (_, row) => (
        <div className="skeleton-row" key={row}>
          <Skeleton className="skeleton-face" />
          <div>
            <Skeleton className="skeleton-line" />
            <Skeleton className="skeleton-line skeleton-long" />
          </div>
        </div>
      ))}
    </div>
  );
}

/** A grid of pictures to come. */
export function SkeletonGrid({ count = 9 }: { count?: number }) {
  if (!useIsSlow()) return null;
  return (
    <div className="skeleton-grid" role="status" aria-label={t('ui.loading')}>
      {Array.from({ length: count }, (_, cell) => (
        <Skeleton key={cell} className="skeleton-cell" />
      ))}
    </div>
  );
}

/** An empty page: a fan of up to three pictures (or panes of glass), a title, one sentence and what to do next. */
export function EmptyState({
  pictures = [],
  title,
  text,
  children,
}: {
  pictures?: readonly string[];
  title: string;
  text?: string;
  children?: ReactNode;
}) {
  const fan = [pictures[1], pictures[0], pictures[2]];
  return (
    <div className="empty">
      <div className="fan" aria-hidden="true">
        {fan.map((url, place) => (
          <span className="fan-pane" key={place}>
            {url !== undefined && <img src={url} alt="" loading="lazy" />}
          </span>
        ))}
      </div>
      <h1 className="t-title">{title}</h1>
      {text !== undefined && <p className="t-long ink2 empty-text">{text}</p>}
      <div className="empty-acts">{children}</div>
    </div>
  );
}

/** What happened, that nothing is lost, and a way to try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const isGone = error instanceof ApiProblem && (error.status === 404 || error.status === 410);
  return (
    <div className="error-state" role="alert">
      <div className="card error-card">
        <h2 className="t-heading error-title">
          <CloudOff size={20} aria-hidden="true" />
          {isGone ? t('ui.notFound') : t('ui.wentWrong')}
        </h2>
        <p className="t-body ink2">{sentenceOf(error)}</p>
        {onRetry !== undefined && !isGone && (
          <Button kind="main" icon={<RotateCw size={18} />} onClick={onRetry}>
            {t('ui.tryNow')}
          </Button>
        )}
      </div>
    </div>
  );
}
