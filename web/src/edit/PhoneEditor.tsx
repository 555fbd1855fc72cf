/** The editor on a phone: picture, transport, timeline, tools. */
import { ChevronLeft } from 'lucide-react';
import { Button, IconButton } from '../ui/Button.tsx';
import { t } from '../words/words.ts';
import type { EditorFace } from './face.ts';
import { useEditor } from './editor.ts';
import { useWhyNotYet } from './why-not-yet.ts';
import { PhoneDrawer, PhoneTools } from './PhoneTools.tsx';
import { SavedMark } from './SavedMark.tsx';
import { Stage } from './Stage.tsx';
import { Timeline } from './timeline/Timeline.tsx';
import { Transport } from './Transport.tsx';
import { UndoRedo } from './UndoRedo.tsx';

const PX_PER_SECOND = 32;

/** The phone's face. */
export function PhoneEditor({ onBack, onNext, waitingCount }: EditorFace) {
  const { draftKey, tool } = useEditor();
  const whyNotYet = useWhyNotYet();
  return (
    <div className="edit edit-phone">
      <header className="edit-head">
        <IconButton label={t('ui.back')} onClick={onBack}>
          <ChevronLeft size={24} className="turns-rtl" />
        </IconButton>
        <div className="edit-history">
          <UndoRedo />
        </div>
        <Button kind="main" disabledReason={whyNotYet} onClick={onNext}>
          {t('edit.next')}
        </Button>
      </header>
      <Stage />
      <Transport>
        <SavedMark draftKey={draftKey} />
      </Transport>
      {tool === undefined ? (
        <>
          <Timeline pxPerSecond={PX_PER_SECOND} />
          {waitingCount > 0 && (
            <p className="edit-waiting t-small" role="status">
              {t('edit.measuring', { n: waitingCount })}
            </p>
          )}
          <PhoneTools />
        </>
      ) : (
        <PhoneDrawer />
      )}
    </div>
  );
}
