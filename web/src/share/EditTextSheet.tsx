/** An author changes the text of a post; what it said before stays to be read. */
import type { Card } from '@vitrine/schema';
import { useState } from 'react';
import { request, sentenceOf } from '../api/request.ts';
import { Button } from '../ui/Button.tsx';
import { TextArea } from '../ui/Field.tsx';
import { Sheet } from '../ui/Overlay.tsx';
import { toast } from '../ui/Toast.tsx';
import { changeCard } from '../watch/cards.ts';
import { t } from '../words/words.ts';
import '../watch/text-sheets.css';

/** Longest text of a post, as the server takes it. */
const LONGEST = 2200;

/** The sheet. */
export default function EditTextSheet({ card, onClose }: { card: Card; onClose: () => void }) {
  const [text, setText] = useState(card.text);
  const [isSaving, setIsSaving] = useState(false);
  const save = async (): Promise<void> => {
    setIsSaving(true);
    try {
      await request(`/posts/${card.id}`, { method: 'PATCH', body: { text } });
      changeCard(card.id, (before) => ({ ...before, text: text.trim(), isEdited: true }));
      onClose();
      toast(t('share.textSaved'));
    } catch (error) {
      toast(sentenceOf(error));
    } finally {
      setIsSaving(false);
    }
  };
  const fault = text.trim() === card.text ? t('share.textSame') : undefined;
  return (
    <Sheet title={t('share.editText')} onClose={onClose}>
      <div className="text-edit">
        <TextArea
          label={t('share.editText')}
          isLabelHidden
          rows={5}
          maxLength={LONGEST}
          value={text}
          note={t('share.editTextNote')}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <Button kind="main" isWide isBusy={isSaving} disabledReason={fault} onClick={() => void save()}>
          {t('share.saveText')}
        </Button>
      </div>
    </Sheet>
  );
}
