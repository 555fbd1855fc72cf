/** Where a post can go, and what else can be done with it. */
import type { Card } from '@vitrine/schema';
import {
  Bookmark,
  Captions,
  Code,
  Download,
  EyeOff,
  Flag,
  Gauge,
  Link2,
  Mail,
  QrCode,
  Repeat2,
  Repeat1,
  Share,
  Trash2,
  UserX,
  Volume2,
  VolumeX,
  Maximize,
  Leaf,
} from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useRegion } from '../api/me.ts';
import { Menu, Sheet, type MenuRow } from '../ui/Overlay.tsx';
import { toast } from '../ui/Toast.tsx';
import { fullNumber, t } from '../words/words.ts';
import { setMark } from '../watch/marks.ts';
import type { Player } from '../watch/player.ts';
import { setWatchPrefs, useWatchPrefs, type AfterEnd } from '../watch/prefs.ts';
import { toggleFullscreen } from '../watch/windowing.ts';
import { SPEEDS } from '../watch/speeds.ts';
import { DeleteDialog } from './DeleteDialog.tsx';
import { EmbedSheet, MastodonSheet, QrSheet } from './FurtherSheets.tsx';
import { mailLink, MASTODON_PATH, mastodonLink, SERVICES } from './services.ts';
import './share.css';

const TEXT_CHARS = 140;
type Further = 'none' | 'embed' | 'qr' | 'mastodon' | 'speed' | 'captions' | 'end' | 'delete';

