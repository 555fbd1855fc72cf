/** A sound file of one's own: sent, and then among one's own sounds. */
import { Upload as UploadIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Progress } from '../ui/Avatar.tsx';
import { addFile, useDrafts } from '../upload/queue.ts';
import { t } from '../words/words.ts';
import { useState } from 'react';

/** The button, and how far the file is. */
export function OwnSound({ onAdded }: { onAdded: () => void }) {
  const [key, setKey] = useState<string | undefined>(undefined);
  const sending = useDrafts()?.find((draft) => draft.key === key);
  const isThere = sending?.upload?.state === 'ready';
  const told = useRef(false);
  useEffect(() => {
    if (!isThere || told.current) return;
    told.current = true;
    onAdded();
  }, [isThere]);
  return (
    <div className="own-sound">
      <label className="btn btn-second btn-small file-button">
        <span className="btn-face">
          <UploadIcon size={16} aria-hidden="true" />
          {t('addSound.upload')}
        </span>
        <input
          type="file"
          accept="audio/*"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (!file) return;
            told.current = false;
            setKey(addFile(file, 'studio'));
          }}
        />
      </label>
      <p className="t-small ink3">{t('addSound.uploadNote')}</p>
      {sending && !isThere && (
        <Progress
          label={sending.problem ?? sending.fileName}
          words={sending.sending === 'sent' ? t('addSound.processing') : undefined}
          share={sending.sizeBytes === 0 ? 0 : sending.sentBytes / sending.sizeBytes}
        />
      )}
    </div>
  );
}
