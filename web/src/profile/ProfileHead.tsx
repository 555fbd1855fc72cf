/** The head of a profile: face, name, words, counts, and what can be done. */
import { useQueryClient } from '@tanstack/react-query';
import { Ban, ChevronLeft, Copy, Ellipsis, Flag, Forward, Link2, Pencil, UserPlus, VolumeX } from 'lucide-react';
import { useState } from 'react';
import type { Profile } from '@vitrine/schema';
import { Link, useLocation } from 'wouter';
import { useMe } from '../api/me.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button, ButtonLink, IconButton } from '../ui/Button.tsx';
import { Dialog, Menu, type MenuRow } from '../ui/Overlay.tsx';
import { readableLink } from '../settings/link.ts';
import { toast } from '../ui/Toast.tsx';
import { shortNumber } from '../words/figures.ts';
import { t } from '../words/words.ts';
import { follow, setAside } from './acts.ts';

async function share(profile: Profile): Promise<void> {
  const url = `${location.origin}/@${profile.handle}`;
  if (navigator.share) return navigator.share({ title: profile.name, url }).catch(() => undefined);
  await navigator.clipboard.writeText(url);
  return toast(t('profile.linkCopied'));
}

function Counts({ profile }: { profile: Profile }) {
  const { counts, handle } = profile;
  return (
    <ul className="profile-counts num">
      <li>
        <Link href={`/@${handle}/following`}>
          <strong>{shortNumber(counts.following)}</strong> {t('profile.following', { n: counts.following })}
        </Link>
      </li>
      <li>
        <Link href={`/@${handle}/followers`}>
          <strong>{shortNumber(counts.followers)}</strong> {t('profile.followers', { n: counts.followers })}
        </Link>
      </li>
      <li>
        <strong>{shortNumber(counts.likes)}</strong> {t('profile.likes', { n: counts.likes })}
      </li>
    </ul>
  );
}

function FollowButton({ profile }: { profile: Profile }) {
  const me = useMe();
  const cache = useQueryClient();
  const [, go] = useLocation();
  const state = profile.viewer?.follow ?? 'none';
  if (profile.viewer?.isBlocked)
    return (
      <Button onClick={() => void setAside(cache, profile, { how: 'block', isOn: false })}>
        {t('profile.unblock')}
      </Button>
    );
  const words = {
    none: profile.viewer?.followsMe ? t('profile.followBack') : t('profile.follow'),
    requested: t('profile.requested'),
    following: t('profile.isFollowing'),
  };
  return (
    <Button
      kind={state === 'none' ? 'main' : 'second'}
      icon={state === 'none' && <UserPlus size={20} aria-hidden="true" />}
      aria-pressed={state !== 'none'}
      onClick={() => (me ? void follow(cache, profile, state === 'none') : go('/signup'))}
    >
      {words[state]}
    </Button>
  );
}

/** The menu behind the dots. */
function useMenuRows(profile: Profile, onBlock: () => void): MenuRow[] {
  const cache = useQueryClient();
  const [, go] = useLocation();
  const isMuted = profile.viewer?.isMuted === true;
  const copy: MenuRow = {
    label: t('profile.copyLink'),
    icon: <Copy size={20} strokeWidth={1.75} />,
    onChoose: () =>
      void navigator.clipboard
        .writeText(`${location.origin}/@${profile.handle}`)
        .then(() => toast(t('profile.linkCopied'))),
  };
  if (profile.viewer?.isMe) return [copy];
  const report: MenuRow = {
    label: t('profile.report'),
    icon: <Flag size={20} strokeWidth={1.75} />,
    onChoose: () => go(`/complaint?kind=account&id=${profile.handle}`),
  };
  if (!profile.viewer) return [copy, report];
  return [
    copy,
    {
      label: isMuted ? t('profile.unmute') : t('profile.mute'),
      icon: <VolumeX size={20} strokeWidth={1.75} />,
      onChoose: () => void setAside(cache, profile, { how: 'mute', isOn: !isMuted }),
    },
    report,
    ...(profile.viewer.isBlocked
      ? []
      : [{ label: t('profile.block'), icon: <Ban size={20} strokeWidth={1.75} />, isDanger: true, onChoose: onBlock }]),
  ];
}

function Words({ profile }: { profile: Profile }) {
  return (
    <div className="profile-words t-body">
      {profile.bio !== '' && <p dir="auto">{profile.bio}</p>}
      {profile.links.map((link) => (
        <a key={link} href={link} rel="nofollow noopener ugc" target="_blank" className="profile-link">
          <Link2 size={16} aria-hidden="true" />
          {readableLink(link)}
        </a>
      ))}
    </div>
  );
}

function BlockDialog({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const cache = useQueryClient();
  const block = (): void => {
    onClose();
    void setAside(cache, profile, { how: 'block', isOn: true });
  };
  return (
    <Dialog
      title={t('profile.blockTitle', { handle: profile.handle })}
      keep={t('ui.cancel')}
      act={t('profile.block')}
      isDanger
      onAct={block}
      onClose={onClose}
    >
      {t('profile.blockText')}
    </Dialog>
  );
}

function Acts({ profile, onMenu }: { profile: Profile; onMenu: () => void }) {
  return (
    <div className="profile-acts">
      {profile.viewer?.isMe ? (
        <ButtonLink href="/settings/profile" icon={<Pencil size={18} aria-hidden="true" />}>
          {t('profile.edit')}
        </ButtonLink>
      ) : (
        <FollowButton profile={profile} />
      )}
      <IconButton label={t('profile.share')} kind="second" onClick={() => void share(profile)}>
        <Forward size={20} strokeWidth={1.75} className="turns-rtl" />
      </IconButton>
      <IconButton className="profile-more" label={t('ui.more')} kind="second" aria-haspopup="menu" onClick={onMenu}>
        <Ellipsis size={20} />
      </IconButton>
    </div>
  );
}

/** The head. */
export function ProfileHead({ profile }: { profile: Profile }) {
  const [open, setOpen] = useState<'menu' | 'block' | undefined>(undefined);
  const rows = useMenuRows(profile, () => setOpen('block'));
  const onMenu = (): void => setOpen('menu');
  return (
    <header className="profile-head">
      <div className="profile-bar">
        <IconButton label={t('ui.back')} onClick={() => history.back()}>
          <ChevronLeft size={24} className="turns-rtl" />
        </IconButton>
        <IconButton label={t('ui.more')} aria-haspopup="menu" onClick={onMenu}>
          <Ellipsis size={24} />
        </IconButton>
      </div>
      <div className="profile-face">
        <Avatar person={profile} sizePx={112} />
      </div>
      <div className="profile-names">
        <h1>
          <bdi>{profile.name}</bdi>
        </h1>
        <p className="ink2">{profile.handle}</p>
      </div>
      <Counts profile={profile} />
      <Words profile={profile} />
      <Acts profile={profile} onMenu={onMenu} />
      {open === 'menu' && (
        <Menu label={profile.handle} rows={rows} onClose={() => setOpen((now) => (now === 'menu' ? undefined : now))} />
      )}
      {open === 'block' && <BlockDialog profile={profile} onClose={() => setOpen(undefined)} />}
    </header>
  );
}
