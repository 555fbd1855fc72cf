/** One's drafts: all that was begun in the studio, on this device and elsewhere. */
import { PageHead } from '../ui/PageHead.tsx';
import { t } from '../words/words.ts';
import StudioDrafts from './StudioDrafts.tsx';
import './create.css';

/** The page. */
export default function DraftsScreen() {
  return (
    <div className="page">
      <PageHead title={t('create.yourDrafts')} backTo="/create" />
      <StudioDrafts isPage />
    </div>
  );
}
