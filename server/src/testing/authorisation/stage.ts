/** For the authorisation matrix: a subject in some state, and somebody who asks for it. Rows are put straight into the tables. */
import { randomBytes } from 'node:crypto';
import { makeAccount, makePost, type PostAndFiles } from '../made-posts.ts';
import type { TestRegion } from '../region.ts';
import { makeSound } from './stage-sound.ts';

/** Who asks. `owner` is whose the subject is; the others stand to that account as their name says. */
export const ROLES = [
  'anonymous',
  'stranger',
  'follower',
  'blocked',
  'owner',
  'moderator',
  'operator',
  'suspended',
] as const;
export type MatrixRole = (typeof ROLES)[number];

/** What is asked for: ids and names that take the place of an address's parameters. */
export interface Subject {
  accountId: string;
  handle: string;
  postId: string;
  commentId: string;
  fileId: string;
  uploadId: string;
  draftId: string;
  soundId: string;
  sessionId: string;
  passkeyId: string;
  requesterHandle: string;
}

let made = 0;

/** A handle that nobody has. */
export function freshHandle(): string {
  return `m${(made++).toString(36)}x${randomBytes(3).toString('hex')}`;
}

async function person(region: TestRegion, isPrivate = false): Promise<{ id: string; handle: string }> {
  const handle = freshHandle();
  return { id: await makeAccount(region.grounds, { handle, isPrivate }), handle };
}

/** Makes a subject. The state's words: a post's audience, `private` (its author is), `removed`, `deleted`, `leaving`, `suspended`. */
export async function makeSubject(region: TestRegion, operation: string, state: string): Promise<Subject> {
  const { db, world } = region.grounds;
  const author = await person(region, state === 'private');
  const audience = state === 'followers' || state === 'onlyMe' ? state : 'everyone';
  const needsPost =
    /\/(posts|comments|media|cards|feed|explore|likes|saves|reposts|post|embed|oembed|tag|sounds?)/.test(operation);
  const post = needsPost
    ? await makePost(region.grounds, { accountId: author.id, audience, tags: ['cats'] })
    : undefined;
  const comment =
    post && operation.includes('/comments')
      ? await makeComment(region, { authorId: author.id, postId: post.id, state })
      : undefined;
  if (post && operation.endsWith('/download')) await makeCopy(region, author, post);
  const requester = operation.includes('follow-requests') ? await person(region) : undefined;
  if (requester)
    await db
      .insertInto('follow_requests')
      .values({ account_id: author.id, requester_id: requester.id, created_at: world.now() })
      .execute();
  const needsSession = operation.includes('/sessions/:id') || needsUpload(operation);
  const session = needsSession ? await region.stores.accounts.startSession(author.id, 'commandLine') : undefined;
  const subject: Subject = {
    accountId: author.id,
    handle: author.handle,
    postId: comment?.postId ?? post?.id ?? world.newId(),
    commentId: comment?.id ?? world.newId(),
    fileId: post?.renditionFileId ?? randomBytes(16).toString('hex'),
    uploadId: session && needsUpload(operation) ? await makeUpload(region, session.token) : world.newId(),
    draftId: operation.includes('/drafts/:id') ? await makeDraft(region, author.id) : world.newId(),
    soundId:
      post && /\/sounds?\/:id/.test(operation)
        ? await makeSound(region, {
            accountId: author.id,
            postId: post.id,
            isPublic: audience === 'everyone' && state !== 'private',
          })
        : world.newId(),
    sessionId: session?.id ?? world.newId(),
    passkeyId: operation.includes('/me/') ? await makePasskey(region, author.id) : 'none',
    requesterHandle: requester?.handle ?? 'nobody',
  };
  await bring(region, subject, { operation, state });
  return subject;
}

/** Puts the subject into its state. */
async function bring(
  region: TestRegion,
  subject: Subject,
  { operation, state }: { operation: string; state: string },
): Promise<void> {
  const { db, world } = region.grounds;
  const { moderate } = region.stores;
  const isComment = operation.includes('/comments/:id');
  if (state === 'leaving')
    await db
      .updateTable('accounts')
      .set({ leaves_at: new Date(world.now().getTime() + 86_400_000) })
      .where('id', '=', subject.accountId)
      .execute();
  if (state === 'suspended')
    await moderate.restrict({ kind: 'account', id: subject.accountId, accountId: subject.accountId }, 'spam');
  if (state === 'removed')
    await moderate.restrict(
      {
        kind: isComment ? 'comment' : 'post',
        id: isComment ? subject.commentId : subject.postId,
        accountId: subject.accountId,
      },
      'spam',
    );
  if (state === 'deleted' && !isComment)
    await db
      .updateTable('posts')
      .set({ deleted_at: world.now(), state: 'deleted' })
      .where('id', '=', subject.postId)
      .execute();
  if (state === 'deleted' && isComment)
    await db
      .updateTable('comments')
      .set({ deleted_at: world.now(), deleted_by: 'writer' })
      .where('id', '=', subject.commentId)
      .execute();
}

