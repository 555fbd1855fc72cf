/** SQL conditions on sounds, for every serving query. The table is always called `sounds` in the query that uses them. */
import { sql, type RawBuilder } from 'kysely';
import { isAccountShown } from '../accounts/visibility.ts';
import { isUnrestricted } from '../restrict/store.ts';

/**
 * The sound's page is shown to the viewer: it is the viewer's own, or others may hear it, its account is open to the viewer, and the post
 * it was taken from was not removed. A muted sound's page is shown too, with the reason.
 */
export function isSoundShown(viewerId: string | undefined): RawBuilder<boolean> {
  const isForOthers = sql<boolean>`(sounds.state = 'ready' and sounds.is_public
    and (sounds.account_id is null or ${isAccountShown('sounds.account_id', viewerId)})
    and (sounds.post_id is null or ${isUnrestricted('sounds.post_id')}))`;
  return viewerId === undefined ? isForOthers : sql<boolean>`(sounds.account_id = ${viewerId} or ${isForOthers})`;
}

/** The viewer may use the sound: shown, and its owner lets others use it, or is the viewer. */
export function isSoundUsable(viewerId: string | undefined): RawBuilder<boolean> {
  const isLent =
    viewerId === undefined ? sql`sounds.allow_use` : sql`(sounds.allow_use or sounds.account_id = ${viewerId})`;
  return sql<boolean>`(sounds.state = 'ready' and ${isSoundShown(viewerId)} and ${isLent} and not ${isSoundMuted('sounds.id')})`;
}

/**
 * A claim of rights mutes the sound, or one that it was made from.
 * @param sound the column that holds the sound's id, as `table.column`
 */
export function isSoundMuted(sound: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from sound_credits credited join restrictions claims on claims.subject_id = credited.of_sound_id
    and claims.lifted_at is null where credited.sound_id = ${sql.ref(sound)})`;
}
