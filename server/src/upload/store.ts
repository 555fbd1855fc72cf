/** Rows of uploads, sources and quotas. */
import type { Db, Tx } from '../platform/database.ts';
import { writeEvent } from '../platform/outbox.ts';
import { refuse, type ProblemCode } from '../platform/problem.ts';
import { later, type World } from '../platform/world.ts';

/** receiving: bytes arrive · stored: all there, checked, a source · failed: refused at its end · expired: never finished. */
type UploadState = 'receiving' | 'stored' | 'failed' | 'expired';

/** An upload as kept. */
export interface UploadRow {
  id: string;
  accountId: string;
  fileName: string;
  sizeBytes: number;
  offsetBytes: number;
  /** What the sender says; compared at the end. */
  sha256: string | undefined;
  state: UploadState;
  problem: { code: string; detail: string } | undefined;
  isEditing: boolean;
  createdAt: Date;
}

/** What a new upload says of itself. */
export interface NewUpload {
  id: string;
  accountId: string;
  fileName: string;
  sizeBytes: number;
  sha256?: string | undefined;
  idempotencyKey?: string | undefined;
  isEditing: boolean;
}

/** A received file: private, the same id as its upload. */
export interface Source {
  id: string;
  accountId: string;
  storeKey: string;
  sizeBytes: number;
  sha256: string;
}

/** Work for what comes after, in the transaction that keeps the source: the video's row and its first job. */
export type OnStored = (tx: Tx, source: { id: string; accountId: string; isEditing: boolean }) => Promise<void>;

/** The only writer of uploads, sources and quotas. */
export type UploadStore = ReturnType<typeof uploadStore>;

/** Unfinished uploads are kept so long. */
const UPLOAD_HOURS = 24;

interface UploadStoreOptions {
  db: Db;
  world: World;
  quotaBytes: number;
  onStored: OnStored;
}

/** Opens the store. */
export function uploadStore(options: UploadStoreOptions) {
  const { db, world } = options;
  return {
    open: (upload: NewUpload) => db.transaction().execute((tx) => openUpload(tx, options, upload)),
    one: (id: string) => oneUpload(db, id),
    byKey: (accountId: string, key: string) => byKey(db, accountId, key),
    unfinished: () => unfinished(db),
    expiring: () => unfinished(db, world.now()),
    commit: (upload: UploadRow, stored: { storeKey: string; sha256: string }) =>
      db.transaction().execute((tx) => commitStored(tx, options, { upload, ...stored })),
    end: (id: string, as: { state: 'failed' | 'expired'; code: ProblemCode; detail: string }) =>
      db.transaction().execute((tx) => endUpload(tx, world, { id, ...as })),
    drop: (accountId: string, id: string) => db.transaction().execute((tx) => dropReceiving(tx, accountId, id)),
    source: (id: string) => sourceOf(db, id),
    /** Locks an upload for the caller's transaction: its end waits, or is seen. */
    async lock(tx: Tx, id: string): Promise<UploadRow | undefined> {
      const row = await tx.selectFrom('uploads').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
      return row && toUpload(row);
    },
    /** The studio is done: what arrives now is encoded at once. */
    endEditing: async (tx: Tx, id: string) =>
      void (await tx.updateTable('uploads').set({ is_editing: false }).where('id', '=', id).execute()),
    /** The states of those among the given uploads that have a row. */
    async states(ids: string[]): Promise<Map<string, UploadState>> {
      if (ids.length === 0) return new Map();
      const rows = await db.selectFrom('uploads').select(['id', 'state']).where('id', 'in', ids).execute();
      return new Map(rows.map((row) => [row.id, toState(row.state)]));
    },
    setOffset: async (id: string, offsetBytes: number) =>
      void (await db.updateTable('uploads').set({ offset_bytes: offsetBytes }).where('id', '=', id).execute()),
    /** The sender knows the hash only with its last piece; what was said at the opening stands. */
    tellHash: async (id: string, sha256: string) =>
      void (await db.updateTable('uploads').set({ sha256 }).where('id', '=', id).where('sha256', 'is', null).execute()),
    /** What an account keeps and has asked room for, in bytes. */
    async quota(accountId: string): Promise<{ usedBytes: number; limitBytes: number }> {
      const row = await db.selectFrom('quotas').selectAll().where('account_id', '=', accountId).executeTakeFirst();
      return {
        usedBytes: Number(row?.held_bytes ?? 0) + Number(row?.reserved_bytes ?? 0),
        limitBytes: options.quotaBytes,
      };
    },
    release: releaseSource,
    forgetEnded: async (before: Date) =>
      void (await db
        .deleteFrom('uploads')
        .where('state', 'in', ['failed', 'expired'])
        .where('created_at', '<', before)
        .execute()),
    ofAccount: async (accountId: string) =>
      (
        await db
          .selectFrom('uploads')
          .selectAll()
          .where('account_id', '=', accountId)
          .orderBy('created_at', 'desc')
          .execute()
      ).map(toUpload),
    forgetQuota: async (accountId: string) =>
      void (await db.deleteFrom('quotas').where('account_id', '=', accountId).execute()),
    storeKeys: async () =>
      new Set((await db.selectFrom('sources').select('store_key').execute()).map((row) => row.store_key)),
  };
}

