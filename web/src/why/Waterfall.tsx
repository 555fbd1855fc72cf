/** The parts of a score as bars, each beginning where the last one ended, and the sum. Drawn from the receipt's whole numbers. */
import type { Card } from '@vitrine/schema';
import type { Why } from '../rank/calls.ts';
import { fullNumber, t } from '../words/words.ts';
import { partName } from './sentences.ts';

interface Step {
  key: string;
  name: string;
  part: number;
  from: number;
}

function stepsOf(card: Card, why: Why): Step[] {
  const parts = [...why.parts].sort((a, b) => b.part - a.part);
  const named = parts.map((reason) => ({
    key: reason.term as string,
    name: partName(reason, card),
    part: reason.part,
  }));
  if (why.penalty !== 0) named.push({ key: 'penalty', name: t('why.penalty'), part: -why.penalty });
  let at = 0;
  return named.map((step) => {
    const from = at;
    at += step.part;
    return { ...step, from };
  });
}

function signed(value: number): string {
  return value < 0 ? `\u2212${fullNumber(-value)}` : `+${fullNumber(value)}`;
}

/** The waterfall, as a table that reads without sight too. */
export function Waterfall({ card, why }: { card: Card; why: Why }) {
  const steps = stepsOf(card, why);
  const total = why.score - why.penalty;
  const ends = steps.flatMap(({ from, part }) => [from, from + part]);
  const [low, high] = [Math.min(0, total, ...ends), Math.max(1, total, ...ends)];
  const place = (value: number): number => (100 * (value - low)) / (high - low);
  const bar = (from: number, to: number) => ({
    insetInlineStart: `${place(Math.min(from, to))}%`,
    inlineSize: `max(3px, ${place(Math.max(from, to)) - place(Math.min(from, to))}%)`,
  });
  return (
    <table className="why-falls num">
      <caption className="visually-hidden">{t('why.parts')}</caption>
      <tbody>
        {steps.map((step, i) => (
          <tr key={step.key}>
            <th scope="row">{step.name}</th>
            <td className="why-bar-cell" aria-hidden="true">
              <span
                className={`why-bar ${step.part < 0 ? 'is-less' : ''}`}
                style={{
                  ...bar(step.from, step.from + step.part),
                  animationDelay: `${i * 40}ms`,
                  opacity: [1, 0.82, 0.62][Math.min(i, 2)],
                }}
              />
            </td>
            <td className={step.part < 0 ? 'why-less' : ''}>
              <bdi dir="ltr">{signed(step.part)}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('why.score')}</th>
          <td className="why-bar-cell" aria-hidden="true">
            <span className="why-bar is-sum" style={{ ...bar(0, total), animationDelay: `${steps.length * 40}ms` }} />
          </td>
          <td>
            <bdi dir="ltr">{total < 0 ? signed(total) : fullNumber(total)}</bdi>
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
