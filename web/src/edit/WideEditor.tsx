/** The editor on a wide page: tools and their panel, the picture, what is chosen, and the timeline below. */
import { Copy, Gauge, Grid3x3, Keyboard, Maximize, Pencil, Scissors, Trash2, ZoomIn, ZoomOut } from 'lucide-react';
import { useRef, useState } from 'react';
import { Link } from 'wouter';
import { Button, IconButton } from '../ui/Button.tsx';
import { Slider } from '../ui/Choice.tsx';
import { Mark } from '../ui/Logo.tsx';
import { t } from '../words/words.ts';
import { changeStudioDraft, useStudioDrafts } from './drafts.ts';
import type { EditorFace } from './face.ts';
import { useEditor } from './editor.ts';
import { useWhyNotYet } from './why-not-yet.ts';
import { duplicateChosen, removeChosen, splitHere } from './keys.ts';
import { CropPanel, FilterPanel, SpeedPanel, useMeantClip, VolumePanel } from './panels/ClipPanels.tsx';
import { StickerPanel } from './panels/StickerPanel.tsx';
import { TextPanel, useAddText } from './panels/TextPanel.tsx';
import { SavedMark } from './SavedMark.tsx';
import { Stage } from './Stage.tsx';
import { ZOOM } from './timeline/scale.ts';
import { Timeline } from './timeline/Timeline.tsx';
import { toolPart, WIDE_TOOLS } from './tools.tsx';
import { Transport } from './Transport.tsx';
import { UndoRedo } from './UndoRedo.tsx';
import { speedWords } from './words.ts';

const PX_PER_SECOND = 72;

function Title({ draftKey }: { draftKey: string }) {
  const draft = useStudioDrafts()?.find(({ key }) => key === draftKey);
  return (
    <label className="edit-title">
      <input
        aria-label={t('edit.title')}
        placeholder={t('edit.untitled')}
        maxLength={100}
        dir="auto"
        value={draft?.title ?? ''}
        onInput={(event) => changeStudioDraft(draftKey, { title: event.currentTarget.value })}
      />
      <Pencil size={16} aria-hidden="true" />
    </label>
  );
}

function LeftPanel() {
  const { tool, open } = useEditor();
  const addText = useAddText();
  const shown = tool !== undefined && WIDE_TOOLS.includes(tool) ? tool : 'media';
  const { word, Panel } = toolPart(shown);
  return (
    <>
      <nav className="wide-tools" aria-label={t('edit.tools')}>
        {WIDE_TOOLS.map((name) => {
          const part = toolPart(name);
          return (
            <button
              key={name}
              type="button"
              className="wide-tool"
              aria-pressed={shown === name}
              onClick={() => {
                if (name !== 'text') return open(name);
                // The words are written at the right, beside the picture.
                addText();
                open('media');
              }}
            >
              <part.Icon size={22} strokeWidth={1.75} aria-hidden="true" />
              {t(part.word)}
            </button>
          );
        })}
      </nav>
      <section className="wide-panel" aria-label={t(word)}>
        <h2 className="t-sub">{t(word)}</h2>
        <Panel key={shown} />
      </section>
    </>
  );
}

/** What can be changed of the chosen piece; of the clip under the playhead where nothing is chosen. */
function Inspector() {
  const { chosen, tool } = useEditor();
  const clip = useMeantClip();
  if (chosen?.kind === 'text' && tool !== 'text') return <TextPanel />;
  if (chosen?.kind === 'sticker' && tool !== 'stickers') return <StickerPanel />;
  if (!clip) return null;
  return (
    <>
      <h2 className="t-sub">{t('edit.clip')}</h2>
      <SpeedPanel />
      <CropPanel />
      {tool !== 'filters' && <FilterPanel />}
      <VolumePanel />
    </>
  );
}

function TimelineHead({ zoom, onZoom, onHelp }: { zoom: number; onZoom: (zoom: number) => void; onHelp: () => void }) {
  const editor = useEditor();
  const clip = useMeantClip();
  return (
    <div className="wide-acts" role="toolbar" aria-label={t('edit.timeline')}>
      <Button icon={<Scissors size={18} />} onClick={() => splitHere(editor)}>
        {t('edit.split')} <kbd className="keycap">S</kbd>
      </Button>
      <IconButton label={t('edit.duplicate')} disabled={!editor.chosen} onClick={() => duplicateChosen(editor)}>
        <Copy size={18} />
      </IconButton>
      <IconButton label={t('edit.delete')} disabled={!editor.chosen} onClick={() => removeChosen(editor)}>
        <Trash2 size={18} />
      </IconButton>
      {clip && (
        <span className="wide-speed t-label num">
          <Gauge size={18} aria-hidden="true" />
          {speedWords(clip.speed)}
        </span>
      )}
      <span className="wide-zoom">
        <IconButton label={t('edit.keys')} onClick={onHelp}>
          <Keyboard size={18} />
        </IconButton>
        <ZoomOut size={16} aria-hidden="true" />
        <Slider label={t('edit.zoom')} min={ZOOM.min} max={ZOOM.max} step={4} value={zoom} onChange={onZoom} />
        <ZoomIn size={16} aria-hidden="true" />
      </span>
    </div>
  );
}

function WideHead({ onBack, onNext, waitingCount }: Omit<EditorFace, 'onHelp'>) {
  const { draftKey } = useEditor();
  const whyNotYet = useWhyNotYet();
  return (
    <header className="edit-head">
      <Link href="/" className="edit-mark" aria-label="Vitrine">
        <Mark sizePx={28} />
      </Link>
      <Title draftKey={draftKey} />
      <SavedMark draftKey={draftKey} />
      {waitingCount > 0 && (
        <span className="t-small ink2" role="status">
          {t('edit.measuring', { n: waitingCount })}
        </span>
      )}
      <span className="edit-head-end">
        <UndoRedo />
        <Button onClick={onBack}>{t('edit.saveDraft')}</Button>
        <Button kind="main" disabledReason={whyNotYet} onClick={onNext}>
          {t('edit.next')}
        </Button>
      </span>
    </header>
  );
}

/** The wide face. */
export function WideEditor({ onBack, onNext, onHelp, waitingCount }: EditorFace) {
  const [zoom, setZoom] = useState(PX_PER_SECOND);
  const [hasGrid, setHasGrid] = useState(false);
  const middle = useRef<HTMLDivElement>(null);
  return (
    <div className="edit edit-wide">
      <WideHead onBack={onBack} onNext={onNext} waitingCount={waitingCount} />
      <div className="wide-work">
        <LeftPanel />
        <div className={`wide-middle ${hasGrid ? 'has-grid' : ''}`} ref={middle}>
          <Stage />
          <Transport>
            <IconButton label={t('edit.grid')} aria-pressed={hasGrid} sizePx={36} onClick={() => setHasGrid(!hasGrid)}>
              <Grid3x3 size={18} />
            </IconButton>
            <IconButton
              label={t('edit.fullScreen')}
              sizePx={36}
              onClick={() => void middle.current?.requestFullscreen().catch(() => undefined)}
            >
              <Maximize size={18} />
            </IconButton>
          </Transport>
        </div>
        <aside className="wide-inspector" aria-label={t('edit.chosen')}>
          <Inspector />
        </aside>
      </div>
      <TimelineHead zoom={zoom} onZoom={setZoom} onHelp={onHelp} />
      <Timeline pxPerSecond={zoom} />
    </div>
  );
}
