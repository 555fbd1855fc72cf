/** The first start of a site: what this machine has, who may join, and how its owner becomes the operator. */
import { CircleAlert, CircleCheck, Copy, LoaderCircle } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import type { Region } from '@vitrine/schema';
import { useMe } from '../api/me.ts';
import { request } from '../api/request.ts';
import { Button, ButtonLink, IconButton } from '../ui/Button.tsx';
import { Logo } from '../ui/Logo.tsx';
import { ErrorState } from '../ui/State.tsx';
import { toast } from '../ui/Toast.tsx';
import { sizeOf } from '../words/figures.ts';
import { t } from '../words/words.ts';
import { readinessOf, type Readiness } from './readiness.ts';
import './setup.css';

const ASK_MS = 3000;
const STEPS = 3;

async function askReadiness(): Promise<Readiness> {
  const answer = await fetch('/readyz', { credentials: 'omit', headers: { accept: 'application/json' } });
  return readinessOf(await answer.json());
}

function Fact({ word, figure, isGood }: { word: string; figure: string; isGood: boolean }) {
  return (
    <li className="setup-fact">
      {isGood ? (
        <CircleCheck size={22} className="setup-good" aria-hidden="true" />
      ) : (
        <CircleAlert size={22} className="setup-bad" aria-hidden="true" />
      )}
      <span className="t-label">{word}</span>
      <span className="t-small ink2 num">{figure}</span>
    </li>
  );
}

function Machine({ ready, region }: { ready: Readiness; region: Region }) {
  return (
    <ul className="setup-facts">
      {ready.allLayers > 0 && (
        <Fact
          word={t('setup.sandbox')}
          figure={t('setup.layersOf', { n: ready.layers, all: ready.allLayers })}
          isGood={ready.layers > 0}
        />
      )}
      <Fact
        word={t('setup.database')}
        figure={t(ready.database === 'embedded' ? 'setup.builtIn' : 'setup.postgresql')}
        isGood={ready.databaseAnswers}
      />
      <Fact word={t('setup.room')} figure={sizeOf(ready.freeBytes)} isGood={ready.hasRoom} />
      <Fact word={t('setup.join')} figure={t(`setup.join_${region.registration}`)} isGood />
      <Fact word={t('setup.address')} figure={new URL(region.publicUrl).host} isGood />
    </ul>
  );
}

/** The last step happens on the machine itself: only who holds it can make an operator. */
function Grant({ handle }: { handle: string }) {
  const command = `npm run admin -- grant ${handle} operator`;
  return (
    <>
      <p className="t-long ink2">{t('setup.grantText')}</p>
      <div className="setup-command">
        <code className="t-mono" dir="ltr">
          {command}
        </code>
        <IconButton
          label={t('account.copy')}
          onClick={() => void navigator.clipboard.writeText(command).then(() => toast(t('account.copied')))}
        >
          <Copy size={20} />
        </IconButton>
      </div>
      <p className="setup-waiting t-small ink2" role="status">
        <LoaderCircle size={18} className="turning" aria-hidden="true" />
        {t('setup.waiting')}
      </p>
    </>
  );
}

function Steps({ done }: { done: number }) {
  return (
    <div className="setup-steps" role="img" aria-label={t('setup.stepOf', { n: done, all: STEPS })}>
      {Array.from({ length: STEPS }, (_, place) => (
        <span key={place} className={place < done ? 'is-done' : ''} />
      ))}
    </div>
  );
}

/** The page of `/setup`; after the first operator it only says that all is done. */
export default function SetupScreen() {
  const me = useMe();
  const region = useQuery({
    queryKey: ['region-setup'],
    queryFn: () => request<Region>('/region'),
    refetchInterval: (query) => (query.state.data?.needsOperator === false ? false : ASK_MS),
    staleTime: 0,
  });
  const ready = useQuery({ queryKey: ['readiness'], queryFn: askReadiness, refetchInterval: ASK_MS * 2 });
  const isDone = region.data?.needsOperator === false;
  const done = isDone ? STEPS : me ? 2 : 1;
  if (region.isError) return <ErrorState error={region.error} onRetry={() => void region.refetch()} />;
  const title = isDone
    ? t('setup.doneTitle')
    : ready.data?.isReady === false
      ? t('setup.notReadyTitle')
      : t('setup.title');
  return (
    <div className="setup">
      <Logo sizePx={26} />
      <Steps done={done} />
      <h1 className="t-display">{title}</h1>
      <p className="t-long ink2">
        {isDone ? t('setup.doneText') : me ? t('setup.oneMore', { handle: me.handle }) : t('setup.text')}
      </p>
      {region.data && ready.data && <Machine ready={ready.data} region={region.data} />}
      {ready.data?.durability !== undefined && ready.data.database === 'embedded' && (
        <p className="t-small ink3">{t('setup.embeddedNote')}</p>
      )}
      {me && !isDone && <Grant handle={me.handle} />}
      <div className="setup-act">
        {isDone && (
          <ButtonLink href="/" kind="main" size="tall" isWide>
            {t('app.toFeed')}
          </ButtonLink>
        )}
        {me === null && !isDone && (
          <ButtonLink href="/signup?then=/setup" kind="main" size="tall" isWide>
            {t('setup.continue')}
          </ButtonLink>
        )}
        {me === null && !isDone && (
          <ButtonLink href="/login?then=/setup" kind="plain" isWide>
            {t('app.logIn')}
          </ButtonLink>
        )}
        {me && !isDone && (
          <Button isWide onClick={() => void region.refetch()}>
            {t('setup.check')}
          </Button>
        )}
      </div>
    </div>
  );
}
