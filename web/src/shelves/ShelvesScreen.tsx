/** The public shelves: what stands on each, now and at any epoch still kept, with the proof. */
import { useQueryClient } from '@tanstack/react-query';
import type { ShelfEntry } from '@vitrine/ranking';
import { ArrowLeft, Download, GitCompareArrows } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { ApiProblem } from '../api/request.ts';
import { ButtonLink, IconButton } from '../ui/Button.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../ui/State.tsx';
import { useIsWide } from '../ui/wide.ts';
import { t } from '../words/words.ts';
import { EpochStrip } from './EpochStrip.tsx';
import { type Epoch, twinAddress } from './epochs.ts';
import { prove } from './proof.ts';
import { ProofMark, ProofPanel } from './ProofPanel.tsx';
import { PublicBar } from './PublicBar.tsx';
import { ReportDays } from './ReportDays.tsx';
import { likeness, nextBest, rowsOf } from './rows.ts';
import { placeOf, ShelfList, titleOf, useBest } from './ShelfList.tsx';
import { ShelfTable } from './ShelfTable.tsx';
import { useEpoch, useShelf, useShelvesAmong } from './use-shelves.ts';
import './shelves.css';

/** Other shelves in which the next best is looked for. */
const NEIGHBOURS = 8;

function epochIn(search: string): number | undefined {
  const text = new URLSearchParams(search).get('epoch');
  return text !== null && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined;
}

/** Shelves whose heads lie nearest, and the quick ones. */
function neighboursOf(entry: ShelfEntry, shelves: readonly ShelfEntry[]): ShelfEntry[] {
  return shelves
    .filter((other) => other.name !== entry.name && other.kind === 'near' && other.posts > 0)
    .map((other) => ({ other, fit: likeness(other.vector, entry.vector) }))
    .sort((a, b) => b.fit - a.fit)
    .slice(0, NEIGHBOURS)
    .map(({ other }) => other);
}

/** Posts of the same shelf one epoch earlier. */
function usePostsBefore(entry: ShelfEntry, epoch: number, isWanted: boolean): ReadonlySet<number> | undefined {
  const earlier = useEpoch(isWanted && epoch > 1 ? epoch - 1 : epoch).data;
  const same = earlier?.tree.shelves.find(({ name }) => name === entry.name);
  const file = useShelf(isWanted ? same : undefined).data;
  return file && isWanted ? new Set(file.shelf.rows.posts) : undefined;
}

/** Comparing, and the file as JSON. */
function Acts(props: { entry: ShelfEntry; isCompared: boolean; onCompare: () => void }) {
  const { entry, isCompared, onCompare } = props;
  return (
    <span className="shelf-acts">
      <IconButton label={t('shelves.compare')} aria-pressed={isCompared} onClick={onCompare}>
        <GitCompareArrows size={22} strokeWidth={1.75} />
      </IconButton>
      <a
        className="icon-btn"
        href={twinAddress(entry.hash)}
        download={`${entry.name}.json`}
        title={t('shelves.json')}
        aria-label={t('shelves.json')}
      >
        <Download size={22} strokeWidth={1.75} />
      </a>
    </span>
  );
}

/** Title and place of a shelf; on phones below the way back. */
function Head(props: { entry: ShelfEntry; title: string; acts: ReactNode; isRight: boolean }) {
  const { entry, title, acts, isRight } = props;
  const isWide = useIsWide();
  return (
    <>
      {!isWide && (
        <div className="shelf-top">
          <Link href="/shelves" className="icon-btn" aria-label={t('ui.back')}>
            <ArrowLeft size={24} strokeWidth={1.9} className="turns-rtl" />
          </Link>
          {acts}
        </div>
      )}
      <header className="shelf-head">
        <div>
          <h1 className="shelf-title" id="shelf-title" dir="auto">
            {title}
          </h1>
          <p className="shelf-under">
            {placeOf(entry)}
            {isWide && `, ${t('shelves.sameForAll')}`}
          </p>
        </div>
        {isWide ? acts : <ProofMark isRight={isRight} />}
      </header>
    </>
  );
}

