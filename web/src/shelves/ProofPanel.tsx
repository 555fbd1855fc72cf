/** The proof that a shelf stands under the region's signature, computed in this page. */
import { BadgeCheck, CircleX, RefreshCw } from 'lucide-react';
import { WEIGHTS } from '@vitrine/ranking';
import { Button } from '../ui/Button.tsx';
import { languageTag, t } from '../words/words.ts';
import type { Proof } from './proof.ts';

/** Verified or not, in two words. */
export function ProofMark({ isRight }: { isRight: boolean }) {
  return (
    <span className={`proof-mark ${isRight ? 'is-right' : 'is-wrong'}`}>
      {isRight ? <BadgeCheck size={16} aria-hidden="true" /> : <CircleX size={16} aria-hidden="true" />}
      {t(isRight ? 'shelves.verified' : 'shelves.notVerified')}
    </span>
  );
}

/** 8 of 64 digits, with the whole at hand. */
function Hash({ hex }: { hex: string }) {
  return (
    <code title={hex} dir="ltr">
      {hex.slice(0, 4)}…{hex.slice(-4)}
    </code>
  );
}

const STEP_PX = 30;
const SIDE_PX = 22;
const MIDDLE_PX = 120;

/** The way from the signed root down to the shelf; siblings stand beside it. */
function TreePicture({ turns }: Pick<Proof, 'turns'>) {
  let x = MIDDLE_PX;
  const points = [{ x, y: 14, sibling: undefined as number | undefined }];
  for (const [i, turn] of turns.entries()) {
    const y = 14 + (i + 1) * STEP_PX;
    if (turn === 'down') {
      points.push({ x, y, sibling: undefined });
      continue;
    }
    // Alternating far and near keeps a long way within the picture.
    const side = turn === 'left' ? -SIDE_PX : SIDE_PX;
    const from = x;
    x = Math.max(30, Math.min(2 * MIDDLE_PX - 30, from + side));
    points.push({ x, y, sibling: Math.max(12, Math.min(2 * MIDDLE_PX - 12, from - side)) });
  }
  const height = 28 + turns.length * STEP_PX;
  const end = points.at(-1);
  return (
    <svg className="proof-tree" viewBox={`0 0 ${2 * MIDDLE_PX} ${height}`} aria-hidden="true">
      {points.slice(1).map(({ x: toX, y, sibling }, i) => (
        <g key={y}>
          {sibling !== undefined && (
            <>
              <line x1={points[i]?.x} y1={points[i]?.y} x2={sibling} y2={y} className="proof-aside" />
              <circle cx={sibling} cy={y} r={4.5} className="proof-sibling" />
            </>
          )}
          <line x1={points[i]?.x} y1={points[i]?.y} x2={toX} y2={y} className="proof-way" />
        </g>
      ))}
      {points.slice(1, -1).map(({ x: cx, y }) => (
        <circle key={y} cx={cx} cy={y} r={4.5} className="proof-node" />
      ))}
      <rect x={MIDDLE_PX - 7} y={7} width={14} height={14} rx={4} className="proof-root" />
      {end && turns.length > 0 && (
        <rect x={end.x - 6} y={end.y - 6} width={12} height={12} rx={3} className="proof-leaf" />
      )}
    </svg>
  );
}

/** The panel. */
export function ProofPanel({ proof, hash, onAgain }: { proof: Proof; hash: string; onAgain: () => void }) {
  const took = new Intl.NumberFormat(languageTag(), { maximumFractionDigits: 1 }).format(proof.tookMs);
  return (
    <aside className="proof" aria-labelledby="proof-title">
      <header className="proof-head">
        <h2 className="t-heading" id="proof-title">
          {t('shelves.proof')}
        </h2>
        <ProofMark isRight={proof.isRight} />
      </header>
      <TreePicture turns={proof.turns} />
      <p className="proof-legend t-small">
        <span className="proof-key-root">{t('shelves.root')}</span>
        <span className="proof-key-leaf">{t('shelves.thisShelf')}</span>
      </p>
      <dl className="proof-facts">
        <div>
          <dt>{t('shelves.root')}</dt>
          <dd>
            <Hash hex={proof.root} />
          </dd>
        </div>
        <div>
          <dt>{t('shelves.shelfHash')}</dt>
          <dd>
            <Hash hex={hash} />
          </dd>
        </div>
        <div>
          <dt>{t('shelves.signedBy')}</dt>
          <dd dir="ltr">{proof.signedBy}</dd>
        </div>
        <div>
          <dt>{t('shelves.weights')}</dt>
          <dd className="num">{WEIGHTS.version}</dd>
        </div>
      </dl>
      <Button isWide size="tall" icon={<RefreshCw size={18} />} onClick={onAgain}>
        {t('shelves.checkAgain')}
      </Button>
      <p className="t-small ink3">
        {proof.isRight ? t('shelves.computed', { n: proof.hashes, ms: took }) : t('shelves.wrong')}
      </p>
    </aside>
  );
}
