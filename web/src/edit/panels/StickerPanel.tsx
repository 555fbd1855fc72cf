/** Stickers: the set, by kind; a press lays one on the picture. */
import { STICKERS, emojiFile } from '@vitrine/edit';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Choice.tsx';
import { t, type Word } from '../../words/words.ts';
import { newPieceId, useEditor } from '../editor.ts';
import { removeChosen } from '../keys.ts';
import { emojiUrl } from '../paint.ts';
import { changeSticker, newSticker, spanFrom } from '../pieces.ts';
import { TimeRange } from './TimeRange.tsx';

type Kind = keyof typeof STICKERS;
const KIND_WORDS: Record<Kind, Word> = {
  faces: 'edit.stickersFaces',
  hands: 'edit.stickersHands',
  hearts: 'edit.stickersHearts',
  nature: 'edit.stickersNature',
  food: 'edit.stickersFood',
  things: 'edit.stickersThings',
  signs: 'edit.stickersSigns',
};
const KINDS = Object.keys(STICKERS) as Kind[];

/** The panel. */
export function StickerPanel() {
  const editor = useEditor();
  const { edit, change, choose, chosen, player, timeline, settle } = editor;
  const [kind, setKind] = useState<Kind>('faces');
  const sticker =
    chosen?.kind === 'sticker' ? edit.stickers.find((candidate) => candidate.id === chosen.id) : undefined;
  const add = (emoji: string): void => {
    const id = newPieceId();
    const span = spanFrom(player.atMs(), timeline.durationMs);
    change((now) => ({ ...now, stickers: [...now.stickers, newSticker(id, emoji, span)] }));
    choose({ kind: 'sticker', id });
  };
  return (
    <div className="panel-body">
      {sticker && (
        <div className="panel-fields">
          <h3 className="panel-label">{t('edit.shown')}</h3>
          <TimeRange
            label={t('edit.shown')}
            span={sticker}
            durationMs={timeline.durationMs}
            onSpan={(span) => change((now) => changeSticker(now, sticker.id, span), `time ${sticker.id}`)}
            onEnd={settle}
          />
          <Button kind="danger" size="small" icon={<Trash2 size={16} />} onClick={() => removeChosen(editor)}>
            {t('edit.deleteSticker')}
          </Button>
        </div>
      )}
      <div className="chip-row">
        {KINDS.map((name) => (
          <Chip key={name} isOn={name === kind} onPress={() => setKind(name)}>
            {t(KIND_WORDS[name])}
          </Chip>
        ))}
      </div>
      <div className="sticker-grid">
        {STICKERS[kind].map((emoji) => (
          <button key={emoji} type="button" className="sticker-pick" aria-label={emoji} onClick={() => add(emoji)}>
            <img src={emojiUrl(emojiFile(emoji))} alt="" loading="lazy" width={34} height={34} />
          </button>
        ))}
      </div>
      <p className="t-small ink3">{t('edit.stickersCredit')}</p>
    </div>
  );
}
