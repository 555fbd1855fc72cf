/** Sync to one's other devices: sealed here before it leaves, under a code that only those devices have. */
import { Smartphone } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ask } from '../rank/for-you.ts';
import { Button } from '../ui/Button.tsx';
import { SwitchRow } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { Dialog, Sheet } from '../ui/Overlay.tsx';
import { QrCode } from '../ui/QrCode.tsx';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';
import { codeIn, wordsOf } from './code-words.ts';

/** The words of a link `…/taste#sync=word-word-…`. What stands behind # is never sent to a server. */
function wordsInAddress(): string {
  return decodeURIComponent(/^#sync=(.+)$/.exec(location.hash)?.[1] ?? '').replaceAll('-', ' ');
}

function CodeSheet({ words, onClose, onEnd }: { words: readonly string[]; onClose: () => void; onEnd: () => void }) {
  const link = `${location.origin}/taste#sync=${words.join('-')}`;
  return (
    <Sheet title={t('taste.syncCode')} onClose={onClose}>
      <p className="t-body ink2">{t('taste.syncCodeText')}</p>
      <QrCode className="sync-qr" text={link} label={t('taste.syncQr')} />
      <ol className="sync-code" dir="ltr">
        {words.map((word, place) => (
          <li key={place}>{word}</li>
        ))}
      </ol>
      <Button kind="outline" isWide onClick={onEnd}>
        {t('taste.syncEnd')}
      </Button>
    </Sheet>
  );
}

function JoinSheet({ onClose, onJoined }: { onClose: () => void; onJoined: () => void }) {
  const [text, setText] = useState(wordsInAddress);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const join = (): void => {
    const code = codeIn(text);
    if (code === undefined) return setProblem(t('taste.syncNoCode'));
    ask('joinSync', wordsOf(code).join(' ')).then(onJoined, () => setProblem(t('taste.syncNothing')));
  };
  return (
    <Sheet title={t('taste.syncJoin')} onClose={onClose}>
      <form
        className="sync-join"
        onSubmit={(event) => {
          event.preventDefault();
          join();
        }}
      >
        <Field
          label={t('taste.syncWords')}
          value={text}
          error={problem}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="ltr"
          maxLength={120}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <div className="sync-acts">
          <Button kind="main" type="submit">
            {t('taste.syncJoin')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}

/** The words of the code in use, which sheet is open, and what can be done. */
function useSync() {
  const [words, setWords] = useState<string[] | undefined>(undefined);
  const [shown, setShown] = useState<'none' | 'code' | 'join' | 'end'>(wordsInAddress() === '' ? 'none' : 'join');
  const load = async (): Promise<void> => setWords(await ask('syncWords'));
  useEffect(() => void load(), []);
  const begin = async (): Promise<void> => {
    try {
      await ask('beginSync');
      await load();
      setShown('code');
    } catch {
      toast(t('problem.offline'));
    }
  };
  const end = async (forAll: boolean): Promise<void> => {
    await ask('endSync', forAll).catch(() => toast(t('problem.offline')));
    await load();
    setShown('none');
  };
  return { words, shown, setShown, load, begin, end };
}

/** The switch, the code and the way in by another device's code. */
export function Sync({ onChanged }: { onChanged: () => Promise<void> }) {
  const { words, shown, setShown, load, begin, end } = useSync();
  return (
    <section>
      <SwitchRow
        icon={<Smartphone size={20} strokeWidth={1.75} aria-hidden="true" />}
        label={t('taste.sync')}
        note={t('taste.syncNote')}
        isOn={words !== undefined}
        onChange={(isOn) => void (isOn ? begin() : end(false))}
      />
      <div className="sync-acts">
        {words === undefined ? (
          <Button size="small" onClick={() => setShown('join')}>
            {t('taste.syncJoin')}
          </Button>
        ) : (
          <Button size="small" onClick={() => setShown('code')}>
            {t('taste.syncShow')}
          </Button>
        )}
      </div>
      {shown === 'code' && words && (
        <CodeSheet words={words} onClose={() => setShown('none')} onEnd={() => setShown('end')} />
      )}
      {shown === 'join' && (
        <JoinSheet
          onClose={() => setShown('none')}
          onJoined={() => {
            history.replaceState(history.state, '', location.pathname);
            setShown('none');
            toast(t('taste.imported'));
            void load().then(onChanged);
          }}
        />
      )}
      {shown === 'end' && (
        <Dialog
          title={t('taste.syncEndAsk')}
          keep={t('ui.cancel')}
          act={t('taste.syncEnd')}
          isDanger
          onClose={() => setShown('none')}
          onAct={() => void end(true)}
        >
          {t('taste.syncEndText')}
        </Dialog>
      )}
    </section>
  );
}
