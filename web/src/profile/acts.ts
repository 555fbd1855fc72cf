/** What a viewer can do with a person: follow, mute, block; shown at once, taken back when it fails. */
import type { QueryClient } from '@tanstack/react-query';
import type { FollowState, Profile } from '@vitrine/schema';
import { outOfDate } from '../api/me.ts';
import { KEYS } from '../api/query.ts';
import { request, sentenceOf } from '../api/request.ts';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';

type Viewer = NonNullable<Profile['viewer']>;

function showViewer(cache: QueryClient, handle: string, change: (profile: Profile) => Profile): void {
  cache.setQueryData<Profile>(KEYS.profile(handle), (profile) => profile && change(profile));
}

function withViewer(profile: Profile, changes: Partial<Viewer>): Profile {
  return profile.viewer ? { ...profile, viewer: { ...profile.viewer, ...changes } } : profile;
}

/** Follows, asks to follow, or stops. */
export async function follow(cache: QueryClient, profile: Profile, isOn: boolean): Promise<void> {
  const { handle } = profile;
  const hoped: FollowState = isOn ? (profile.isPrivate ? 'requested' : 'following') : 'none';
  showViewer(cache, handle, (shown) => withViewer(shown, { follow: hoped }));
  try {
    const answer = await request<{ follow: FollowState; followers: number }>(
      `/accounts/${encodeURIComponent(handle)}/follow`,
      { method: isOn ? 'PUT' : 'DELETE' },
    );
    showViewer(cache, handle, (shown) =>
      withViewer({ ...shown, counts: { ...shown.counts, followers: answer.followers } }, { follow: answer.follow }),
    );
    if (!isOn) toast(t('watch.unfollowed', { handle }), () => void follow(cache, profile, true));
    outOfDate(['following']);
  } catch (error) {
    showViewer(cache, handle, () => profile);
    toast(sentenceOf(error));
  }
}

/** Mutes or blocks, or takes it back. A block ends following both ways. */
export async function setAside(
  cache: QueryClient,
  profile: Profile,
  wish: { how: 'mute' | 'block'; isOn: boolean },
): Promise<void> {
  const { handle } = profile;
  const flag = wish.how === 'mute' ? 'isMuted' : 'isBlocked';
  try {
    await request(`/accounts/${encodeURIComponent(handle)}/${wish.how}`, { method: wish.isOn ? 'PUT' : 'DELETE' });
    showViewer(cache, handle, (shown) =>
      withViewer(shown, {
        [flag]: wish.isOn,
        ...(wish.how === 'block' && wish.isOn ? { follow: 'none' as const, followsMe: false } : {}),
      }),
    );
    const words = {
      mute: wish.isOn ? t('profile.muted', { handle }) : t('profile.unmuted', { handle }),
      block: wish.isOn ? t('profile.blocked', { handle }) : t('profile.unblocked', { handle }),
    };
    toast(words[wish.how], () => void setAside(cache, profile, { how: wish.how, isOn: !wish.isOn }));
    outOfDate([]);
  } catch (error) {
    toast(sentenceOf(error));
  }
}
