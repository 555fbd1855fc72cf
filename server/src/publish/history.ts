/** What the text of a post said before. */
import type { TextHistory } from '@vitrine/schema';
import type { Db } from '../platform/database.ts';

/** Most versions that are told: of a text changed without end the newest, and the first. */
const MOST = 100;

/** Earlier versions, newest first; whoever asks has been let to the post. */
export async function textHistory(db: Db, postId: string): Promise<TextHistory> {
  const said = db.selectFrom('post_texts').select(['text', 'said_at']).where('post_id', '=', postId);
  const rows = await said.orderBy('said_at', 'desc').limit(MOST).execute();
  if (rows.length === MOST) rows.splice(-1, 1, ...(await said.orderBy('said_at').limit(1).execute()));
  return { versions: rows.map((row) => ({ text: row.text, at: row.said_at.toISOString() })) };
}
