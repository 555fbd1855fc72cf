/** An address that names nothing. */
import { ButtonLink } from '../ui/Button.tsx';
import { EmptyState } from '../ui/State.tsx';
import { t } from '../words/words.ts';

/** The page for addresses without one. */
export default function NotFoundScreen() {
  return (
    <EmptyState title={t('app.noPage')} text={t('app.noPageText')}>
      <ButtonLink href="/" kind="main" size="tall">
        {t('app.toFeed')}
      </ButtonLink>
    </EmptyState>
  );
}
