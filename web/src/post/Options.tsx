/** What else can be decided of a post: who watches, what others may do, labels, language, description, captions. */
import {
  BadgeDollarSign,
  Bookmark,
  Captions,
  ChevronRight,
  Code,
  Eye,
  EyeOff,
  Globe,
  Languages,
  Layers,
  Lock,
  MessageCircle,
  PanelsTopLeft,
  Scissors,
  Sparkles,
  UsersRound,
  type LucideIcon,
} from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Allow, Audience, Label } from '@vitrine/schema';
import { mayBeCaptions, withLabel, type Choices } from '../upload/draft.ts';
import { SwitchRow } from '../ui/Choice.tsx';
import { Field, TextArea } from '../ui/Field.tsx';
import { Sheet } from '../ui/Overlay.tsx';
import { toast } from '../ui/Toast.tsx';
import { languageName } from '../words/figures.ts';
import { When } from './When.tsx';
import { languageTag, t, type Word } from '../words/words.ts';

type OnChoices = (choices: Partial<Choices>) => void;
interface Props {
  choices: Choices;
  onChoices: OnChoices;
}

const AUDIENCES: readonly { value: Audience; word: Word; note: Word; Icon: LucideIcon }[] = [
  { value: 'everyone', word: 'create.everyone', note: 'create.everyoneNote', Icon: Globe },
  { value: 'followers', word: 'create.followers', note: 'create.followersNote', Icon: UsersRound },
  { value: 'onlyMe', word: 'create.onlyMe', note: 'create.onlyMeNote', Icon: Lock },
];

const ALLOWS: readonly { name: keyof Allow; word: Word; Icon: LucideIcon }[] = [
  { name: 'comments', word: 'create.allowComments', Icon: MessageCircle },
  { name: 'duet', word: 'create.allowDuet', Icon: PanelsTopLeft },
  { name: 'stitch', word: 'create.allowStitch', Icon: Scissors },
  { name: 'save', word: 'create.allowSave', Icon: Bookmark },
  { name: 'embed', word: 'create.allowEmbed', Icon: Code },
  { name: 'recommend', word: 'create.allowRecommend', Icon: Layers },
];

const LABELS: readonly { label: Label; word: Word; note: Word; Icon: LucideIcon }[] = [
  { label: 'aiMade', word: 'create.aiMade', note: 'create.aiMadeNote', Icon: Sparkles },
  { label: 'paid', word: 'create.paid', note: 'create.paidNote', Icon: BadgeDollarSign },
  { label: 'sensitive', word: 'create.sensitive', note: 'create.sensitiveNote', Icon: EyeOff },
];

const LANGUAGES = [
  'ar',
  'bn',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'es',
  'fa',
  'fi',
  'fr',
  'he',
  'hi',
  'hu',
  'id',
  'it',
  'ja',
  'ko',
  'nl',
  'no',
  'pl',
  'pt',
  'ro',
  'ru',
  'sv',
  'sw',
  'th',
  'tr',
  'uk',
  'ur',
  'vi',
  'zh',
];

/** A row that opens a sheet and shows what is chosen. */
function ChoiceRow({
  icon,
  label,
  chosen,
  onOpen,
}: {
  icon: ReactNode;
  label: string;
  chosen: string;
  onOpen: () => void;
}) {
  return (
    <button type="button" className="option-row" onClick={onOpen}>
      {icon}
      <span className="t-label">{label}</span>
      <span className="option-chosen t-label ink2">{chosen}</span>
      <ChevronRight size={18} className="turns-rtl" aria-hidden="true" />
    </button>
  );
}

function AudienceSheet({ choices, onChoices, onClose }: Props & { onClose: () => void }) {
  return (
    <Sheet title={t('create.whoCanWatch')} onClose={onClose}>
      <div className="option-list" role="radiogroup" aria-label={t('create.whoCanWatch')}>
        {AUDIENCES.map(({ value, word, note, Icon }) => (
          <button
            key={value}
            type="button"
            role="radio"
            aria-checked={choices.audience === value}
            className="option-pick"
            onClick={() => onChoices({ audience: value })}
          >
            <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
            <span>
              <span className="t-label">{t(word)}</span>
              <span className="t-small ink2">{t(note)}</span>
            </span>
            <span className="option-dot" aria-hidden="true" />
          </button>
        ))}
      </div>
    </Sheet>
  );
}

function AllowSheet({ choices, onChoices, onClose }: Props & { onClose: () => void }) {
  return (
    <Sheet title={t('create.allowTitle')} onClose={onClose}>
      <div className="option-list">
        {ALLOWS.map(({ name, word, Icon }) => (
          <SwitchRow
            key={name}
            label={t(word)}
            icon={<Icon size={20} strokeWidth={1.75} aria-hidden="true" />}
            isOn={choices.allow[name]}
            onChange={(isOn) => onChoices({ allow: { ...choices.allow, [name]: isOn } })}
          />
        ))}
      </div>
    </Sheet>
  );
}

