/** The head of a sound's page: back, saved, share; cover, title, who made it, licence and tempo. */
import { useQueryClient } from '@tanstack/react-query';
import { Bookmark, ChevronLeft, Ellipsis, Flag, Forward, Music2, Pencil } from 'lucide-react';
import { useState } from 'react';
import type { Sound } from '@vitrine/schema';
import { Link, useLocation } from 'wouter';
import { useMe } from '../api/me.ts';
import { request, sentenceOf } from '../api/request.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { IconButton } from '../ui/Button.tsx';
import { Chip } from '../ui/Choice.tsx';
import { Menu, type MenuRow } from '../ui/Overlay.tsx';
import { toast } from '../ui/Toast.tsx';
import { fullNumber, t } from '../words/words.ts';
import { OwnerSheet } from './OwnerSheet.tsx';
import { soundLine, soundTitle } from './sound-words.ts';

async function share(sound: Sound): Promise<void> {
  const url = `${location.origin}${sound.path}`;
  const told = { title: soundLine(sound), url };
  if (navigator.share) return navigator.share(told).catch(() => undefined);
  await navigator.clipboard.writeText(url);
  toast(t('soundPage.linkCopied'));
}

/** Keeps or lets go; the page shows it at once. */
function useSaving(sound: Sound): { hasSaved: boolean; turn: () => void } {
  const cache = useQueryClient();
  const me = useMe();
  const [, go] = useLocation();
  const hasSaved = sound.viewer?.hasSaved === true;
  const show = (isOn: boolean): void => {
    cache.setQueryData<Sound>(
      ['sound', sound.id],
      (old) => old?.viewer && { ...old, viewer: { ...old.viewer, hasSaved: isOn } },
    );
  };
  const turn = async (): Promise<void> => {
    if (!me) return go('/signup');
    show(!hasSaved);
    await request(`/sounds/${sound.id}/save`, { method: hasSaved ? 'DELETE' : 'PUT' }).catch((error: unknown) => {
      show(hasSaved);
      toast(sentenceOf(error));
    });
    await cache.invalidateQueries({ queryKey: ['sounds'] });
  };
  return { hasSaved, turn: () => void turn() };
}

/** Back, saved, share, and what else can be done. */
export function SoundBar({ sound }: { sound: Sound }) {
  const [, go] = useLocation();
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | undefined>(undefined);
  const [isEditing, setEditing] = useState(false);
  const { hasSaved, turn } = useSaving(sound);
  const isMine = sound.viewer?.isMine === true;
  const report: MenuRow = {
    label: t('soundPage.report'),
    icon: <Flag size={20} strokeWidth={1.75} />,
    onChoose: () => go(`/complaint?kind=sound&id=${sound.id}`),
  };
  const edit: MenuRow = {
    label: t('soundPage.edit'),
    icon: <Pencil size={20} strokeWidth={1.75} />,
    onChoose: () => setEditing(true),
  };
  return (
    <div className="sound-bar">
      <IconButton label={t('ui.back')} onClick={() => (history.length > 1 ? history.back() : go('/explore'))}>
        <ChevronLeft size={26} className="turns-rtl" />
      </IconButton>
      <span className="sound-bar-gap" />
      <IconButton
        label={hasSaved ? t('soundPage.unsave') : t('soundPage.save')}
        aria-pressed={hasSaved}
        className={hasSaved ? 'is-lit' : ''}
        onClick={turn}
      >
        <Bookmark size={23} strokeWidth={1.75} fill={hasSaved ? 'currentColor' : 'none'} />
      </IconButton>
      <IconButton label={t('soundPage.share')} onClick={() => void share(sound)}>
        <Forward size={23} strokeWidth={1.75} className="turns-rtl" />
      </IconButton>
      <IconButton
        label={t('soundPage.more')}
        aria-haspopup="menu"
        onClick={(event) => setMenuAt({ x: event.clientX - 180, y: event.clientY + 16 })}
      >
        <Ellipsis size={23} strokeWidth={1.75} />
      </IconButton>
      {menuAt !== undefined && (
        <Menu
          label={t('soundPage.more')}
          at={menuAt}
          onClose={() => setMenuAt(undefined)}
          rows={isMine ? [edit] : [report]}
        />
      )}
      {isEditing && <OwnerSheet sound={sound} onClose={() => setEditing(false)} />}
    </div>
  );
}

/** Cover, title, artist, licence, tempo. */
export function SoundHead({ sound }: { sound: Sound }) {
  const { account } = sound;
  return (
    <header className="sound-head">
      {sound.coverUrl === null ? (
        <span className="sound-cover sound-cover-none">
          <Music2 size={34} strokeWidth={1.5} aria-hidden="true" />
        </span>
      ) : (
        <img className="sound-cover" src={sound.coverUrl} alt="" />
      )}
      <div className="sound-words">
        <h1 className="t-title" dir="auto">
          {soundTitle(sound)}
        </h1>
        {account ? (
          <Link href={`/@${account.handle}`} className="sound-artist t-label">
            <Avatar person={account} sizePx={22} />
            <bdi>{sound.artist || account.handle}</bdi>
          </Link>
        ) : (
          sound.artist !== '' && (
            <p className="sound-artist t-label">
              <bdi>{sound.artist}</bdi>
            </p>
          )
        )}
        <div className="sound-chips">
          {sound.licence !== null && <Chip isSmall>{sound.licence}</Chip>}
          {sound.tempoBpm !== null && (
            <Chip isSmall>{t('soundPage.bpm', { n: fullNumber(Math.round(sound.tempoBpm)) })}</Chip>
          )}
        </div>
      </div>
    </header>
  );
}
