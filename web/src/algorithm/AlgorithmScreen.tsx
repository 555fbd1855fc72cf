/** How the ranking works, from the document and the weights that the code itself uses. */
import { NUMBERS, TERMS, WEIGHTS } from '@vitrine/ranking';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { PageHead } from '../ui/PageHead.tsx';
import { PublicBar } from '../shelves/PublicBar.tsx';
import { languageTag, t } from '../words/words.ts';
import { type Block, blocksOf, flowOf } from './blocks.ts';
import { inline } from './inline.tsx';
import { MadeByPeople } from './MadeByPeople.tsx';
import './algorithm.css';

const BLOCKS = blocksOf(ALGORITHM_DOCUMENT);
/** Weights are in 2^-12. */
const WEIGHT_ONE = 4096;

function Table({
  head,
  rows,
  label,
}: {
  head: readonly ReactNode[];
  label: string;
  rows: readonly (readonly ReactNode[])[];
}) {
  return (
    <div className="algo-scroll" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            {head.map((cell, i) => (
              <th key={i} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={j}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A flow chart as its steps. */
function Flow({ text }: { text: string }) {
  return (
    <ol className="algo-flow">
      {flowOf(text).map(({ from, to }, i) => (
        <li key={i}>
          <span>
            {from.map((name) => (
              <b key={name}>{name}</b>
            ))}
          </span>
          <i aria-hidden="true">→</i>
          <span>
            {to.map((name) => (
              <b key={name}>{name}</b>
            ))}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Piece({ block }: { block: Block }) {
  if (block.kind === 'heading') return <h2 className="t-title">{block.text}</h2>;
  if (block.kind === 'paragraph') return <p>{inline(block.text)}</p>;
  if (block.kind === 'table') {
    return (
      <Table
        label={block.head.join(', ')}
        head={block.head.map(inline)}
        rows={block.rows.map((row) => row.map(inline))}
      />
    );
  }
  if (block.kind === 'code') {
    return block.language === 'mermaid' ? <Flow text={block.text} /> : <pre>{block.text}</pre>;
  }
  const items = block.items.map((item, i) => <li key={i}>{inline(item)}</li>);
  return block.isOrdered ? <ol>{items}</ol> : <ul>{items}</ul>;
}

/** Every weight with its reason, largest first. */
function WeightsPart() {
  const most = Math.max(...TERMS.map((term) => Math.abs(WEIGHTS.terms[term].weight)));
  const number = new Intl.NumberFormat(languageTag(), { maximumFractionDigits: 2 });
  const terms = [...TERMS].sort((a, b) => WEIGHTS.terms[b].weight - WEIGHTS.terms[a].weight);
  return (
    <section aria-labelledby="weights">
      <h2 className="t-title" id="weights">
        {t('algorithm.weights', { version: WEIGHTS.version })}
      </h2>
      <p className="ink2">{t('algorithm.weightsText')}</p>
      <ul className="algo-weights">
        {terms.map((term) => {
          const { weight, under5, under20, reason } = WEIGHTS.terms[term];
          const more = [under20, under5].some((extra) => extra !== 0);
          return (
            <li key={term}>
              <code>{term}</code>
              <meter className="algo-bar" min={0} max={most} value={weight} aria-hidden="true" />
              <b className="num">{number.format(weight / WEIGHT_ONE)}</b>
              <span lang="en" dir="ltr">
                {reason}
                {more &&
                  ` (+${number.format(under20 / WEIGHT_ONE)} under 20, +${number.format(under5 / WEIGHT_ONE)} more under 5)`}
              </span>
            </li>
          );
        })}
      </ul>
      <h2 className="t-title">{t('algorithm.numbers')}</h2>
      <dl className="algo-numbers" lang="en" dir="ltr">
        {NUMBERS.map((name) => (
          <div key={name}>
            <dt>
              <code>{name}</code> <b className="num">{number.format(WEIGHTS.numbers[name].value)}</b>
            </dt>
            <dd>{WEIGHTS.numbers[name].reason}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The page. */
export default function AlgorithmScreen() {
  return (
    <>
      <PublicBar lit="algorithm" />
      <div className="page algo">
        <PageHead title={t('algorithm.title')} backTo="/shelves" />
        <p className="t-long ink2">
          {t('algorithm.intro')}{' '}
          <Link href="/shelves" className="page-link">
            {t('algorithm.toShelves')}
          </Link>
        </p>
        <WeightsPart />
        <MadeByPeople />
        <article className="algo-text" lang="en" dir="ltr">
          {BLOCKS.slice(1).map((block, i) => (
            <Piece key={i} block={block} />
          ))}
        </article>
      </div>
    </>
  );
}
