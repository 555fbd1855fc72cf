/** The text of a post: tags and handles lit while one writes, completed from the server, with a count. */
import { useQuery } from '@tanstack/react-query';
import { AtSign, Hash, Smile } from 'lucide-react';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import type { People, Tag } from '@vitrine/schema';
import { request } from '../api/request.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { IconButton } from '../ui/Button.tsx';
import { fullNumber, t } from '../words/words.ts';
import { completed, stretchesOf, typedAt, type Typed } from './completion.ts';

const LONGEST = 2200;
const SHOWN = 6;
const FACES = [
  '😀',
  '😂',
  '🥹',
  '😍',
  '😎',
  '🤔',
  '🙌',
  '👏',
  '🔥',
  '✨',
  '🎶',
  '🎬',
  '🎨',
  '🌊',
  '🌙',
  '☕',
  '🌱',
  '🧡',
];

/** A line of the list that completes. */
interface Offer {
  choice: string;
  note: string;
  person: People['accounts'][number] | undefined;
}

function useOffers(typed: Typed | undefined): readonly Offer[] {
  const isTag = typed?.sign === '#';
  const answer = useQuery({
    queryKey: ['offers', typed?.sign, typed?.prefix],
    // The lists answer to at least one letter.
    enabled: typed !== undefined && typed.prefix !== '',
    queryFn: async ({ signal }): Promise<Offer[]> => {
      const query = { prefix: typed?.prefix ?? '', limit: SHOWN };
      if (isTag) {
        const { tags } = await request<{ tags: Tag[] }>('/tags', { query, signal });
        return tags.map((tag) => ({
          choice: tag.name,
          note: t('create.postsWithTag', { n: tag.posts }),
          person: undefined,
        }));
      }
      const { accounts } = await request<People>('/accounts', { query, signal });
      return accounts.map((person) => ({ choice: person.handle, note: person.name, person }));
    },
  });
  const offers = answer.data?.slice(0, SHOWN) ?? [];
  // What is written in full needs no completing.
  return offers.length === 1 && offers[0]?.choice === typed?.prefix.toLowerCase() ? [] : offers;
}

/** The list of what fits; the lit line is taken by Enter. */
function Offers({
  id,
  offers,
  lit,
  onChoose,
}: {
  id: string;
  offers: readonly Offer[];
  lit: number;
  onChoose: (choice: string) => void;
}) {
  return (
    <ul className="words-offers" id={id} role="listbox" aria-label={t('create.offers')}>
      {offers.map((offer, place) => (
        <li
          key={offer.choice}
          id={`${id}-${place}`}
          role="option"
          aria-selected={place === lit}
          className={place === lit ? 'is-lit' : ''}
          onPointerDown={(event) => {
            event.preventDefault();
            onChoose(offer.choice);
          }}
        >
          {offer.person ? <Avatar person={offer.person} sizePx={28} /> : <Hash size={18} aria-hidden="true" />}
          <span className="t-label">{offer.choice}</span>
          <span className="t-small ink2">{offer.note}</span>
        </li>
      ))}
    </ul>
  );
}