async function openUpload(tx: Tx, { world, quotaBytes }: UploadStoreOptions, upload: NewUpload): Promise<void> {
  const now = world.now();
  await tx
    .insertInto('quotas')
    .values({ account_id: upload.accountId })
    .onConflict((conflict) => conflict.column('account_id').doNothing())
    .execute();
  const reserved = await tx
    .updateTable('quotas')
    .set((eb) => ({ reserved_bytes: eb('reserved_bytes', '+', String(upload.sizeBytes)) }))
    .where('account_id', '=', upload.accountId)
    .where((eb) => eb(eb('held_bytes', '+', eb.ref('reserved_bytes')), '<=', String(quotaBytes - upload.sizeBytes)))
    .executeTakeFirst();
  if (reserved.numUpdatedRows !== 1n) throw refuse('quota_full');
  if (upload.idempotencyKey) {
    // A key whose upload came to nothing may be used again.
    await tx
      .updateTable('uploads')
      .set({ idempotency_key: null })
      .where('account_id', '=', upload.accountId)
      .where('idempotency_key', '=', upload.idempotencyKey)
      .where('state', 'in', ['failed', 'expired'])
      .execute();
  }
  await tx
    .insertInto('uploads')
    .values({
      account_id: upload.accountId,
      id: upload.id,
      file_name: upload.fileName,
      size_bytes: upload.sizeBytes,
      offset_bytes: 0,
      sha256: upload.sha256 ?? null,
      idempotency_key: upload.idempotencyKey ?? null,
      state: 'receiving',
      is_editing: upload.isEditing,
      created_at: now,
      expires_at: later(now, UPLOAD_HOURS * 3_600_000),
    })
    .execute();
}

/** One transaction: source, video row, job, event, quota. False when another run has done it, or the upload is gone. */
async function commitStored(
  tx: Tx,
  { world, onStored }: UploadStoreOptions,
  given: { upload: UploadRow; storeKey: string; sha256: string },
): Promise<boolean> {
  const { upload } = given;
  const now = world.now();
  const ended = await tx
    .updateTable('uploads')
    .set({ state: 'stored', offset_bytes: upload.sizeBytes, sha256: given.sha256, finished_at: now })
    .where('id', '=', upload.id)
    .where('state', '=', 'receiving')
    .returning('is_editing')
    .executeTakeFirst();
  if (!ended) return false;
  await tx
    .insertInto('sources')
    .values({
      account_id: upload.accountId,
      id: upload.id,
      upload_id: upload.id,
      store_key: given.storeKey,
      size_bytes: upload.sizeBytes,
      sha256: given.sha256,
      created_at: now,
    })
    .execute();
  await moveQuota(tx, upload.accountId, { held: upload.sizeBytes, reserved: -upload.sizeBytes });
  await onStored(tx, { id: upload.id, accountId: upload.accountId, isEditing: ended.is_editing });
  await writeEvent(tx, world, {
    kind: 'upload.stored',
    writerKey: upload.id,
    body: { uploadId: upload.id, accountId: upload.accountId },
  });
  return true;
}

async function endUpload(
  tx: Tx,
  world: World,
  as: { id: string; state: 'failed' | 'expired'; code: ProblemCode; detail: string },
): Promise<boolean> {
  const row = await tx
    .updateTable('uploads')
    .set({ state: as.state, problem_code: as.code, problem_detail: as.detail })
    .where('id', '=', as.id)
    .where('state', '=', 'receiving')
    .returning(['account_id', 'size_bytes'])
    .executeTakeFirst();
  if (!row) return false;
  await moveQuota(tx, row.account_id, { held: 0, reserved: -Number(row.size_bytes) });
  await writeEvent(tx, world, {
    kind: 'upload.ended',
    writerKey: as.id,
    body: { uploadId: as.id, code: as.code, detail: as.detail },
  });
  return true;
}

