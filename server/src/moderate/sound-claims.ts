/** A claim of rights on a sound: all that carries it falls silent, or is heard again, and everyone concerned is told. */
import type { NotifyStore } from '../notify/store.ts';
import type { Tx } from '../platform/database.ts';
import type { World } from '../platform/world.ts';
import { orderWithoutSound } from '../publish/own-sound.ts';
import { openRestriction } from '../restrict/store.ts';
import type { SoundStore } from '../sounds/store.ts';
import type { VideoStore } from '../transcode/store.ts';
import { tellAuthor, type Told } from './tell-author.ts';

/** What settling needs. */
interface SettleGrounds {
  world: World;
  notify: NotifyStore;
  sounds: SoundStore;
  videos: VideoStore;
}

/** Settles the posts that carry the sound or one made from it, within the transaction of the decision; tells their authors and the owner. */
export async function settleSound(
  grounds: SettleGrounds,
  tx: Tx,
  { isMuted, ...told }: Told & { isMuted: boolean },
): Promise<void> {
  const { sounds, videos } = grounds;
  const carrying = await sounds.madeFrom(tx, told.subject.id);
  const posts = await tx
    .selectFrom('posts')
    .select(['id', 'account_id', 'video_id', 'sound_id'])
    .where('sound_id', 'in', carrying)
    .execute();
  for (const post of posts) {
    // Another claim, on another sound of the chain, may still hold.
    const isSilent = isMuted || (post.sound_id !== null && (await sounds.isMuted(tx, post.sound_id)));
    // What the author says beside the claimed sound stays; the author's own sound, once claimed, goes wholly.
    const isOwnClaimed = post.sound_id !== null && (await openRestriction(tx, post.sound_id)) !== undefined;
    const without = isSilent && !isOwnClaimed ? await orderWithoutSound(tx, post.id) : undefined;
    await videos.mute(tx, { id: post.video_id, isMuted: isSilent, without });
    await tellAuthor(grounds, tx, {
      ...told,
      subject: { ...told.subject, accountId: post.account_id, postId: post.id },
    });
  }
  const isTold = posts.some((post) => post.account_id === told.subject.accountId);
  if (told.subject.accountId !== '' && !isTold) await tellAuthor(grounds, tx, told);
}
