/** The form with which anyone, signed in or not, complains about a post, an account, a comment or a sound. */
import { ArrowLeft, BadgeCheck } from 'lucide-react';
import type { ComplaintReason } from '@vitrine/schema';
import { useState, type FormEvent } from 'react';
import { ApiProblem, request, sentenceOf } from '../api/request.ts';
import { Button, ButtonLink, IconButton } from '../ui/Button.tsx';
import { TextArea } from '../ui/Field.tsx';
import { EmptyState } from '../ui/State.tsx';
import { t } from '../words/words.ts';
import './complaint.css';

const TEXT_CHARS = 2000;
/** In the order in which the contract lists them; a test holds the two lists together. */
export const REASONS: readonly ComplaintReason[] = [
  'spam',
  'scam',
  'impersonation',
  'harassment',
  'hate',
  'threat',
  'violence',
  'nudity',
  'childSafety',
  'selfHarm',
  'dangerousActs',
  'drugsOrWeapons',
  'falseInformation',
  'privacy',
  'copyright',
  'trademark',
  'unlabelledAiOrAdvertising',
  'otherIllegal',
];
const KINDS = ['post', 'account', 'comment', 'sound'] as const;

/** What the address names: `?kind=post&id=…`; an account by its handle. */
function subjectOf(search: string): { kind: (typeof KINDS)[number]; id: string } | undefined {
  const query = new URLSearchParams(search);
  const kind = KINDS.find((each) => each === query.get('kind'));
  const id = query.get('id') ?? '';
  return kind === undefined || id.length < 2 || id.length > 36 ? undefined : { kind, id };
}

/** The first words, where the account alone does not say what is meant: the address of an algorithm that it made. */
function firstWordsOf(search: string): string {
  const hash = new URLSearchParams(search).get('algorithm') ?? '';
  return /^[0-9a-f]{64}$/.test(hash) ? `${location.origin}/taste?algorithm=${hash}\n` : '';
}

function Sent() {
  return (
    <div className="complaint-sent">
      <span className="complaint-sign">
        <BadgeCheck size={26} aria-hidden="true" />
      </span>
      <h1 className="t-title">{t('complaint.sent')}</h1>
      <p className="t-long ink2">{t('complaint.sentText')}</p>
      <ButtonLink href="/" kind="main" size="tall">
        {t('app.toFeed')}
      </ButtonLink>
    </div>
  );
}

function Reasons({
  chosen,
  onChoose,
}: {
  chosen: ComplaintReason | undefined;
  onChoose: (reason: ComplaintReason) => void;
}) {
  return (
    <fieldset className="complaint-reasons">
      <legend className="visually-hidden">{t('complaint.reason')}</legend>
      {REASONS.map((reason) => (
        <label key={reason} className={`complaint-reason ${chosen === reason ? 'is-chosen' : ''}`}>
          <input
            type="radio"
            name="reason"
            value={reason}
            checked={chosen === reason}
            onChange={() => onChoose(reason)}
          />
          <span>{t(`complaint.${reason}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The sending and what came of it. */
function useSending(subject: ReturnType<typeof subjectOf>) {
  const [state, setState] = useState<'filling' | 'sending' | 'sent'>('filling');
  const [error, setError] = useState<string | undefined>(undefined);
  const send = async (reason: ComplaintReason, text: string): Promise<void> => {
    setState('sending');
    setError(undefined);
    try {
      await request('/complaints', { method: 'POST', body: { subject, reason, text } });
      setState('sent');
    } catch (problem) {
      setState('filling');
      setError(
        problem instanceof ApiProblem && problem.status === 404 ? t('complaint.alreadyGone') : sentenceOf(problem),
      );
    }
  };
  return { state, error, send };
}

/** The page of the form. */
export default function ComplaintScreen() {
  const [subject] = useState(() => subjectOf(location.search));
  const [reason, setReason] = useState<ComplaintReason | undefined>(undefined);
  const [text, setText] = useState(() => firstWordsOf(location.search));
  const { state, error, send } = useSending(subject);
  if (state === 'sent') return <Sent />;
  if (subject === undefined) {
    return (
      <EmptyState title={t('ui.notFound')} text={t('complaint.noSubject')}>
        <ButtonLink href="/" kind="main" size="tall">
          {t('app.toFeed')}
        </ButtonLink>
      </EmptyState>
    );
  }
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason !== undefined) void send(reason, text);
  };
  return (
    <form className="complaint" onSubmit={onSubmit}>
      <header className="complaint-head">
        <IconButton label={t('ui.back')} onClick={() => history.back()}>
          <ArrowLeft size={22} className="turns-rtl" />
        </IconButton>
        <h1 className="t-title">{t(`complaint.about_${subject.kind}`)}</h1>
      </header>
      <p className="t-body ink2">{t('complaint.intro')}</p>
      <Reasons chosen={reason} onChoose={setReason} />
      <TextArea
        label={t('complaint.words')}
        maxLength={TEXT_CHARS}
        value={text}
        note={t('complaint.wordsNote')}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {error !== undefined && (
        <p className="t-body complaint-error" role="alert">
          {error}
        </p>
      )}
      <Button
        kind="main"
        size="tall"
        isWide
        type="submit"
        isBusy={state === 'sending'}
        disabledReason={reason === undefined ? t('complaint.chooseFirst') : undefined}
      >
        {t('complaint.send')}
      </Button>
    </form>
  );
}
