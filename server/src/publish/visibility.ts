/** SQL conditions on posts, for every serving query. The table is always called `posts` in the query that uses them. */
import { sql, type RawBuilder } from 'kysely';
import { isAccountShown, isAudience, isFollowedBy, isUnblocked } from '../accounts/visibility.ts';
import { isUnrestricted } from '../restrict/store.ts';

/** The post's audience holds the viewer: everyone, the author's followers, or the author alone. */
function isInAudience(viewerId: string | undefined): RawBuilder<boolean> {
  const isForEveryone = sql<boolean>`(posts.audience = 'everyone' and ${isAudience('posts.account_id', viewerId)})`;
  if (viewerId === undefined) return isForEveryone;
  return sql<boolean>`(posts.account_id = ${viewerId} or ${isForEveryone}
    or (posts.audience = 'followers' and ${isFollowedBy('posts.account_id', viewerId)}))`;
}

/**
 * The post is shown to the viewer: published, not deleted, not removed, its author neither leaving nor suspended,
 * nobody blocked, and the viewer in its audience. Without viewer: the post is public.
 */
export function isPostShown(viewerId: string | undefined): RawBuilder<boolean> {
  return sql<boolean>`(posts.state = 'published' and posts.deleted_at is null and ${isUnrestricted('posts.id')}
    and ${isUnrestricted('posts.account_id')} and ${isAccountShown('posts.account_id', viewerId)} and ${isInAudience(viewerId)})`;
}

/** Everyone but those who are blocked could watch the post, were it not for the operator: they may know why it is gone. */
export function wasPublic(viewerId: string | undefined): RawBuilder<boolean> {
  return sql<boolean>`(posts.state = 'published' and posts.deleted_at is null and posts.audience = 'everyone'
    and exists (select 1 from accounts open_author where open_author.id = posts.account_id
      and not open_author.is_private and open_author.leaves_at is null) and ${isUnblocked('posts.account_id', viewerId)})`;
}
