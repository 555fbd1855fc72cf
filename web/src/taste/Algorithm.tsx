/** Which algorithm ranks here: the region's, or another by its link, after a look at what would change. */
import type { AlgorithmList } from '@vitrine/schema';
import { Scale } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link, useSearch } from 'wouter';
import { request, sentenceOf } from '../api/request.ts';
import type { Comparison } from '../rank/comparison.ts';
import { ask } from '../rank/for-you.ts';
import { cardsFor } from '../rank/for-you-list.ts';
import { tellTasteChanged } from '../rank/hear-watches.ts';
import { knownTies, toTies } from '../rank/ties.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Sheet } from '../ui/Overlay.tsx';
import { toast } from '../ui/Toast.tsx';
import { heldCard } from '../watch/cards.ts';
import { fullNumber, t } from '../words/words.ts';
import { type ChosenAlgorithm, fetchWeights, hashIn } from './algorithms.ts';

const COMPARED = 10;

/** The newest of the list. */
async function listed(): Promise<AlgorithmList['algorithms']> {
  const { algorithms } = await request<AlgorithmList>('/algorithms', { query: { limit: 50 } });
  return algorithms;
}

/** Brings an algorithm and what it would show. */
async function tryOut(hash: string, given: string | undefined): Promise<Tried> {
  const weights = await fetchWeights(hash);
  const name = given ?? (await listed()).find((one) => one.hash === hash)?.name ?? hash.slice(0, 8);
  const ties = toTies(await knownTies().catch(() => undefined));
  const comparison = await ask('compare', weights, { count: COMPARED, ties });
  await cardsFor([...comparison.now, ...comparison.other]);
  return { chosen: { hash, name, weights }, comparison };
}

/** One order as pictures; those that moved up are lit. */
function Order({ title, ids, before }: { title: string; ids: readonly string[]; before?: readonly string[] }) {
  const hasMoved = (id: string, place: number): boolean => {
    const was = before?.indexOf(id) ?? place;
    return before !== undefined && (was < 0 || was > place);
  };
  return (
    <div>
      <h3 className="t-small ink2">{title}</h3>
      <ol className="compare-order">
        {ids.map((id, place) => {
          const card = heldCard(id);
          return (
            <li key={id} className={hasMoved(id, place) ? 'has-moved' : undefined}>
              {card && <img src={card.poster.url} alt={card.altText || card.text} loading="lazy" />}
              <span className="num">{fullNumber(place + 1)}</span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

type Tried = { chosen: ChosenAlgorithm; comparison: Comparison };

function Preview({ tried: { chosen, comparison } }: { tried: Tried }) {
  const moved = comparison.other.filter((id, place) => comparison.now[place] !== id).length;
  return (
    <div className="compare">
      <p className="t-body">
        {moved === 0
          ? t('taste.sameOrder', { name: chosen.name })
          : t('taste.otherOrder', { name: chosen.name, n: fullNumber(moved), of: fullNumber(comparison.other.length) })}
      </p>
      <div className="compare-both">
        <Order title={t('taste.orderNow')} ids={comparison.now} />
        <Order title={chosen.name} ids={comparison.other} before={comparison.now} />
      </div>
    </div>
  );
}

/** Always in reach, below two long orders. */
function PreviewActs({ onUse, onBack }: { onUse: () => void; onBack: () => void }) {
  return (
    <div className="compare-acts">
      <Button onClick={onBack}>{t('ui.back')}</Button>
      <Button kind="main" onClick={onUse}>
        {t('taste.useIt')}
      </Button>
    </div>
  );
}

/** The list to choose from, and a field for a link. */
function Choices({
  onTry,
  problem,
}: {
  onTry: (hash: string, name: string | undefined) => void;
  problem: string | undefined;
}) {
  const [list, setList] = useState<AlgorithmList['algorithms']>([]);
  const [text, setText] = useState('');
  useEffect(() => {
    listed().then(setList, () => undefined);
  }, []);
  const tryText = (): void => {
    const hash = hashIn(text);
    if (hash !== undefined) onTry(hash, list.find((one) => one.hash === hash)?.name);
  };
  return (
    <>
      <form
        className="choose-link"
        onSubmit={(event) => {
          event.preventDefault();
          tryText();
        }}
      >
        <Field
          label={t('taste.byLink')}
          value={text}
          error={problem}
          maxLength={300}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" disabledReason={hashIn(text) === undefined ? t('taste.noHash') : undefined}>
          {t('taste.look')}
        </Button>
      </form>
      <ul className="choose-list">
        {list.map(({ hash, name, about, author }) => (
          <li key={hash}>
            <button type="button" onClick={() => onTry(hash, name)}>
              <span className="t-label" dir="auto">
                {name}
              </span>
              <span className="t-small ink2" dir="auto">
                {about}
              </span>
              <span className="t-small ink3">{`@${author.handle}`}</span>
            </button>
          </li>
        ))}
      </ul>
      <Link href="/algorithm#made" className="page-link t-small">
        {t('taste.aboutAlgorithms')}
      </Link>
    </>
  );
}

/** The sheet: choose, look, use. */
function ChooseSheet({
  asked,
  onClose,
  onUsed,
}: {
  asked: string | undefined;
  onClose: () => void;
  onUsed: () => void;
}) {
  const [tried, setTried] = useState<Tried | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const look = (hash: string, name: string | undefined): void => {
    setProblem(undefined);
    tryOut(hash, name).then(setTried, (error: unknown) => setProblem(sentenceOf(error)));
  };
  useEffect(() => {
    if (asked !== undefined) look(asked, undefined);
  }, [asked]);
  return (
    <Sheet
      title={t('taste.chooseAlgorithm')}
      onClose={onClose}
      footer={
        tried && (
          <PreviewActs onBack={() => setTried(undefined)} onUse={() => void ask('choose', tried.chosen).then(onUsed)} />
        )
      }
    >
      {tried === undefined ? <Choices onTry={look} problem={problem} /> : <Preview tried={tried} />}
    </Sheet>
  );
}

/** What ranks now, and the way to something else. `/taste?algorithm=<hash>` opens the look at once. */
export function Algorithm() {
  const asked = hashIn(new URLSearchParams(useSearch()).get('algorithm') ?? '');
  const [chosen, setChosen] = useState<{ hash: string; name: string } | undefined>(undefined);
  const [isOpen, setOpen] = useState(asked !== undefined);
  const load = (): void => void ask('algorithm').then(setChosen, () => undefined);
  useEffect(load, []);
  const changed = (): void => {
    tellTasteChanged();
    load();
    setOpen(false);
    toast(t('taste.algorithmChanged'));
  };
  return (
    <section className="algorithm-choice">
      <h2 className="t-sub">{t('taste.algorithm')}</h2>
      <p className="t-body algorithm-now">
        <Scale size={20} strokeWidth={1.75} aria-hidden="true" />
        <span dir="auto">{chosen?.name ?? t('taste.regionsOwn')}</span>
        {chosen && <code>{`${chosen.hash.slice(0, 4)}…${chosen.hash.slice(-4)}`}</code>}
      </p>
      <div className="algorithm-acts">
        <Button size="small" onClick={() => setOpen(true)}>
          {t('taste.chooseAlgorithm')}
        </Button>
        {chosen && (
          <Button size="small" kind="outline" onClick={() => void ask('choose', undefined).then(changed)}>
            {t('taste.backToRegions')}
          </Button>
        )}
      </div>
      {isOpen && <ChooseSheet asked={asked} onClose={() => setOpen(false)} onUsed={changed} />}
    </section>
  );
}
