/** All files of this draft, how far each is, and a way to add more. */
import { clipKey, addClip } from '@vitrine/edit';
import { CircleAlert, Upload as UploadIcon } from 'lucide-react';
import { Progress } from '../../ui/Avatar.tsx';
import { clock } from '../../words/figures.ts';
import { t } from '../../words/words.ts';
import { newPieceId, useEditor } from '../editor.ts';
import { mediumOf, useMediaVersion, type Medium } from '../media.ts';
import { stripPicture, stripStyle } from '../strip.ts';
import { useAddClips, wholeClip } from '../add-clips.ts';

function MediumTile({ medium }: { medium: Medium }) {
  const { change } = useEditor();
  const { facts, sending } = medium;
  const isSending = sending !== undefined && sending.sending !== 'sent';
  const id = medium.key.slice('upload:'.length);
  return (
    <li className="medium">
      <button
        type="button"
        className="medium-face"
        aria-label={t('edit.addAgain', { name: medium.name })}
        onClick={() => facts && change((edit) => addClip(edit, wholeClip(newPieceId(), id, facts.durationMs)))}
        style={stripStyle(stripPicture(medium.key, (facts?.durationMs ?? 0) / 2))}
      >
        {facts && <span className="medium-time t-micro num">{clock(facts.durationMs)}</span>}
      </button>
      <span className="t-small ink2 medium-name">{medium.name}</span>
      {isSending && (
        <Progress
          label={t('edit.sending')}
          share={sending.sizeBytes === 0 ? 0 : sending.sentBytes / sending.sizeBytes}
          isPaused={sending.sending !== 'sending'}
        />
      )}
      {medium.problem !== undefined && (
        <span className="t-small panel-problem" role="alert">
          <CircleAlert size={14} aria-hidden="true" />
          {medium.problem === 'gone' ? t('edit.mediumGone') : medium.problem}
        </span>
      )}
    </li>
  );
}

/** The panel. */
export function MediaPanel() {
  const { edit } = useEditor();
  useMediaVersion();
  const addClips = useAddClips();
  const keys = [...new Set(edit.clips.map(clipKey))].filter((key) => key.startsWith('upload:'));
  return (
    <div className="panel-body">
      <label className="btn btn-second btn-normal file-button">
        <span className="btn-face">
          <UploadIcon size={18} aria-hidden="true" />
          {t('edit.addClips')}
        </span>
        <input
          type="file"
          accept="video/*,.mkv,.avi,.mov,.3gp,.ts,.webm"
          multiple
          onChange={(event) => addClips(event.currentTarget.files ?? [])}
        />
      </label>
      <ul className="media-grid">
        {keys.map((key) => (
          <MediumTile key={key} medium={mediumOf(key)} />
        ))}
      </ul>
    </div>
  );
}
