/** What the share sheet opens: QR code, embed code, the name of one's Mastodon server. */
import type { Card } from '@vitrine/schema';
import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Sheet } from '../ui/Overlay.tsx';
import { QrCode } from '../ui/QrCode.tsx';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';
import { embedCode, mastodonLink, mastodonServer, SHARED_TEXT_CHARS, type Shared } from './services.ts';

/** The link as a picture for another phone's camera. Dark on white in both themes, so that every camera reads it. */
function QrSheet({ url, onClose }: { url: string; onClose: () => void }) {
  return (
    <Sheet title={t('share.qr')} onClose={onClose}>
      <div className="share-qr">
        <QrCode text={url} label={t('share.qrOf', { url })} />
        <p className="t-small ink2" dir="ltr">
          {url}
        </p>
      </div>
    </Sheet>
  );
}

/** Code for another page. */
function EmbedSheet({ origin, card, onClose }: { origin: string; card: Card; onClose: () => void }) {
  const code = embedCode(origin, card);
  return (
    <Sheet title={t('share.embed')} onClose={onClose}>
      <p className="t-body ink2">{t('share.embedText')}</p>
      <pre className="share-code t-mono" dir="ltr">
        {code}
      </pre>
      <Button
        kind="main"
        isWide
        onClick={() => {
          navigator.clipboard.writeText(code).then(
            () => toast(t('share.codeCopied')),
            () => undefined,
          );
          onClose();
        }}
      >
        {t('share.copyCode')}
      </Button>
    </Sheet>
  );
}

/** Asks once for the server's name and keeps it in this browser. */
function MastodonSheet({ shared, onClose }: { shared: Shared; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  const go = (): void => {
    const server = mastodonServer(typed);
    if (server === undefined) {
      setIsWrong(true);
      return;
    }
    localStorage.setItem('mastodonServer', server);
    window.open(mastodonLink(server, shared), '_blank', 'noopener,noreferrer');
    onClose();
  };
  return (
    <Sheet title="Mastodon" onClose={onClose}>
      <form
        className="share-form"
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <Field
          label={t('share.mastodonServer')}
          placeholder="mastodon.social"
          inputMode="url"
          autoCapitalize="none"
          autoFocus
          dir="ltr"
          value={typed}
          error={isWrong ? t('share.mastodonWrong') : undefined}
          note={t('share.mastodonNote')}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setIsWrong(false);
          }}
        />
        <Button kind="main" type="submit" isWide>
          {t('share.goOn')}
        </Button>
      </form>
    </Sheet>
  );
}

interface FurtherProps {
  which: 'qr' | 'embed' | 'mastodon';
  card: Card;
  origin: string;
  onClose: () => void;
}

/** The one that was asked for. */
export default function FurtherSheet({ which, card, origin, onClose }: FurtherProps) {
  const url = `${origin}${card.path}`;
  if (which === 'qr') return <QrSheet url={url} onClose={onClose} />;
  if (which === 'embed') return <EmbedSheet origin={origin} card={card} onClose={onClose} />;
  return <MastodonSheet shared={{ url, text: card.text.slice(0, SHARED_TEXT_CHARS) }} onClose={onClose} />;
}
