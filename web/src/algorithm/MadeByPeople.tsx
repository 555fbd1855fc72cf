/** Algorithms that people made: who, what for, by which hash; and the way to publish one's own. */
import type { AlgorithmList } from '@vitrine/schema';
import { WEIGHTS } from '@vitrine/ranking';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Download, Flag, Link2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useMe } from '../api/me.ts';
import { request, sentenceOf } from '../api/request.ts';
import { Button, ButtonLink, IconButton } from '../ui/Button.tsx';
import { Field, TextArea } from '../ui/Field.tsx';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';

const KEY = ['algorithms'];
const NAME_CHARS = 50;
const ABOUT_CHARS = 500;

function saveWeights(): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(WEIGHTS, null, 2)], { type: 'application/json' }));
  link.download = 'vitrine-weights.json';
  link.click();
  URL.revokeObjectURL(link.href);
}

/** A name, what it does and the file, on their way to the list. */
function usePublishing(onMade: () => void) {
  const [name, setName] = useState('');
  const [about, setAbout] = useState('');
  const [file, setFile] = useState<File | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [isSending, setSending] = useState(false);
  const isWhole = name.trim() !== '' && about.trim() !== '' && file !== undefined;
  const send = async (): Promise<void> => {
    if (!isWhole) return;
    setSending(true);
    setProblem(undefined);
    try {
      const weights: unknown = JSON.parse(await file.text());
      await request('/algorithms', { method: 'POST', body: { name, about, weights } });
      setName('');
      setAbout('');
      setFile(undefined);
      onMade();
      toast(t('algorithm.published'));
    } catch (error) {
      setProblem(error instanceof SyntaxError ? t('algorithm.noJson') : sentenceOf(error));
    } finally {
      setSending(false);
    }
  };
  return { name, setName, about, setAbout, file, setFile, problem, isSending, isWhole, send };
}

/** The form. */
function Publish({ onMade }: { onMade: () => void }) {
  const { name, setName, about, setAbout, file, setFile, problem, isSending, isWhole, send } = usePublishing(onMade);
  return (
    <form
      className="algo-publish card"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h3 className="t-sub">{t('algorithm.publish')}</h3>
      <p className="t-small ink2">{t('algorithm.publishText')}</p>
      <Button size="small" kind="outline" icon={<Download size={16} />} onClick={saveWeights}>
        {t('algorithm.start')}
      </Button>
      <Field
        label={t('algorithm.name')}
        value={name}
        maxLength={NAME_CHARS}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <TextArea
        label={t('algorithm.about')}
        value={about}
        maxLength={ABOUT_CHARS}
        onInput={(event) => setAbout(event.currentTarget.value)}
      />
      <label className="algo-file">
        <span className="btn btn-second btn-small">{file?.name ?? t('algorithm.file')}</span>
        <input
          type="file"
          accept="application/json,.json"
          className="visually-hidden"
          onChange={(event) => setFile(event.currentTarget.files?.[0])}
        />
      </label>
      {problem !== undefined && (
        <p className="algo-problem t-small" role="alert">
          {problem}
        </p>
      )}
      <Button
        type="submit"
        kind="main"
        isBusy={isSending}
        disabledReason={isWhole ? undefined : t('algorithm.incomplete')}
      >
        {t('algorithm.publish')}
      </Button>
    </form>
  );
}

type Listed = AlgorithmList['algorithms'][number];

function Row({ one, onGone }: { one: Listed; onGone: () => void }) {
  const { hash, name, about, author, isMine } = one;
  const copy = (): void =>
    void navigator.clipboard.writeText(`${location.origin}/taste?algorithm=${hash}`).then(
      () => toast(t('share.copied')),
      () => undefined,
    );
  const remove = (): void =>
    void request(`/me/algorithms/${hash}`, { method: 'DELETE' }).then(onGone, (error: unknown) =>
      toast(sentenceOf(error)),
    );
  return (
    <li className="card">
      <div>
        <h3 className="t-sub" dir="auto">
          {name}
        </h3>
        <p className="t-small ink2" dir="auto">
          {about}
        </p>
        <p className="t-small ink3">
          <Link href={`/@${author.handle}`}>{`@${author.handle}`}</Link> ·{' '}
          <code>{`${hash.slice(0, 4)}…${hash.slice(-4)}`}</code>
        </p>
      </div>
      <div className="algo-row-acts">
        <ButtonLink href={`/taste?algorithm=${hash}`} size="small">
          {t('algorithm.try')}
        </ButtonLink>
        <IconButton label={t('share.copyLink')} onClick={copy}>
          <Link2 size={20} />
        </IconButton>
        {isMine ? (
          <IconButton label={t('algorithm.takeBack')} onClick={remove}>
            <Trash2 size={20} />
          </IconButton>
        ) : (
          <Link
            className="icon-btn"
            href={`/complaint?kind=account&id=${author.handle}&algorithm=${hash}`}
            aria-label={t('share.report')}
            title={t('share.report')}
          >
            <Flag size={20} />
          </Link>
        )}
      </div>
    </li>
  );
}

/** The list. */
export function MadeByPeople() {
  const me = useMe();
  const client = useQueryClient();
  const list = useInfiniteQuery({
    queryKey: KEY,
    queryFn: ({ pageParam }) => request<AlgorithmList>('/algorithms', { query: { after: pageParam, limit: 20 } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const reload = (): void => void client.invalidateQueries({ queryKey: KEY });
  const rows = list.data?.pages.flatMap(({ algorithms }) => algorithms) ?? [];
  return (
    <section aria-labelledby="made">
      <h2 className="t-title" id="made">
        {t('algorithm.made')}
      </h2>
      <p className="ink2">{t('algorithm.madeText')}</p>
      <ul className="algo-made">
        {rows.map((one) => (
          <Row key={one.hash} one={one} onGone={reload} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button size="small" onClick={() => void list.fetchNextPage()}>
          {t('algorithm.more')}
        </Button>
      )}
      {me && <Publish onMade={reload} />}
    </section>
  );
}
