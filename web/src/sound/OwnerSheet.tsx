/** What the owner says of a sound: title, licence, whether others may use it. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Sound } from '@vitrine/schema';
import { request, sentenceOf } from '../api/request.ts';
import { Button } from '../ui/Button.tsx';
import { SwitchRow } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { Sheet } from '../ui/Overlay.tsx';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';

const TITLE_CHARS = 100;
const CREDIT_CHARS = 300;

/** What can be said. */
interface Words {
  title: string;
  licence: string;
  creditLine: string;
  allowUse: boolean;
}

function Fields({
  sound,
  words,
  onChange,
}: {
  sound: Sound;
  words: Words;
  onChange: (changed: Partial<Words>) => void;
}) {
  return (
    <div className="sound-edit">
      <Field
        label={t('soundPage.title')}
        value={words.title}
        maxLength={TITLE_CHARS}
        error={words.title.trim() === '' ? t('soundPage.needsTitle') : undefined}
        onInput={(event) => onChange({ title: event.currentTarget.value })}
      />
      <Field
        label={t('soundPage.licence')}
        value={words.licence}
        maxLength={TITLE_CHARS}
        note={t('soundPage.licenceNote')}
        onInput={(event) => onChange({ licence: event.currentTarget.value })}
      />
      <Field
        label={t('soundPage.creditLine')}
        value={words.creditLine}
        maxLength={CREDIT_CHARS}
        onInput={(event) => onChange({ creditLine: event.currentTarget.value })}
      />
      <SwitchRow
        label={t('soundPage.allowUse')}
        note={sound.origin === 'upload' ? t('soundPage.allowUseNote') : undefined}
        isOn={words.allowUse}
        onChange={(allowUse) => onChange({ allowUse })}
      />
    </div>
  );
}

/** The sheet. */
export function OwnerSheet({ sound, onClose }: { sound: Sound; onClose: () => void }) {
  const cache = useQueryClient();
  const { title, creditLine, allowUse } = sound;
  const [words, setWords] = useState<Words>({ title, creditLine, allowUse, licence: sound.licence ?? '' });
  const [isBusy, setBusy] = useState(false);
  const isNamed = words.title.trim() !== '';
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const body = { ...words, title: words.title.trim(), licence: words.licence.trim() || null };
      await request(`/sounds/${sound.id}`, { method: 'PATCH', body });
      await cache.invalidateQueries({ queryKey: ['sound', sound.id] });
      onClose();
    } catch (error) {
      toast(sentenceOf(error));
      setBusy(false);
    }
  };
  return (
    <Sheet
      title={t('soundPage.edit')}
      onClose={onClose}
      footer={
        <Button
          kind="main"
          size="tall"
          isWide
          isBusy={isBusy}
          disabledReason={isNamed ? undefined : t('soundPage.needsTitle')}
          onClick={() => void save()}
        >
          {t('soundPage.saveChanges')}
        </Button>
      }
    >
      <Fields sound={sound} words={words} onChange={(changed) => setWords({ ...words, ...changed })} />
    </Sheet>
  );
}
