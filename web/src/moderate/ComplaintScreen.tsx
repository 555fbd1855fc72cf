/** The form with which anyone, signed in or not, complains about a post, an account or a comment. */
import { ArrowLeft, BadgeCheck } from 'lucide-react';
import type { ComplaintReason } from '@vitrine/schema';
import { useState } from 'react';
import { ApiProblem, request, sentenceOf } from '../api/request.ts';
import { Button, ButtonLink, IconButton } from '../ui/Button.tsx';
import { TextArea } from '../ui/Field.tsx';
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
const KINDS = ['post', 'account', 'comment'] as const;

/** What the address names: `?kind=post&id=…`; an account by its handle. */
function subjectOf(search: string): { kind: (typeof KINDS)[number]; id: string } | undefined {
  const query = new URLSearchParams(search);
  const kind = KINDS.find((each) => each === query.get('kind'));
  const id = query.get('id') ?? '';
  return kind === undefined || id.length < 2 || id.length > 36 ? undefined : { kind, id };
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

/** The page of the form. */
export default function ComplaintScreen() {
  const [subject] = useState(() => subjectOf(location.search));
  const [reason, setReason] = useState<ComplaintReason | undefined>(undefined);
  const [text, setText] = useState('');
  const [state, setState] = useState<'filling' | 'sending' | 'sent'>('filling');
  const [error, setError] = useState<string | undefined>(undefined);
  if (state === 'sent') return <Sent />;
  if (subject === undefined) return <p className="complaint t-long ink2">{t('complaint.noSubject')}</p>;
  const send = async (): Promise<void> => {
    if (reason === undefined) return;
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
  return (
    <form
      className="complaint"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <header className="complaint-head">
        <IconButton label={t('ui.back')} onClick={() => history.back()}>
          <ArrowLeft size={22} className="turns-rtl" />
        </IconButton>
        <h1 className="t-title">{t(`complaint.about_${subject.kind}`)}</h1>
      </header>
      <p className="t-body ink2">{t('complaint.intro')}</p>
      <fieldset className="complaint-reasons">
        <legend className="visually-hidden">{t('complaint.reason')}</legend>
        {REASONS.map((each) => (
          <label key={each} className={`complaint-reason ${reason === each ? 'is-chosen' : ''}`}>
            <input type="radio" name="reason" value={each} checked={reason === each} onChange={() => setReason(each)} />
            <span>{t(`complaint.${each}`)}</span>
          </label>
        ))}
      </fieldset>
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