function CaptionsRow({ choices, onChoices }: Props) {
  const read = async (file: File): Promise<void> => {
    const language = choices.language === '' ? (languageTag().split('-')[0] ?? 'en') : choices.language;
    const text = await file.text();
    if (mayBeCaptions(text)) onChoices({ captions: { fileName: file.name, language, text } });
    else toast(t('create.notCaptions', { name: file.name }));
  };
  return (
    <div className="option-row option-file">
      <Captions size={20} strokeWidth={1.75} aria-hidden="true" />
      <span className="t-label">{t('create.captions')}</span>
      <span className="option-chosen t-label ink2" dir="auto">
        {choices.captions?.fileName ?? t('create.captionsHint')}
      </span>
      {choices.captions ? (
        <button type="button" className="option-clear t-small" onClick={() => onChoices({ captions: undefined })}>
          {t('create.remove')}
        </button>
      ) : (
        <ChevronRight size={18} className="turns-rtl" aria-hidden="true" />
      )}
      {!choices.captions && (
        <input
          type="file"
          accept=".vtt,.srt,text/vtt"
          aria-label={t('create.captions')}
          onChange={(event) => event.currentTarget.files?.[0] && void read(event.currentTarget.files[0])}
        />
      )}
    </div>
  );
}

function MoreSheet({ choices, onChoices, onClose }: Props & { onClose: () => void }) {
  const { captions } = choices;
  return (
    <Sheet title={t('create.more')} onClose={onClose}>
      <div className="option-more">
        <TextArea
          label={t('create.altText')}
          note={t('create.altTextNote')}
          maxLength={1000}
          dir="auto"
          value={choices.altText}
          onInput={(event) => onChoices({ altText: event.currentTarget.value })}
        />
        {captions && (
          <Field
            label={t('create.captionsLanguage')}
            value={captions.language}
            maxLength={12}
            note={t('create.captionsLanguageNote')}
            onInput={(event) => onChoices({ captions: { ...captions, language: event.currentTarget.value.trim() } })}
          />
        )}
      </div>
    </Sheet>
  );
}

function allowWords(allow: Allow): string {
  const on = ALLOWS.filter(({ name }) => allow[name]);
  if (on.length === ALLOWS.length) return t('create.allOn');
  return on.length === 0 ? t('create.allOff') : t('create.someOn', { n: on.length });
}

/** All rows. `hasOwnCaptions`: captions are written in the editor, not brought as a file. */
export function Options({ choices, onChoices, hasOwnCaptions = false }: Props & { hasOwnCaptions?: boolean }) {
  const [open, setOpen] = useState<'audience' | 'allow' | 'more' | undefined>(undefined);
  const audience = AUDIENCES.find(({ value }) => value === choices.audience) ?? AUDIENCES[0];
  const close = (): void => setOpen(undefined);
  return (
    <section className="options" aria-label={t('create.options')}>
      <ChoiceRow
        icon={<Globe size={20} strokeWidth={1.75} />}
        label={t('create.whoCanWatch')}
        chosen={audience ? t(audience.word) : ''}
        onOpen={() => setOpen('audience')}
      />
      <ChoiceRow
        icon={<MessageCircle size={20} strokeWidth={1.75} />}
        label={t('create.allowShort')}
        chosen={allowWords(choices.allow)}
        onOpen={() => setOpen('allow')}
      />
      <When publishAt={choices.publishAt} onPublishAt={(publishAt) => onChoices({ publishAt })} />
      {LABELS.map(({ label, word, note, Icon }) => (
        <SwitchRow
          key={label}
          label={t(word)}
          note={choices.labels.includes(label) ? t(note) : undefined}
          icon={<Icon size={20} strokeWidth={1.75} aria-hidden="true" />}
          isOn={choices.labels.includes(label)}
          onChange={(isOn) => onChoices({ labels: withLabel(choices.labels, label, isOn) })}
        />
      ))}
      <label className="option-row">
        <Languages size={20} strokeWidth={1.75} aria-hidden="true" />
        <span className="t-label">{t('create.language')}</span>
        <select
          className="option-select t-label ink2"
          value={choices.language}
          onChange={(event) => onChoices({ language: event.currentTarget.value })}
        >
          <option value="">{t('create.languageUnsaid')}</option>
          {LANGUAGES.map((tag) => (
            <option key={tag} value={tag}>
              {languageName(tag)}
            </option>
          ))}
        </select>
      </label>
      {!hasOwnCaptions && <CaptionsRow choices={choices} onChoices={onChoices} />}
      <ChoiceRow
        icon={<Eye size={20} strokeWidth={1.75} />}
        label={t('create.altShort')}
        chosen={choices.altText === '' ? t('create.none') : t('create.written')}
        onOpen={() => setOpen('more')}
      />
      {open === 'audience' && <AudienceSheet choices={choices} onChoices={onChoices} onClose={close} />}
      {open === 'allow' && <AllowSheet choices={choices} onChoices={onChoices} onClose={close} />}
      {open === 'more' && <MoreSheet choices={choices} onChoices={onChoices} onClose={close} />}
    </section>
  );
}