function ServiceMark({ path }: { path: string }) {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" fill="currentColor" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

function Target({
  label,
  href,
  onPress,
  isLit = false,
  children,
}: {
  label: string;
  href?: string;
  onPress?: () => void;
  isLit?: boolean;
  children: ReactNode;
}) {
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

function Act({
  label,
  icon,
  onPress,
  href,
  isOn,
}: {
  label: string;
  icon: ReactNode;
  onPress?: () => void;
  href?: string;
  isOn?: boolean;
}) {
  const face = (
    <>
      {icon}
      <span>{label}</span>
    </>
  );
  if (href !== undefined) {
    return (
      <a className="share-act" href={href} download>
        {face}
      </a>
    );
  }
  return (
    <button type="button" className={`share-act ${isOn ? 'is-on' : ''}`} aria-pressed={isOn} onClick={onPress}>
      {face}
    </button>
  );
}

/** The small menus that the grid opens. */
function rowsOf(which: Further): MenuRow[] {
  const ends: AfterEnd[] = ['loop', 'advance', 'stop'];
  if (which === 'end')
    return ends.map((afterEnd) => ({ label: t(`share.end_${afterEnd}`), onChoose: () => setWatchPrefs({ afterEnd }) }));
  if (which === 'speed')
    return SPEEDS.map((speed) => ({ label: `${fullNumber(speed)}×`, onChoose: () => setWatchPrefs({ speed }) }));
  return [
    { label: t('share.captionsOff'), onChoose: () => setWatchPrefs({ captions: false }) },
    { label: t('share.captionsS'), onChoose: () => setWatchPrefs({ captions: true, captionSize: 'S' }) },
    { label: t('share.captionsM'), onChoose: () => setWatchPrefs({ captions: true, captionSize: 'M' }) },
    { label: t('share.captionsL'), onChoose: () => setWatchPrefs({ captions: true, captionSize: 'L' }) },
  ];
}

/** Link, services and mail in one row that scrolls. */
function Targets({
  card,
  url,
  onFurther,
  onClose,
}: {
  card: Card;
  url: string;
  onFurther: (which: Further) => void;
  onClose: () => void;
}) {
  const shared = { url, text: card.text.slice(0, TEXT_CHARS) };
  const server = localStorage.getItem('mastodonServer');
  const copy = (): void => {
    navigator.clipboard.writeText(url).then(
      () => toast(t('share.copied')),
      () => toast(url),
    );
    onClose();
  };
  return (
    <div className="share-row">
      <Target label={t('share.copyLink')} isLit onPress={copy}>
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
      {server === null ? (
        <Target label="Mastodon" onPress={() => onFurther('mastodon')}>
          <ServiceMark path={MASTODON_PATH} />
        </Target>
      ) : (
        <Target label="Mastodon" href={mastodonLink(server, shared)}>
          <ServiceMark path={MASTODON_PATH} />
        </Target>
      )}
      <Target label={t('share.mail')} href={mailLink(shared, t('share.mailSubject', { handle: card.account.handle }))}>
        <Mail size={23} />
      </Target>
    </div>
  );
}

/** The sheet. `onClear` hides everything over the video. */
export default function ShareSheet({
  card,
  player,
  onClose,
  onClear,
}: {
  card: Card;
  player: Player;
  onClose: () => void;
  onClear: () => void;
}) {
  const region = useRegion();
  const prefs = useWatchPrefs();
  const [, navigate] = useLocation();
  const [further, setFurther] = useState<Further>('none');
  const isPublic = card.audience === 'everyone';
  const isMine = card.viewer?.isMine === true;
  const origin = region?.publicUrl ?? location.origin;
  const url = `${origin}${card.path}`;
  const { isMuted } = player.state();
  const back = (): void => setFurther('none');
  return (
    <>
      <Sheet title={t('share.title')} onClose={onClose}>
        {isPublic ? (
          <Targets card={card} url={url} onFurther={setFurther} onClose={onClose} />
        ) : (
          <p className="share-note t-small ink2">{t('share.notPublic')}</p>
        )}
        {isPublic && (
          <p className="share-note t-small ink2">
            <UserX size={18} aria-hidden="true" />
            {t('share.noPersonalId')}
          </p>
        )}
        <div className="share-acts">
          {isPublic && !isMine && (
            <Act
              label={t('share.repost')}
              icon={<Repeat2 size={22} />}
              isOn={card.viewer?.hasReposted === true}
              onPress={() => setMark(card.id, 'repost', card.viewer?.hasReposted !== true)}
            />
          )}
          <Act
            label={t('share.save')}
            icon={<Bookmark size={22} />}
            isOn={card.viewer?.hasSaved === true}
            onPress={() => setMark(card.id, 'save', card.viewer?.hasSaved !== true)}
          />
          {isPublic && card.allow.save && (
            <Act label={t('share.download')} icon={<Download size={22} />} href={`/api/v1/posts/${card.id}/download`} />
          )}
          {isPublic && <Act label={t('share.qr')} icon={<QrCode size={22} />} onPress={() => setFurther('qr')} />}
          {isPublic && card.allow.embed && (
            <Act label={t('share.embed')} icon={<Code size={22} />} onPress={() => setFurther('embed')} />
          )}
          <Act label={t('share.speed')} icon={<Gauge size={22} />} onPress={() => setFurther('speed')} />
          {card.captions.length > 0 && (
            <Act label={t('share.captions')} icon={<Captions size={22} />} onPress={() => setFurther('captions')} />
          )}
          <Act label={t('share.afterEnd')} icon={<Repeat1 size={22} />} onPress={() => setFurther('end')} />
          {card.hasAudio && (
            <Act
              label={isMuted ? t('share.soundOn') : t('share.soundOff')}
              icon={isMuted ? <Volume2 size={22} /> : <VolumeX size={22} />}
              onPress={() => {
                player.setSound(isMuted);
                onClose();
              }}
            />
          )}
          <Act
            label={t('share.saveData')}
            icon={<Leaf size={22} />}
            isOn={prefs.saveData}
            onPress={() => setWatchPrefs({ saveData: !prefs.saveData })}
          />
          <Act
            label={t('share.clear')}
            icon={<EyeOff size={22} />}
            onPress={() => {
              onClear();
              onClose();
            }}
          />
          <Act
            label={t('watch.fullscreen')}
            icon={<Maximize size={22} />}
            onPress={() => {
              toggleFullscreen(player.video());
              onClose();
            }}
          />
          {!isMine && (
            <Act
              label={t('share.report')}
              icon={<Flag size={22} />}
              onPress={() => navigate(`/complaint?kind=post&id=${card.id}`)}
            />
          )}
          {isMine && <Act label={t('share.delete')} icon={<Trash2 size={22} />} onPress={() => setFurther('delete')} />}
        </div>
      </Sheet>
      {(further === 'speed' || further === 'captions' || further === 'end') && (
        <Menu label={t(`share.${further === 'end' ? 'afterEnd' : further}`)} rows={rowsOf(further)} onClose={back} />
      )}
      {further === 'qr' && <QrSheet url={url} onClose={back} />}
      {further === 'embed' && <EmbedSheet origin={origin} card={card} onClose={back} />}
      {further === 'mastodon' && (
        <MastodonSheet shared={{ url, text: card.text.slice(0, TEXT_CHARS) }} onClose={back} />
      )}
      {further === 'delete' && <DeleteDialog card={card} onClose={back} onDeleted={onClose} />}
    </>
  );
}
