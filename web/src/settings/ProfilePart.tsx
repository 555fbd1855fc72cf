/** What others read of oneself: picture, name, words, links. */
import type { Me } from '@vitrine/schema';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { meChanged, useMe } from '../api/me.ts';
import { ApiProblem, request, sentenceOf } from '../api/request.ts';
import { FormError } from '../accounts/FormError.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { Field, TextArea } from '../ui/Field.tsx';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';
import { AvatarEditor } from './AvatarEditor.tsx';
import { linkOf } from './link.ts';

const NAME_CHARS = 50;
const BIO_CHARS = 300;
const LINKS = 5;
const LINK_CHARS = 200;

function Links({
  links,
  onChange,
  errors,
}: {
  links: readonly string[];
  onChange: (links: string[]) => void;
  errors: ReadonlySet<number>;
}) {
  return (
    <fieldset className="settings-links">
      <legend className="field-label">{t('settings.links')}</legend>
      {links.map((link, place) => (
        <Field
          key={place}
          label={t('settings.linkOf', { n: place + 1 })}
          isLabelHidden
          inputMode="url"
          dir="ltr"
          maxLength={LINK_CHARS}
          placeholder={t('settings.linkExample')}
          value={link}
          error={errors.has(place) ? t('settings.linkWrong') : undefined}
          tail={
            <IconButton
              label={t('settings.removeLink')}
              sizePx={36}
              onClick={() => onChange(links.filter((_, other) => other !== place))}
            >
              <X size={18} />
            </IconButton>
          }
          onInput={(event) =>
            onChange(links.map((other, index) => (index === place ? event.currentTarget.value : other)))
          }
        />
      ))}
      {links.length < LINKS && (
        <Button size="small" icon={<Plus size={16} />} onClick={() => onChange([...links, ''])}>
          {t('settings.addLink')}
        </Button>
      )}
    </fieldset>
  );
}

interface Words {
  name: string;
  bio: string;
  links: string[];
}

/** Saves what was written; tells which links are none. */
function useSaving(): {
  isBusy: boolean;
  error: string | undefined;
  badLinks: ReadonlySet<number>;
  save: (words: Words) => Promise<void>;
} {
  const [badLinks, setBadLinks] = useState<ReadonlySet<number>>(new Set());
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<string | undefined>(undefined);
  const save = async ({ name, bio, links }: Words): Promise<void> => {
    const addresses = links.map(linkOf);
    const bad = new Set(addresses.flatMap((address, place) => (address === undefined ? [place] : [])));
    setBadLinks(bad);
    if (bad.size > 0) return;
    setIsBusy(true);
    setError(undefined);
    try {
      const body = { name: name.trim(), bio: bio.trim(), links: addresses };
      meChanged(await request<Me>('/me', { method: 'PATCH', body }));
      toast(t('settings.saved'));
    } catch (problem) {
      const isOffline = problem instanceof ApiProblem && problem.code === 'offline';
      setError(isOffline ? t('settings.offlineKept') : sentenceOf(problem));
    } finally {
      setIsBusy(false);
    }
  };
  return { isBusy, error, badLinks, save };
}

function Form({ me }: { me: Me }) {
  const [name, setName] = useState(me.name);
  const [bio, setBio] = useState(me.bio);
  const [links, setLinks] = useState<string[]>(me.links);
  const { isBusy, error, badLinks, save } = useSaving();
  return (
    <form
      className="settings-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const written = links.map((link) => link.trim()).filter((link) => link !== '');
        setLinks(written);
        void save({ name, bio, links: written });
      }}
    >
      <AvatarEditor me={me} />
      <Field
        label={t('settings.name')}
        name="name"
        autoComplete="nickname"
        maxLength={NAME_CHARS}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <TextArea
        label={t('settings.bio')}
        maxLength={BIO_CHARS}
        value={bio}
        note={<span className="num">{t('settings.charsOf', { n: bio.length, most: BIO_CHARS })}</span>}
        onInput={(event) => setBio(event.currentTarget.value)}
      />
      <Links links={links} onChange={setLinks} errors={badLinks} />
      <FormError error={error} />
      <Button kind="main" size="tall" isWide type="submit" isBusy={isBusy}>
        {t('settings.save')}
      </Button>
    </form>
  );
}

/** The part. */
export default function ProfilePart() {
  const me = useMe();
  return me ? <Form key={me.id} me={me} /> : null;
}
