/** Drafts: saved after every change under a rising version, private to their owner, with the uploads that they name. */
import { draftWordsSchema, editSchema, LIMITS, UNDELETE_MINUTES } from '@vitrine/schema';
import type { Draft, DraftBody, DraftPage, Edit } from '@vitrine/schema';
import { sql, type RawBuilder } from 'kysely';
import { cleanLine } from '../accounts/display-text.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import type { Db, Tx } from '../platform/database.ts';
import { refuse } from '../platform/problem.ts';
import { later, type World } from '../platform/world.ts';
import { fileUrl, type AddressSettings } from '../transcode/file-address.ts';
import { coverUploadOf, durationMsOf, uploadsOf } from './edit-facts.ts';
import { ownUploads } from './own-lists.ts';

/** What drafts need. */
export interface DraftGrounds {
  db: Db;
  world: World;
  settings: AddressSettings;
}

/** Whose draft. */
export interface OwnDraft {
  accountId: string;
  draftId: string;
}

/** What a save answers. */
export interface SavedDraft {
  id: string;
  version: number;
}

type DraftRow = Omit<NonNullable<Awaited<ReturnType<typeof lockDraft>>>, 'idempotency_key' | 'deleted_at' | 'post_id'>;
type LockedDraft = NonNullable<Awaited<ReturnType<typeof lockDraft>>>;

/** A draft and what it says, locked in a transaction; undefined when it is not there or not the account's. */
export async function lockDraft(tx: Tx, { accountId, draftId }: OwnDraft) {
  return tx
    .selectFrom('drafts')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', draftId)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

/** Reads the edit of a row; written by this folder alone, after validation. */
export function editOf(row: { edit: unknown }): Edit | null {
  return row.edit === null ? null : editSchema.parse(row.edit);
}

/** Makes a draft. The same key again gives the same draft, as it is now. */
export async function createDraft(
  { db, world }: DraftGrounds,
  order: { accountId: string; idempotencyKey: string | undefined; body: DraftBody },
): Promise<SavedDraft> {
  return db.transaction().execute(async (tx) => {
    await lockDraftsOf(tx, order.accountId);
    if (order.idempotencyKey !== undefined) {
      const known = await tx
        .selectFrom('drafts')
        .select(['id', 'version'])
        .where('account_id', '=', order.accountId)
        .where('idempotency_key', '=', order.idempotencyKey)
        .executeTakeFirst();
      if (known) return known;
    }
    const counted = await tx
      .selectFrom('drafts')
      .select(sql<number>`count(*)::int`.as('drafts'))
      .where('account_id', '=', order.accountId)
      .executeTakeFirstOrThrow();
    if (counted.drafts >= LIMITS.draftsPerAccount) throw refuse('too_many_drafts');
    const now = world.now();
    const draft = { id: world.newId(), version: 1 };
    await tx
      .insertInto('drafts')
      .values({
        account_id: order.accountId,
        ...draft,
        idempotency_key: order.idempotencyKey ?? null,
        ...columnsOf(order.body),
        created_at: now,
        updated_at: now,
      })
      .execute();
    await nameUploads(tx, { accountId: order.accountId, draftId: draft.id }, { edit: order.body.edit, at: now });
    return draft;
  });
}

/** One new draft of an account at a time, so that neither key nor limit can be passed by two at once. */
async function lockDraftsOf(tx: Tx, accountId: string): Promise<void> {
  await tx.selectFrom('accounts').select('id').where('id', '=', accountId).forUpdate().execute();
}

/**
 * Saves over the version that the sender has seen.
 * @throws draft_changed when somebody saved a newer one
 */
export async function saveDraft(
  { db, world }: DraftGrounds,
  own: OwnDraft,
  order: { ifVersion: number; body: DraftBody },
): Promise<SavedDraft> {
  return db.transaction().execute(async (tx) => {
    const row = await lockEditable(tx, own);
    if (row.version !== order.ifVersion) throw refuse('draft_changed');
    const version = row.version + 1;
    const now = world.now();
    await tx
      .updateTable('drafts')
      .set({ version, ...columnsOf(order.body), updated_at: now })
      .where('id', '=', row.id)
      .execute();
    await nameUploads(tx, own, { edit: order.body.edit, at: now });
    return { id: row.id, version };
  });
}

async function lockEditable(tx: Tx, own: OwnDraft): Promise<LockedDraft> {
  const row = await lockDraft(tx, own);
  if (!row) throw refuse('not_found');
  if (row.post_id !== null && (await isBecoming(tx, row.post_id))) throw refuse('draft_posted');
  return row;
}

/** A post is being made of the draft: neither failed nor deleted. */
export async function isBecoming(tx: Tx, postId: string): Promise<boolean> {
  const post = await tx.selectFrom('posts').select('state').where('id', '=', postId).executeTakeFirst();
  return post?.state === 'processing' || post?.state === 'scheduled';
}

function columnsOf(body: DraftBody) {
  return {
    title: cleanLine(body.title),
    edit: body.edit ? JSON.stringify(body.edit) : null,
    words: JSON.stringify(body.words),
  };
}

/** Holds the uploads that the edit names, as far as they are the account's; the rows are locked, so that none is discarded meanwhile. */
async function nameUploads(tx: Tx, own: OwnDraft, named: { edit: Edit | undefined; at: Date }): Promise<void> {
  await tx
    .updateTable('draft_uploads')
    .set({ dropped_at: named.at })
    .where('account_id', '=', own.accountId)
    .where('draft_id', '=', own.draftId)
    .where('dropped_at', 'is', null)
    .execute();
  const ids = uploadsOf(named.edit ?? null);
  if (ids.length === 0) return;
  const uploads = await tx
    .selectFrom('uploads')
    .select('id')
    .where('account_id', '=', own.accountId)
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute();
  if (uploads.length === 0) return;
  await tx
    .insertInto('draft_uploads')
    .values(uploads.map(({ id }) => ({ account_id: own.accountId, draft_id: own.draftId, upload_id: id })))
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'draft_id', 'upload_id']).doUpdateSet({ dropped_at: null }),
    )
    .execute();
}

