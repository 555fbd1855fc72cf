/** The phone's bar of tools, and the drawer of the open one in its place. */
import { ArrowLeft, ArrowRight, Check, Copy, Scissors, Trash2, type LucideIcon } from 'lucide-react';
import { Button } from '../ui/Button.tsx';
import { t, type Word } from '../words/words.ts';
import { useEditor, type Editor } from './editor.ts';
import { duplicateChosen, moveChosen, removeChosen, splitHere } from './keys.ts';
import { useAddText } from './panels/TextPanel.tsx';
import { toolPart, TOOLS } from './tools.tsx';

interface Act {
  word: Word;
  Icon: LucideIcon;
  act: (editor: Editor) => void;
}

/** What can be done with the chosen piece. */
function actsOf({ chosen, edit }: Editor): Act[] {
  if (chosen === undefined) return [];
  const place = edit.clips.findIndex((clip) => clip.id === chosen.id);
  const acts: Act[] = [
    { word: 'edit.delete', Icon: Trash2, act: removeChosen },
    { word: 'edit.duplicate', Icon: Copy, act: duplicateChosen },
  ];
  if (chosen.kind !== 'clip') return chosen.kind === 'text' || chosen.kind === 'sticker' ? acts : acts.slice(0, 1);
  if (place > 0) acts.push({ word: 'edit.moveBack', Icon: ArrowLeft, act: (editor) => moveChosen(editor, -1) });
  if (place < edit.clips.length - 1)
    acts.push({ word: 'edit.moveOn', Icon: ArrowRight, act: (editor) => moveChosen(editor, 1) });
  return acts;
}

/** The bar. */
export function PhoneTools() {
  const editor = useEditor();
  const { tool, open, chosen } = editor;
  const addText = useAddText();
  return (
    <div className="phone-tools" role="toolbar" aria-label={t('edit.tools')}>
      <button type="button" className="tool tool-lit" onClick={() => splitHere(editor)}>
        <Scissors size={22} strokeWidth={1.75} aria-hidden="true" />
        {t('edit.split')}
      </button>
      {actsOf(editor).map(({ word, Icon, act }) => (
        <button key={word} type="button" className="tool" onClick={() => act(editor)}>
          <Icon size={22} strokeWidth={1.75} aria-hidden="true" />
          {t(word)}
        </button>
      ))}
      {TOOLS.map(({ tool: name, word, Icon }) => (
        <button
          key={name}
          type="button"
          className="tool"
          aria-expanded={tool === name}
          onClick={() => (name === 'text' && chosen?.kind !== 'text' ? addText() : open(name))}
        >
          <Icon size={22} strokeWidth={1.75} aria-hidden="true" />
          {t(word)}
        </button>
      ))}
    </div>
  );
}

/** The open tool's panel. */
export function PhoneDrawer() {
  const { tool, open } = useEditor();
  if (tool === undefined) return null;
  const { word, Panel } = toolPart(tool);
  return (
    <section className="phone-drawer" aria-label={t(word)}>
      <header className="drawer-head">
        <h2 className="t-sub">{t(word)}</h2>
        <Button size="small" icon={<Check size={16} />} onClick={() => open(undefined)}>
          {t('edit.done')}
        </Button>
      </header>
      <Panel />
    </section>
  );
}
