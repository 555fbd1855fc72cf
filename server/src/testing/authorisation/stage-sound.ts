/** For the authorisation matrix: the sound of a post, heard by those who may watch it publicly. */
import type { TestRegion } from '../region.ts';

/** Makes it; returns its id. */
export async function makeSound(
  { grounds: { db, world } }: TestRegion,
  of: { accountId: string; postId: string; isPublic: boolean },
): Promise<string> {
  const id = world.newId();
  await db
    .insertInto('sounds')
    .values({
      id,
      account_id: of.accountId,
      origin: 'original',
      state: 'ready',
      title: 'A sound',
      artist: '',
      credit_line: '',
      allow_use: true,
      is_public: of.isPublic,
      post_id: of.postId,
      created_at: world.now(),
    })
    .execute();
  await db.insertInto('sound_credits').values({ sound_id: id, of_sound_id: id, distance: 0 }).execute();
  await db.updateTable('posts').set({ sound_id: id }).where('id', '=', of.postId).execute();
  return id;
}