/** SQL: a draft names the upload, or dropped it after the given moment. The query's table is called `uploads`. */
export function isKeptByDraft(forgottenBefore: Date): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from draft_uploads named
    where named.upload_id = uploads.id and (named.dropped_at is null or named.dropped_at > ${forgottenBefore}))`;
}

/** One draft with its uploads. */
export async function ownDraft(grounds: DraftGrounds, own: OwnDraft): Promise<Draft> {
  const row = await grounds.db
    .selectFrom('drafts')
    .selectAll()
    .where('account_id', '=', own.accountId)
    .where('id', '=', own.draftId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw refuse('not_found');
  const shown = await presentDrafts(grounds, [row]);
  const named = uploadsOf(editOf(row));
  const uploads = named.length === 0 ? [] : await ownUploads(grounds, own.accountId, { ids: named });
  const byId = new Map(uploads.map((upload) => [upload.id, upload]));
  return { ...first(shown), uploads: named.flatMap((id) => byId.get(id) ?? []) };
}

/** An account's drafts, those changed last first. Without those of which a post is being made. */
export async function ownDrafts(
  grounds: DraftGrounds,
  accountId: string,
  page: { after?: string | undefined; limit: number },
): Promise<DraftPage> {
  const after = readCursor(page.after);
  // Without the words of captions, which nothing in the list needs: they are nearly all of a large draft.
  const found = await sql<DraftRow>`
    select drafts.account_id, drafts.id, drafts.version, drafts.title, drafts.edit - 'captions' as edit, drafts.words, drafts.created_at, drafts.updated_at
    from drafts
    where drafts.account_id = ${accountId} and drafts.deleted_at is null
      and not exists (select 1 from posts where posts.id = drafts.post_id and posts.state in ('processing', 'scheduled'))
      and ${after ? sql`(drafts.updated_at, drafts.id) < (${after.at}, ${after.id})` : sql`true`}
    order by drafts.updated_at desc, drafts.id desc limit ${page.limit + 1}`.execute(grounds.db);
  const { rows, next } = pageOf(found.rows, page.limit, (row) => ({ at: row.updated_at, id: row.id }));
  return { drafts: await presentDrafts(grounds, rows), next };
}

/** Deletes a draft: gone from every list, kept for ten minutes. */
export async function deleteDraft(
  { db, world }: DraftGrounds,
  own: OwnDraft,
  ifVersion: number | undefined,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const row = await lockEditable(tx, own);
    if (ifVersion !== undefined && row.version !== ifVersion) throw refuse('draft_changed');
    await tx.updateTable('drafts').set({ deleted_at: world.now() }).where('id', '=', row.id).execute();
  });
}

/** Takes a deletion back. */
export async function undeleteDraft({ db, world }: DraftGrounds, own: OwnDraft): Promise<void> {
  const back = await db
    .updateTable('drafts')
    .set({ deleted_at: null })
    .where('account_id', '=', own.accountId)
    .where('id', '=', own.draftId)
    .where((eb) =>
      eb.or([eb('deleted_at', 'is', null), eb('deleted_at', '>=', later(world.now(), -UNDELETE_MINUTES * 60_000))]),
    )
    .executeTakeFirst();
  if (back.numUpdatedRows !== 1n) throw refuse('not_found');
}

async function presentDrafts(grounds: DraftGrounds, rows: readonly DraftRow[]): Promise<Omit<Draft, 'uploads'>[]> {
  const edits = rows.map(editOf);
  const posters = await postersOf(grounds, rows[0]?.account_id, edits.map(coverUploadOf));
  return rows.map((row, index) => {
    const edit = edits[index] ?? null;
    return {
      id: row.id,
      version: row.version,
      title: row.title,
      edit,
      words: draftWordsSchema.parse(row.words),
      createdAt: row.created_at.toISOString(),
      updatedAt: row.updated_at.toISOString(),
      durationMs: durationMsOf(edit),
      posterUrl: posters.get(coverUploadOf(edit) ?? '') ?? null,
    };
  });
}

async function postersOf(
  { db, settings }: DraftGrounds,
  accountId: string | undefined,
  uploadIds: readonly (string | undefined)[],
): Promise<Map<string, string>> {
  const ids = [...new Set(uploadIds.filter((id) => id !== undefined))];
  if (ids.length === 0 || accountId === undefined) return new Map();
  const rows = await db
    .selectFrom('videos')
    .select(['id', 'poster_file_id', 'is_public'])
    .where('account_id', '=', accountId)
    .where('id', 'in', ids)
    .execute();
  return new Map(
    rows.flatMap((row) =>
      row.poster_file_id ? [[row.id, fileUrl(settings, { id: row.poster_file_id, isPublic: row.is_public })]] : [],
    ),
  );
}

function first<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('a draft was read and is not there');
  return row;
}

/** Forgets a draft; returns the uploads that it kept. */
export async function endDraft(tx: Tx, id: string): Promise<string[]> {
  const ended = await tx.deleteFrom('drafts').where('id', '=', id).returning('account_id').executeTakeFirst();
  if (!ended) return [];
  const kept = await tx
    .deleteFrom('draft_uploads')
    .where('account_id', '=', ended.account_id)
    .where('draft_id', '=', id)
    .returning('upload_id')
    .execute();
  return kept.map((row) => row.upload_id);
}
