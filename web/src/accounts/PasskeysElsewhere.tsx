/** The way to the address of this site where passkeys work: an address of numbers can hold none. */
import { t } from '../words/words.ts';
import './accounts.css';

/** `page` is the path to open there. */
export function PasskeysElsewhere({ url, page }: { url: string; page: string }) {
  return (
    <p className="t-small ink2 elsewhere">
      {t('account.passkeysElsewhere')}{' '}
      <a className="page-link" href={`${url}${page}`}>
        {new URL(url).host}
      </a>
    </p>
  );
}
