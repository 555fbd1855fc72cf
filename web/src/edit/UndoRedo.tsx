import { Redo2, Undo2 } from 'lucide-react';
import { IconButton } from '../ui/Button.tsx';
import { t } from '../words/words.ts';
import { useEditor } from './editor.ts';

/** A step back, a step forward again. */
export function UndoRedo() {
  const { undo, redo, canUndo, canRedo } = useEditor();
  return (
    <>
      <IconButton label={t('edit.undo')} disabled={!canUndo} onClick={undo}>
        <Undo2 size={20} className="turns-rtl" />
      </IconButton>
      <IconButton label={t('edit.redo')} disabled={!canRedo} onClick={redo}>
        <Redo2 size={20} className="turns-rtl" />
      </IconButton>
    </>
  );
}