function ShelfView({ epoch, entry, newest }: { epoch: Epoch; entry: ShelfEntry; newest: number }) {
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const [isCompared, setCompared] = useState(false);
  const [checks, setChecks] = useState(0);
  const file = useShelf(entry);
  const best = useBest(entry, 12);
  const others = useShelvesAmong(entry.kind === 'fresh' ? [] : neighboursOf(entry, epoch.tree.shelves));
  const before = usePostsBefore(entry, epoch.heads.epoch, isCompared);
  const proof = useMemo(() => prove(epoch, entry.hash), [epoch, entry.hash, checks]);
  const choose = (number: number): void =>
    navigate(number >= newest ? `/shelves/${entry.name}` : `/shelves/${entry.name}?epoch=${number}`);
  const rows = file.data ? rowsOf(file.data, entry.vector, entry.kind) : [];
  const elsewhere = others.flatMap((other) => rowsOf(other.file, entry.vector, entry.kind));
  const next = entry.kind === 'fresh' ? undefined : nextBest(rows, elsewhere, entry.kind);
  const title = titleOf(entry, best);
  const acts = <Acts entry={entry} isCompared={isCompared} onCompare={() => setCompared(!isCompared)} />;
  return (
    <>
      <section className="shelf" aria-labelledby="shelf-title">
        <Head entry={entry} title={title} acts={acts} isRight={proof.isRight} />
        <EpochStrip epoch={epoch.heads.epoch} newest={newest} minute={epoch.heads.minute} onChoose={choose} />
        {isCompared && (
          <p className="t-small ink2" role="status">
            {t('shelves.compared', { n: rows.filter(({ post }) => before?.has(post) === false).length })}
          </p>
        )}
        {file.error ? (
          <ErrorState error={file.error} onRetry={() => void client.invalidateQueries({ queryKey: ['shelves'] })} />
        ) : file.data === undefined ? (
          <SkeletonRows count={8} />
        ) : rows.length === 0 ? (
          <p className="shelf-none ink2">{t(entry.kind === 'trending' ? 'shelves.noTrend' : 'shelves.nothingOn')}</p>
        ) : (
          <ShelfTable key={entry.hash} rows={rows} kind={entry.kind} next={next} before={before} />
        )}
      </section>
      <ProofPanel proof={proof} hash={entry.hash} onAgain={() => setChecks(checks + 1)} />
    </>
  );
}

/** The page. */
export default function ShelvesScreen({ params }: { params: Record<string, string | undefined> }) {
  const isWide = useIsWide();
  const wanted = epochIn(useSearch());
  const newest = useEpoch(undefined);
  const chosen = useEpoch(wanted);
  const epoch = chosen.data;
  const query = wanted === undefined ? '' : `?epoch=${wanted}`;
  const shelves = epoch?.tree.shelves ?? [];
  const first =
    shelves.find(({ kind, posts }) => kind === 'trending' && posts > 0) ?? shelves.find(({ kind }) => kind === 'fresh');
  const entry =
    params['name'] === undefined ? (isWide ? first : undefined) : shelves.find(({ name }) => name === params['name']);
  const isLost = epoch !== undefined && params['name'] !== undefined && entry === undefined;
  const hasNone = epoch === undefined && chosen.error instanceof ApiProblem && chosen.error.status === 404;
  return (
    <>
      <PublicBar lit="shelves" />
      {hasNone || isLost ? (
        <EmptyState title={t('shelves.noneTitle')} text={t('shelves.noneText')}>
          <ButtonLink href="/shelves">{t('shelves.toNewest')}</ButtonLink>
        </EmptyState>
      ) : chosen.error && epoch === undefined ? (
        <ErrorState error={chosen.error} onRetry={() => void chosen.refetch()} />
      ) : epoch === undefined ? (
        <SkeletonRows count={8} />
      ) : (
        <div className="shelves">
          {(isWide || entry === undefined) && (
            <div className="shelves-side">
              {!isWide && <PageHead title={t('shelves.title')} backTo="/" />}
              {!isWide && <p className="t-body ink2 shelves-intro">{t('shelves.intro')}</p>}
              <ShelfList shelves={shelves} lit={entry?.name} query={query} />
              <ReportDays />
              {!isWide && (
                <p className="shelves-intro">
                  <Link href="/algorithm" className="page-link">
                    {t('shelves.howRanked')}
                  </Link>
                </p>
              )}
            </div>
          )}
          {entry && (
            <ShelfView
              key={entry.name}
              epoch={epoch}
              entry={entry}
              newest={newest.data?.heads.epoch ?? epoch.heads.epoch}
            />
          )}
        </div>
      )}
    </>
  );
}
