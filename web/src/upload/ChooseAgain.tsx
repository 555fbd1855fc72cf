/** A button that takes a file once more: the draft that waits for it goes on where it was. */
import { t } from '../words/words.ts';
import { addFile } from './queue.ts';
import './choose-again.css';

/** The button. */
export function ChooseAgain() {
  return (
    <label className="btn btn-second btn-small choose-again">
      <span className="btn-face">{t('create.chooseFile')}</span>
      <input
        type="file"
        accept="video/*"
        onChange={(event) => event.currentTarget.files?.[0] && addFile(event.currentTarget.files[0])}
      />
    </label>
  );
}