/** A comment of the author under their own post; `written`: of the author under somebody else's post; `received`: of somebody else under the author's. */
async function makeComment(
  region: TestRegion,
  given: { authorId: string; postId: string; state: string },
): Promise<{ id: string; postId: string }> {
  const { db, world } = region.grounds;
  const other = given.state === 'written' || given.state === 'received' ? await person(region) : undefined;
  const postId =
    given.state === 'written' && other ? (await makePost(region.grounds, { accountId: other.id })).id : given.postId;
  const id = world.newId();
  const writerId = given.state === 'received' && other ? other.id : given.authorId;
  await db
    .insertInto('comments')
    .values({ post_id: postId, id, account_id: writerId, text: 'a comment', created_at: world.now() })
    .execute();
  await db.updateTable('posts').set({ comment_count: 1 }).where('id', '=', postId).execute();
  return { id, postId };
}

/** The copy to keep, as if it had been made: its bytes are those of the rendition. */
async function makeCopy(region: TestRegion, author: { id: string; handle: string }, post: PostAndFiles): Promise<void> {
  const { db, world, media } = region.grounds;
  const storeKey = `videos/${post.videoId}/copy-${author.handle}/made`;
  await media.put(storeKey, await media.localPath(`videos/${post.videoId}/1/${post.renditionFileId}`, ''));
  await db
    .insertInto('media_files')
    .values({
      id: randomBytes(16).toString('hex'),
      account_id: author.id,
      video_id: post.videoId,
      kind: 'copy',
      store_key: storeKey,
      mime: 'video/mp4',
      size_bytes: 1000,
      sha256: '',
      is_public: false,
      created_at: world.now(),
    })
    .execute();
}

async function makeDraft({ grounds: { db, world } }: TestRegion, accountId: string): Promise<string> {
  const id = world.newId();
  const now = world.now();
  await db
    .insertInto('drafts')
    .values({ account_id: accountId, id, version: 1, title: '', words: '{}', created_at: now, updated_at: now })
    .execute();
  return id;
}

function needsUpload(operation: string): boolean {
  return operation.includes('/uploads/:id') || operation === 'POST /api/v1/posts';
}

async function makeUpload(region: TestRegion, token: string): Promise<string> {
  const name = Buffer.from('clip.mp4').toString('base64');
  const headers = {
    authorization: `Bearer ${token}`,
    'tus-resumable': '1.0.0',
    'upload-length': '10',
    'upload-metadata': `filename ${name}`,
  };
  const answer = await fetch(`${region.url}/api/v1/uploads`, { method: 'POST', headers });
  return (answer.headers.get('location') ?? '').split('/').pop() ?? '';
}

async function makePasskey(region: TestRegion, accountId: string): Promise<string> {
  const credentialId = randomBytes(16).toString('base64url');
  const { world } = region.grounds;
  const more = { public_key: new Uint8Array(77), counter: 0, transports: '[]', created_at: world.now() };
  // Two, so that neither is the last way in.
  for (const id of [credentialId, `${credentialId}B`]) {
    await region.grounds.db
      .insertInto('passkeys')
      .values({ account_id: accountId, credential_id: id, ...more })
      .execute();
  }
  return credentialId;
}

/** Makes who asks, and says with which token; undefined for nobody. In the state `stale` the session was not confirmed lately. */
export async function makeAsker(
  region: TestRegion,
  role: MatrixRole,
  { subject, operation, state }: { subject: Subject; operation: string; state: string },
): Promise<string | undefined> {
  if (role === 'anonymous') return undefined;
  const { db, world } = region.grounds;
  const id = role === 'owner' ? subject.accountId : (await person(region)).id;
  const now = world.now();
  if (role === 'follower')
    await db
      .insertInto('follows')
      .values({ follower_id: id, followee_id: subject.accountId, created_at: now })
      .execute();
  if (role === 'blocked')
    await db.insertInto('blocks').values({ blocker_id: subject.accountId, blocked_id: id, created_at: now }).execute();
  if (role === 'moderator' || role === 'operator') await region.stores.accounts.grantRole(id, role);
  if (role === 'suspended') await region.stores.moderate.restrict({ kind: 'account', id, accountId: id }, 'spam');
  if (role !== 'owner' && operation.includes('/me/')) await makePasskey(region, id);
  const mark = (['likes', 'saves', 'reposts'] as const).find((table) => operation.endsWith(`/me/${table}`));
  if (mark) await db.insertInto(mark).values({ account_id: id, post_id: subject.postId, created_at: now }).execute();
  const session = await region.stores.accounts.startSession(id, 'commandLine');
  if (state === 'stale')
    await db.updateTable('sessions').set({ stepped_up_at: null }).where('id', '=', session.id).execute();
  return session.token;
}
