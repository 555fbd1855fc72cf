/** A text: its words, type face, colour, box, place in the line, size and time. */
import type { EditText, Face } from '@vitrine/schema';
import { FACES } from '@vitrine/schema';
import { AlignCenter, AlignLeft, AlignRight, Plus, Trash2 } from 'lucide-react';
import { Button } from '../../ui/Button.tsx';
import { Slider, SwitchRow } from '../../ui/Choice.tsx';
import { t, type Word } from '../../words/words.ts';
import { newPieceId, useEditor } from '../editor.ts';
import { removeChosen } from '../keys.ts';
import { changeText, newText, spanFrom } from '../pieces.ts';
import { fineClock } from '../words.ts';
import { TimeRange } from './TimeRange.tsx';

/** The colours that are offered. */
const COLOURS: readonly { value: string; word: Word }[] = [
  { value: '#ffffff', word: 'edit.white' },
  { value: '#0c1013', word: 'edit.black' },
  { value: '#ffa566', word: 'edit.orange' },
  { value: '#74c7d9', word: 'edit.blue' },
  { value: '#f3dfbf', word: 'edit.sand' },
  { value: '#e8536b', word: 'edit.red' },
  { value: '#74d6a9', word: 'edit.green' },
  { value: '#f7d948', word: 'edit.yellow' },
];
const FACE_WORDS: Record<Face, Word> = {
  bold: 'edit.faceBold',
  plain: 'edit.facePlain',
  serif: 'edit.faceSerif',
  mono: 'edit.faceMono',
};
const ALIGNS = [
  { value: 'start', word: 'edit.alignStart', Icon: AlignLeft },
  { value: 'center', word: 'edit.alignCenter', Icon: AlignCenter },
  { value: 'end', word: 'edit.alignEnd', Icon: AlignRight },
] as const;

function Colours({ text, onColour }: { text: EditText; onColour: (colour: string) => void }) {
  return (
    <div className="swatches" role="radiogroup" aria-label={t('edit.colour')}>
      {COLOURS.map(({ value, word }) => (
        <button
          key={value}
          type="button"
          role="radio"
          aria-checked={text.colour === value}
          aria-label={t(word)}
          className="swatch"
          onClick={() => onColour(value)}
        >
          <span style={{ background: value }} />
        </button>
      ))}
    </div>
  );
}

function Faces({ text, onFace }: { text: EditText; onFace: (face: Face) => void }) {
  return (
    <div className="faces" role="radiogroup" aria-label={t('edit.style')}>
      {FACES.map((face) => (
        <button
          key={face}
          type="button"
          role="radio"
          aria-checked={text.face === face}
          aria-label={t(FACE_WORDS[face])}
          className={`face face-${face}`}
          onClick={() => onFace(face)}
        >
          Aa
        </button>
      ))}
    </div>
  );
}

function Aligns({ text, onAlign }: { text: EditText; onAlign: (align: EditText['align']) => void }) {
  return (
    <div className="segments" role="radiogroup" aria-label={t('edit.align')}>
      {ALIGNS.map(({ value, word, Icon }) => (
        <button
          key={value}
          type="button"
          role="radio"
          aria-checked={text.align === value}
          aria-label={t(word)}
          className="segment segment-icon"
          onClick={() => onAlign(value)}
        >
          <Icon size={18} className="turns-rtl" />
        </button>
      ))}
    </div>
  );
}

function TextFields({ text }: { text: EditText }) {
  const editor = useEditor();
  const { change, settle, timeline } = editor;
  const set = (changes: Partial<EditText>, gesture?: string): void =>
    change((edit) => changeText(edit, text.id, changes), gesture);
  return (
    <div className="panel-fields">
      <textarea
        className="panel-words"
        aria-label={t('edit.words')}
        rows={2}
        maxLength={300}
        dir="auto"
        value={text.text}
        onInput={(event) => {
          // A text without words is none: the last letter stays until another is there.
          if (event.currentTarget.value !== '') set({ text: event.currentTarget.value }, `words ${text.id}`);
        }}
        onBlur={settle}
      />
      <h3 className="panel-label">{t('edit.style')}</h3>
      <Faces text={text} onFace={(face) => set({ face })} />
      <h3 className="panel-label">{t('edit.colour')}</h3>
      <Colours text={text} onColour={(colour) => set({ colour })} />
      <div className="panel-row">
        <h3 className="panel-label">{t('edit.shown')}</h3>
        <span className="t-small num" dir="ltr">
          {t('edit.fromTo', { from: fineClock(text.fromMs), to: fineClock(text.toMs) })}
        </span>
      </div>
      <TimeRange
        label={t('edit.shown')}
        span={text}
        durationMs={timeline.durationMs}
        onSpan={(span) => set(span, `time ${text.id}`)}
        onEnd={settle}
      />
      <h3 className="panel-label">{t('edit.size')}</h3>
      <Slider
        label={t('edit.size')}
        min={0.03}
        max={0.25}
        step={0.005}
        value={text.size}
        onChange={(size) => set({ size }, `size ${text.id}`)}
      />
      <Aligns text={text} onAlign={(align) => set({ align })} />
      <SwitchRow label={t('edit.boxBehind')} isOn={text.hasBox} onChange={(hasBox) => set({ hasBox })} />
      <Button kind="danger" size="small" icon={<Trash2 size={16} />} onClick={() => removeChosen(editor)}>
        {t('edit.deleteText')}
      </Button>
    </div>
  );
}

/** Adds a text at the playhead and chooses it. */
export function useAddText(): () => void {
  const { change, choose, player, timeline, open } = useEditor();
  return () => {
    const id = newPieceId();
    change((edit) => ({
      ...edit,
      texts: [...edit.texts, newText(id, t('edit.newText'), spanFrom(player.atMs(), timeline.durationMs))],
    }));
    choose({ kind: 'text', id });
    open('text');
  };
}

/** The panel: the chosen text, and a way to a new one. */
export function TextPanel() {
  const { edit, chosen, choose, player } = useEditor();
  const addText = useAddText();
  const text = chosen?.kind === 'text' ? edit.texts.find((candidate) => candidate.id === chosen.id) : undefined;
  return (
    <div className="panel-body">
      {text && <TextFields key={text.id} text={text} />}
      {!text &&
        edit.texts.map((other) => (
          <button
            key={other.id}
            type="button"
            className="panel-item"
            onClick={() => {
              choose({ kind: 'text', id: other.id });
              player.seek(other.fromMs);
            }}
          >
            <span dir="auto">{other.text}</span>
            <span className="t-small ink3 num">{fineClock(other.fromMs)}</span>
          </button>
        ))}
      <Button size="small" icon={<Plus size={16} />} onClick={addText}>
        {t('edit.addText')}
      </Button>
    </div>
  );
}
