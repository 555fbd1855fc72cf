/** What of a post's sound is its author's own. */
import { sourceKeys, soundPlan, type SourceFacts, type SourceKey } from '@vitrine/edit';
import { editSchema } from '@vitrine/schema';
import type { Tx } from '../platform/database.ts';
import type { ComposeOrder } from '../transcode/compose-rows.ts';
import { ownSoundOnly, parentOf } from './edit-facts.ts';
import { parentPicture } from './parents.ts';
import { partsOf, type Part } from './parts.ts';

/**
 * How a post is put together of its own sound alone, without what is laid under it and without its parent's; undefined where nothing would
 * be left to hear, or where a file that it needs is gone.
 */
export async function orderWithoutSound(tx: Tx, postId: string): Promise<ComposeOrder | undefined> {
  const made = await tx.selectFrom('post_edits').select('edit').where('post_id', '=', postId).executeTakeFirst();
  const edit = made?.edit ? editSchema.parse(made.edit) : undefined;
  if (edit?.kind !== 'video' || (edit.sound === null && !parentOf(edit))) return undefined;
  const without = ownSoundOnly(edit);
  const parts = new Map((await partsOf(tx, postId)).map((part): [SourceKey, Part] => [`upload:${part.id}`, part]));
  const facts = new Map([...parts].map(([key, part]): [SourceKey, SourceFacts] => [key, part.facts]));
  if (soundPlan(without, facts).length === 0) return undefined;
  const files: ComposeOrder['files'] = [];
  for (const key of sourceKeys(without)) {
    const storeKey = parts.get(key)?.storeKey ?? (await parentPicture(tx, key.slice(key.indexOf(':') + 1)));
    if (!storeKey) return undefined;
    files.push({ key, storeKey });
  }
  return { edit: without, files };
}

/** Whether something of the author's own is heard in a post: then it has a sound of its own. */
export async function hasOwnSound(tx: Tx, postId: string): Promise<boolean> {
  const made = await tx.selectFrom('post_edits').select('edit').where('post_id', '=', postId).executeTakeFirst();
  if (!made?.edit) return true;
  const edit = editSchema.parse(made.edit);
  if (edit.kind !== 'video') return false;
  const parts = await partsOf(tx, postId);
  const facts = new Map<SourceKey, SourceFacts>(parts.map((part) => [`upload:${part.id}`, part.facts]));
  return soundPlan(edit, facts).some((piece) => piece.key.startsWith('upload:'));
}