/** Forgets an upload that was not finished. */
async function dropReceiving(tx: Tx, accountId: string, id: string): Promise<boolean> {
  const row = await tx
    .deleteFrom('uploads')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('state', '=', 'receiving')
    .returning('size_bytes')
    .executeTakeFirst();
  if (row) await moveQuota(tx, accountId, { held: 0, reserved: -Number(row.size_bytes) });
  return row !== undefined;
}

/**
 * Gives up a source in the transaction of the caller and gives its bytes back to the quota. The caller removes the file after the commit.
 * With a reason the upload stays as failed, else it is forgotten with its idempotency key.
 * @returns the key on the media store, undefined when there was no source any more
 */
async function releaseSource(
  tx: Tx,
  id: string,
  reason?: { code: string; detail: string },
): Promise<string | undefined> {
  const source = await tx
    .deleteFrom('sources')
    .where('id', '=', id)
    .returning(['account_id', 'size_bytes', 'store_key'])
    .executeTakeFirst();
  if (source) await moveQuota(tx, source.account_id, { held: -Number(source.size_bytes), reserved: 0 });
  if (reason)
    await tx
      .updateTable('uploads')
      .set({ state: 'failed', problem_code: reason.code, problem_detail: reason.detail })
      .where('id', '=', id)
      .execute();
  else await tx.deleteFrom('uploads').where('id', '=', id).where('state', '!=', 'receiving').execute();
  return source?.store_key;
}

async function moveQuota(tx: Tx, accountId: string, by: { held: number; reserved: number }): Promise<void> {
  await tx
    .updateTable('quotas')
    .set((eb) => ({
      held_bytes: eb('held_bytes', '+', String(by.held)),
      reserved_bytes: eb('reserved_bytes', '+', String(by.reserved)),
    }))
    .where('account_id', '=', accountId)
    .execute();
}

async function sourceOf(db: Db | Tx, id: string): Promise<Source | undefined> {
  const row = await db.selectFrom('sources').selectAll().where('id', '=', id).executeTakeFirst();
  return (
    row && {
      id: row.id,
      accountId: row.account_id,
      storeKey: row.store_key,
      sizeBytes: Number(row.size_bytes),
      sha256: row.sha256,
    }
  );
}

async function oneUpload(db: Db, id: string): Promise<UploadRow | undefined> {
  const row = await db.selectFrom('uploads').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toUpload(row);
}

async function byKey(db: Db, accountId: string, key: string): Promise<UploadRow | undefined> {
  const row = await db
    .selectFrom('uploads')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('idempotency_key', '=', key)
    .where('state', 'in', ['receiving', 'stored'])
    .executeTakeFirst();
  return row && toUpload(row);
}

async function unfinished(db: Db, expiredBy?: Date): Promise<UploadRow[]> {
  const receiving = db.selectFrom('uploads').selectAll().where('state', '=', 'receiving');
  const rows = await (expiredBy ? receiving.where('expires_at', '<', expiredBy) : receiving)
    .orderBy('created_at')
    .execute();
  return rows.map(toUpload);
}

/** The columns of an upload's row that leave this folder. */
export interface UploadColumns {
  id: string;
  account_id: string;
  file_name: string;
  size_bytes: string;
  offset_bytes: string;
  sha256: string | null;
  state: string;
  problem_code: string | null;
  problem_detail: string | null;
  is_editing: boolean;
  created_at: Date;
}

function toUpload(row: UploadColumns): UploadRow {
  return {
    id: row.id,
    accountId: row.account_id,
    fileName: row.file_name,
    sizeBytes: Number(row.size_bytes),
    offsetBytes: Number(row.offset_bytes),
    sha256: row.sha256 ?? undefined,
    state: toState(row.state),
    problem: row.problem_code ? { code: row.problem_code, detail: row.problem_detail ?? '' } : undefined,
    isEditing: row.is_editing,
    createdAt: row.created_at,
  };
}

function toState(state: string): UploadState {
  if (state === 'receiving' || state === 'stored' || state === 'failed' || state === 'expired') return state;
  throw new Error(`an upload in the state ${state}`);
}
