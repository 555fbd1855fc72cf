/** The captions: a list of lines with their times, read from files and saved as files. */
import { Download, Plus, Trash2, Upload as UploadIcon } from 'lucide-react';
import { Button, IconButton } from '../../ui/Button.tsx';
import { toast } from '../../ui/Toast.tsx';
import { languageTag, t } from '../../words/words.ts';
import { readCaptions, writeSrt, writeVtt, type Cue } from '../captions-text.ts';
import { useEditor } from '../editor.ts';
import { spanFrom } from '../pieces.ts';

const STEP_S = 0.1;

function saveAs(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function CueRow({
  cue,
  place,
  onCue,
  onEnd,
  onRemove,
}: {
  cue: Cue;
  place: number;
  onCue: (cue: Cue) => void;
  onEnd: () => void;
  onRemove: () => void;
}) {
  const { player } = useEditor();
  const time = (name: 'startMs' | 'endMs', label: string) => (
    <input
      type="number"
      className="cue-time num"
      aria-label={label}
      min={0}
      step={STEP_S}
      value={(cue[name] / 1000).toFixed(1)}
      onChange={(event) => {
        const ms = Math.round(Number(event.currentTarget.value) * 1000);
        if (Number.isFinite(ms) && ms >= 0) onCue({ ...cue, [name]: ms });
        onEnd();
      }}
    />
  );
  return (
    <li className="cue-row">
      <div className="cue-times">
        {time('startMs', t('edit.from'))}
        {time('endMs', t('edit.to'))}
        <IconButton label={t('edit.deleteCaption', { n: place + 1 })} sizePx={36} onClick={onRemove}>
          <Trash2 size={16} />
        </IconButton>
      </div>
      <textarea
        className="cue-words"
        rows={2}
        dir="auto"
        aria-label={t('edit.captionLine', { n: place + 1 })}
        value={cue.text}
        maxLength={500}
        onFocus={() => player.seek(cue.startMs)}
        onInput={(event) => onCue({ ...cue, text: event.currentTarget.value })}
        onBlur={onEnd}
      />
    </li>
  );
}

function CaptionFiles({ cues, onRead }: { cues: readonly Cue[]; onRead: (file: File) => void }) {
  return (
    <div className="panel-acts">
      <label className="btn btn-outline btn-small file-button">
        <span className="btn-face">
          <UploadIcon size={16} aria-hidden="true" />
          {t('edit.readCaptions')}
        </span>
        <input
          type="file"
          accept=".vtt,.srt,text/vtt"
          onChange={(event) => event.currentTarget.files?.[0] && onRead(event.currentTarget.files[0])}
        />
      </label>
      {cues.length > 0 && (
        <>
          <Button
            kind="outline"
            size="small"
            icon={<Download size={16} />}
            onClick={() => saveAs('captions.vtt', writeVtt(cues))}
          >
            WebVTT
          </Button>
          <Button
            kind="outline"
            size="small"
            icon={<Download size={16} />}
            onClick={() => saveAs('captions.srt', writeSrt(cues))}
          >
            SRT
          </Button>
        </>
      )}
    </div>
  );
}

/** The panel. */
export function CaptionsPanel() {
  const { edit, change, settle, player, timeline } = useEditor();
  const language = edit.captions?.language ?? languageTag().split('-')[0] ?? 'en';
  const cues = edit.captions?.cues ?? [];
  const set = (next: readonly Cue[], gesture?: string): void =>
    change(
      (now) => ({
        ...now,
        captions:
          next.length === 0 ? null : { language, cues: [...next].sort((one, other) => one.startMs - other.startMs) },
      }),
      gesture,
    );
  const add = (): void => {
    const { fromMs, toMs } = spanFrom(player.atMs(), timeline.durationMs);
    set([...cues, { startMs: fromMs, endMs: toMs, text: '' }]);
  };
  const read = async (file: File): Promise<void> => {
    const found = readCaptions(await file.text());
    if (found.length === 0) toast(t('edit.noCaptions', { name: file.name }));
    else set(found);
  };
  return (
    <div className="panel-body">
      <ol className="cue-list">
        {cues.map((cue, place) => (
          <CueRow
            key={place}
            cue={cue}
            place={place}
            onCue={(next) =>
              set(
                cues.map((old, at) => (at === place ? next : old)),
                `cue ${place}`,
              )
            }
            onEnd={settle}
            onRemove={() => set(cues.filter((_, at) => at !== place))}
          />
        ))}
      </ol>
      <Button size="small" icon={<Plus size={16} />} onClick={add}>
        {t('edit.addCaption')}
      </Button>
      <CaptionFiles cues={cues} onRead={(file) => void read(file)} />
    </div>
  );
}
