/** Link, services and mail in one row that scrolls. */
import type { Card } from '@vitrine/schema';
import { Link2, Mail, Share } from 'lucide-react';
import type { ReactNode } from 'react';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';
import { mailLink, MASTODON_PATH, mastodonLink, SERVICES, SHARED_TEXT_CHARS } from './services.ts';

function ServiceMark({ path }: { path: string }) {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" fill="currentColor" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

interface TargetProps {
  label: string;
  href?: string;
  onPress?: () => void;
  isLit?: boolean;
  children: ReactNode;
}

function Target({ label, href, onPress, isLit = false, children }: TargetProps) {
  const face = (
    <>
      <span className={`share-disc ${isLit ? 'is-lit' : ''}`}>{children}</span>
      <span className="share-label">{label}</span>
    </>
  );
  if (href !== undefined) {
    return (
      <a className="share-target" href={href} target="_blank" rel="noopener noreferrer">
        {face}
      </a>
    );
  }
  return (
    <button type="button" className="share-target" onClick={onPress}>
      {face}
    </button>
  );
}

/** Copies the link, or shows it where the browser does not allow that. */
function copy(url: string): void {
  navigator.clipboard.writeText(url).then(
    () => toast(t('share.copied')),
    () => toast(url),
  );
}

/** The row. `onMastodon` asks for the server's name the first time. */
export function Targets({
  card,
  url,
  onMastodon,
  onClose,
}: {
  card: Card;
  url: string;
  onMastodon: () => void;
  onClose: () => void;
}) {
  const shared = { url, text: card.text.slice(0, SHARED_TEXT_CHARS) };
  const server = localStorage.getItem('mastodonServer');
  const onCopy = (): void => {
    copy(url);
    onClose();
  };
  return (
    <div className="share-row">
      <Target label={t('share.copyLink')} isLit onPress={onCopy}>
        <Link2 size={25} />
      </Target>
      {'share' in navigator && (
        <Target label={t('share.system')} onPress={() => void navigator.share(shared).catch(() => undefined)}>
          <Share size={23} />
        </Target>
      )}
      {SERVICES.map((service) => (
        <Target key={service.name} label={service.name} href={service.link(shared)}>
          <ServiceMark path={service.path} />
        </Target>
      ))}
      <Target
        label="Mastodon"
        {...(server === null ? { onPress: onMastodon } : { href: mastodonLink(server, shared) })}
      >
        <ServiceMark path={MASTODON_PATH} />
      </Target>
      <Target label={t('share.mail')} href={mailLink(shared, t('share.mailSubject', { handle: card.account.handle }))}>
        <Mail size={23} />
      </Target>
    </div>
  );
}
