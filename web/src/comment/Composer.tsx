/** Where a comment is written: grows with the text, completes @handles, keeps the words when sending fails. */
import type { Comment, Person } from '@vitrine/schema';
import { AtSign, SendHorizontal, Smile, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useMe } from '../api/me.ts';
import { idempotencyKey, request } from '../api/request.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { t } from '../words/words.ts';
import { writeComment } from './threads.ts';

const MAX_CHARS = 1000;
const WARN_FROM = 900;
const ASK_AFTER_MS = 160;
const EMOJI = ['❤️', '😂', '🔥', '👏', '😍', '😮', '🙏', '✨'] as const;
const UNFINISHED = /(?:^|\s)@([a-z0-9_.]{1,30})$/i;

/** Words not sent yet, by post, for as long as the page lives. */
const kept = new Map<string, string>();

/** People whose handle starts with what stands before the caret. */
function usePeople(prefix: string | undefined): readonly Person[] {
  const [people, setPeople] = useState<readonly Person[]>([]);
  useEffect(() => {
    if (prefix === undefined) {
      setPeople([]);
      return undefined;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      request<{ accounts: Person[] }>('/accounts', { query: { prefix, limit: 5 }, signal: stop.signal }).then(
        (answer) => setPeople(answer.accounts),
        () => setPeople([]),
      );
    }, ASK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [prefix]);
  return people;
}

function People({ people, onChoose }: { people: readonly Person[]; onChoose: (handle: string) => void }) {
  if (people.length === 0) return null;
  return (
    <ul className="composer-people">
      {people.map((person) => (
        <li key={person.handle}>
          <button type="button" onClick={() => onChoose(person.handle)}>
            <Avatar person={person} sizePx={28} />
            <span>{person.handle}</span>
            <span className="ink3">{person.name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The words being written, kept by post until they are sent. */
function useWords(postId: string, replyTo: Comment | undefined, onReplyEnd: () => void) {
  const [text, setText] = useState(kept.get(postId) ?? '');
  const [isSending, setIsSending] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const key = useRef(idempotencyKey());
  const change = (next: string): void => {
    setText(next);
    kept.set(postId, next);
  };
  const put = (next: string): void => {
    change(next);
    field.current?.focus();
  };
  useEffect(() => {
    if (replyTo !== undefined) put(`@${replyTo.account.handle} `);
  }, [replyTo]);
  const send = async (): Promise<void> => {
    const words = text.trim();
    if (words === '' || isSending) return;
    setIsSending(true);
    const isSent = await writeComment(postId, { text: words, parent: replyTo, key: key.current });
    setIsSending(false);
    if (!isSent) return;
    key.current = idempotencyKey();
    change('');
    onReplyEnd();
  };
  return { text, change, put, send, isSending, field };
}

function SignUpFirst() {
  return (
    <div className="composer-out">
      <span className="t-small ink2">{t('comment.noAccountNeeded')}</span>
      <ButtonLink href={`/signup?then=${encodeURIComponent(location.pathname)}`} size="small">
        {t('comment.signUpToComment')}
      </ButtonLink>
    </div>
  );
}

/** The composer of a post; `replyTo` is the comment being answered. */
export function Composer({
  postId,
  replyTo,
  onReplyEnd,
}: {
  postId: string;
  replyTo: Comment | undefined;
  onReplyEnd: () => void;
}) {
  const me = useMe();
  const [hasEmoji, setHasEmoji] = useState(false);
  const words = useWords(postId, replyTo, onReplyEnd);
  const { text, put } = words;
  const people = usePeople(UNFINISHED.exec(text)?.[1]?.toLowerCase());
  if (me === undefined) return null;
  if (me === null) return <SignUpFirst />;
  return (
    <div className="composer">
      <People people={people} onChoose={(handle) => put(text.replace(/@[^@\s]*$/, `@${handle} `))} />
      {replyTo !== undefined && (
        <p className="composer-reply t-small ink2">
          {t('comment.replyingTo', { handle: replyTo.account.handle })}
          <button
            type="button"
            aria-label={t('ui.cancel')}
            onClick={() => {
              onReplyEnd();
              put('');
            }}
          >
            <X size={16} />
          </button>
        </p>
      )}
      {hasEmoji && (
        <div className="composer-emoji">
          {EMOJI.map((emoji) => (
            <button type="button" key={emoji} onClick={() => put(text + emoji)}>
              {emoji}
            </button>
          ))}
        </div>
      )}
      <div className="composer-line">
        <Avatar person={me} sizePx={34} />
        <Box words={words} hasEmoji={hasEmoji} onEmoji={() => setHasEmoji(!hasEmoji)} />
      </div>
    </div>
  );
}

/** The field with its tools at the end. */
function Box({
  words: { text, change, put, send, isSending, field },
  hasEmoji,
  onEmoji,
}: {
  words: ReturnType<typeof useWords>;
  hasEmoji: boolean;
  onEmoji: () => void;
}) {
  return (
    <div className="composer-box">
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        maxLength={MAX_CHARS}
        value={text}
        placeholder={t('comment.add')}
        aria-label={t('comment.add')}
        enterKeyHint="send"
        onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      {text.length >= WARN_FROM && <span className="t-micro ink3 num">{MAX_CHARS - text.length}</span>}
      <button
        type="button"
        className="composer-tool"
        aria-label={t('comment.mention')}
        onClick={() => put(text === '' || text.endsWith(' ') ? `${text}@` : `${text} @`)}
      >
        <AtSign size={21} strokeWidth={1.75} />
      </button>
      <button
        type="button"
        className="composer-tool"
        aria-label={t('comment.emoji')}
        aria-expanded={hasEmoji}
        onClick={onEmoji}
      >
        <Smile size={21} strokeWidth={1.75} />
      </button>
      {text.trim() !== '' && (
        <button
          type="button"
          className="composer-tool composer-send"
          aria-label={t('ui.send')}
          aria-busy={isSending}
          onClick={() => void send()}
        >
          <SendHorizontal size={21} className="turns-rtl" />
        </button>
      )}
    </div>
  );
}
