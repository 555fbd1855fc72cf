/** The way from a decision to its entry in the public log. */
import { ArrowUpRight } from 'lucide-react';
import { t } from '../words/words.ts';
import './ledger-link.css';

/** The public entry of a decision. */
export function LedgerLink({ index }: { index: number }) {
  return (
    <a
      className="ledger-link num"
      href={`/api/v1/ledger/entries?after=${index - 1}&limit=1`}
      target="_blank"
      rel="noopener"
    >
      {t('standing.ledger', { n: index })}
      <ArrowUpRight size={15} className="turns-rtl" aria-hidden="true" />
    </a>
  );
}