/** The signs that start a tag or a mention, and a few faces. */
function Tools({ text, onInsert }: { text: string; onInsert: (sign: string) => void }) {
  const [hasFaces, setHasFaces] = useState(false);
  return (
    <>
      <div className="words-tools">
        <IconButton label={t('create.addTag')} sizePx={36} onClick={() => onInsert('#')}>
          <Hash size={20} strokeWidth={1.75} />
        </IconButton>
        <IconButton label={t('create.addPerson')} sizePx={36} onClick={() => onInsert('@')}>
          <AtSign size={20} strokeWidth={1.75} />
        </IconButton>
        <IconButton
          label={t('create.addFace')}
          sizePx={36}
          aria-expanded={hasFaces}
          onClick={() => setHasFaces(!hasFaces)}
        >
          <Smile size={20} strokeWidth={1.75} />
        </IconButton>
        <span className="words-count t-small ink3 num">{`${fullNumber(text.length)} / ${fullNumber(LONGEST)}`}</span>
      </div>
      {hasFaces && (
        <div className="words-faces">
          {FACES.map((face) => (
            <button key={face} type="button" onClick={() => onInsert(face)}>
              {face}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

/** Writing with completion: what is typed at the cursor, what fits, and how a choice is put in. */
function useWriting(text: string, onText: (text: string) => void) {
  const area = useRef<HTMLTextAreaElement>(null);
  const nextCursor = useRef<number | undefined>(undefined);
  const [typed, setTyped] = useState<Typed | undefined>(undefined);
  const [lit, setLit] = useState(0);
  const offers = useOffers(typed);

  useLayoutEffect(() => {
    if (nextCursor.current === undefined) return;
    area.current?.focus();
    area.current?.setSelectionRange(nextCursor.current, nextCursor.current);
    nextCursor.current = undefined;
  }, [text]);

  const look = (): void => {
    const element = area.current;
    setTyped(element ? typedAt(element.value, element.selectionStart) : undefined);
    setLit(0);
  };
  const put = (next: { text: string; cursor: number }): void => {
    if (next.text.length > LONGEST) return;
    nextCursor.current = next.cursor;
    onText(next.text);
    setTyped(typedAt(next.text, next.cursor));
  };
  const insert = (sign: string): void => {
    const at = area.current?.selectionStart ?? text.length;
    const gap = at > 0 && /[#@]/.test(sign) && !/\s/.test(text[at - 1] ?? ' ') ? ' ' : '';
    put({ text: text.slice(0, at) + gap + sign + text.slice(at), cursor: at + gap.length + sign.length });
  };
  const choose = (choice: string): void => {
    if (typed) put(completed(text, typed, choice));
    setTyped(undefined);
  };
  const onKeyDown = (event: { key: string; preventDefault(): void }): void => {
    if (offers.length === 0) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setLit((lit + (event.key === 'ArrowDown' ? 1 : offers.length - 1)) % offers.length);
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault();
      choose(offers[lit]?.choice ?? '');
    } else if (event.key === 'Escape') setTyped(undefined);
  };
  return {
    area,
    offers,
    lit,
    look,
    insert,
    choose,
    onKeyDown,
    leave: () => setTimeout(() => setTyped(undefined), 150),
  };
}

/** The field. */
export function WordsField({ text, onText }: { text: string; onText: (text: string) => void }) {
  const { area, offers, lit, look, insert, choose, onKeyDown, leave } = useWriting(text, onText);
  const id = useId();
  const hasOffers = offers.length > 0;
  return (
    <div className="words">
      <div className="words-box">
        <div className="words-stack">
          <div className="words-mirror" dir={text === '' ? undefined : 'auto'} aria-hidden="true">
            {stretchesOf(text).map((stretch, place) =>
              stretch.isLit ? <mark key={place}>{stretch.text}</mark> : <span key={place}>{stretch.text}</span>,
            )}
            {'\u200B'}
          </div>
          <textarea
            ref={area}
            value={text}
            maxLength={LONGEST}
            rows={3}
            dir={text === '' ? undefined : 'auto'}
            placeholder={t('create.wordsHint')}
            aria-label={t('create.words')}
            aria-autocomplete="list"
            aria-controls={hasOffers ? id : undefined}
            aria-activedescendant={hasOffers ? `${id}-${lit}` : undefined}
            onInput={(event) => {
              onText(event.currentTarget.value);
              look();
            }}
            onClick={look}
            onKeyDown={onKeyDown}
            onBlur={leave}
          />
        </div>
        <Tools text={text} onInsert={insert} />
      </div>
      {hasOffers && <Offers id={id} offers={offers} lit={lit} onChoose={choose} />}
    </div>
  );
}
