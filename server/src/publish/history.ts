/** What the text of a post said before. */
import type { TextHistory } from '@vitrine/schema';
import type { Db } from '../platform/database.ts';

/** Earlier versions, newest first; whoever asks has been let to the post. */
export async function textHistory(db: Db, postId: string): Promise<TextHistory> {
  const rows = await db
    .selectFrom('post_texts')
    .select(['text', 'said_at'])
    .where('post_id', '=', postId)
    .orderBy('said_at', 'desc')
    .execute();
  return { versions: rows.map((row) => ({ text: row.text, at: row.said_at.toISOString() })) };
}
