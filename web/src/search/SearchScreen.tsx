/** Search: people and tags whose name begins like what is typed, sounds that hold its words. */
import { useQuery } from '@tanstack/react-query';
import { Hash, Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { People, Sound, SoundPage, Tag } from '@vitrine/schema';
import { Link } from 'wouter';
import { request } from '../api/request.ts';
import { SoundLine } from '../sound/SoundLine.tsx';
import { useEar } from '../sound/ear.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { IconButton } from '../ui/Button.tsx';
import { ErrorState, SkeletonRows } from '../ui/State.tsx';
import { t } from '../words/words.ts';
import '../explore/explore.css';
import './search.css';

const SETTLE_MS = 180;
const SHOWN = 12;

/** The text once typing has paused. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

interface Found {
  people: People['accounts'];
  tags: Tag[];
  sounds: Sound[];
}

async function find(prefix: string, signal: AbortSignal): Promise<Found> {
  const query = { prefix, limit: SHOWN };
  const [{ accounts }, { tags }, { sounds }] = await Promise.all([
    request<People>('/accounts', { query, signal }),
    request<{ tags: Tag[] }>('/tags', { query, signal }),
    request<SoundPage>('/sounds', { query: { search: prefix, sort: 'trending', limit: SHOWN }, signal }),
  ]);
  return { people: accounts, tags, sounds };
}

/** A name with the typed part lit. */
function Lit({ text, prefix }: { text: string; prefix: string }) {
  const isStart = text.toLowerCase().startsWith(prefix.toLowerCase());
  return isStart && prefix !== '' ? (
    <>
      <span className="search-lit">{text.slice(0, prefix.length)}</span>
      {text.slice(prefix.length)}
    </>
  ) : (
    <>{text}</>
  );
}

function Results({ found, prefix }: { found: Found; prefix: string }) {
  const ear = useEar();
  if (found.people.length + found.tags.length + found.sounds.length === 0)
    return <p className="t-long ink2 search-none">{t('search.none', { prefix })}</p>;
  return (
    <ul className="search-rows">
      {found.people.map((person) => (
        <li key={person.handle}>
          <Link href={`/@${person.handle}`} className="search-row">
            <Avatar person={person} sizePx={46} />
            <span>
              <span className="t-label search-name">
                <Lit text={person.handle} prefix={prefix} />
              </span>
              <span className="t-small ink2">{person.name}</span>
            </span>
          </Link>
        </li>
      ))}
      {found.tags.map((tag) => (
        <li key={tag.name}>
          <Link href={`/tag/${encodeURIComponent(tag.name)}`} className="search-row">
            <span className="search-sign" aria-hidden="true">
              <Hash size={20} />
            </span>
            <span>
              <span className="t-label search-name" dir="auto">
                <Lit text={tag.name} prefix={prefix} />
              </span>
              <span className="t-small ink2 num">{t('create.postsWithTag', { n: tag.posts })}</span>
            </span>
          </Link>
        </li>
      ))}
      {found.sounds.map((sound) => (
        <li key={sound.id} className="search-sound">
          <SoundLine sound={sound} ear={ear} />
        </li>
      ))}
    </ul>
  );
}

/** The screen. */
export default function SearchScreen() {
  const [text, setText] = useState(() => new URLSearchParams(location.search).get('q') ?? '');
  const field = useRef<HTMLInputElement>(null);
  const prefix = useSettled(text.trim().replace(/^[#@]/, ''));
  const answer = useQuery({
    queryKey: ['search', prefix],
    enabled: prefix !== '',
    queryFn: ({ signal }) => find(prefix, signal),
  });
  useEffect(() => field.current?.focus(), []);
  return (
    <div className="explore search">
      <h1 className="visually-hidden">{t('app.search')}</h1>
      <div className="search-head">
        <div className="search-box">
          <Search size={20} aria-hidden="true" />
          <input
            ref={field}
            type="search"
            enterKeyHint="search"
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            dir="auto"
            maxLength={60}
            placeholder={t('search.hint')}
            aria-label={t('search.hint')}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          {text !== '' && (
            <IconButton
              label={t('search.clear')}
              sizePx={36}
              onClick={() => {
                setText('');
                field.current?.focus();
              }}
            >
              <X size={18} />
            </IconButton>
          )}
        </div>
        <button type="button" className="search-cancel t-label" onClick={() => history.back()}>
          {t('ui.cancel')}
        </button>
      </div>
      {prefix === '' && <p className="t-long ink2 search-none">{t('search.start')}</p>}
      {prefix !== '' && answer.isPending && <SkeletonRows count={5} />}
      {answer.error && <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />}
      {prefix !== '' && answer.data && <Results found={answer.data} prefix={prefix} />}
    </div>
  );
}
