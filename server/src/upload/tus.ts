/** The tus 1.0 protocol (https://tus.io/protocols/resumable-upload): the package speaks it, our staging and rows stand behind it. */
import { DataStore, ERRORS, Server, Upload } from '@tus/server';
import { LIMITS } from '@vitrine/schema';
import { reach } from '../platform/kill-points.ts';
import { problemBody, Refusal, refuse } from '../platform/problem.ts';
import type { World } from '../platform/world.ts';
import { finishUpload, type FinishGrounds } from './finish.ts';
import type { NewUpload, UploadRow } from './store.ts';

/** How long a stalled connection may hold an upload after another one asks for it. */
const DRAIN_MS = 1_000;
const SHA256_HEX = /^[0-9a-f]{64}$/;
const KEY = /^[\x21-\x7e]{1,128}$/;

/** What the protocol needs. */
export interface TusGrounds extends FinishGrounds {
  world: World;
  maxBytes: number;
  /** Counts one more upload of an account; the seconds to wait when it has opened too many. */
  countOpened(accountId: string): Promise<number | undefined>;
  /** Discards a finished upload of which no post was made; false when there is one. */
  discardStored(own: { accountId: string; uploadId: string }): Promise<boolean>;
}

/** Answers one request of a signed-in account. */
export type AnswerTus = (request: Request, accountId: string | undefined) => Promise<Response>;

/** A request and who sends it. */
interface Asked {
  request: Request;
  accountId: string | undefined;
}

type Metadata = Record<string, string | null>;

/** Builds the protocol's server for uploads under a path. */
export function tusServer(grounds: TusGrounds, path: string): AnswerTus {
  const accountOf = new WeakMap<Request, string | undefined>();
  const server = new Server({
    path,
    datastore: new StagedUploads(grounds),
    locker: grounds.locks,
    maxSize: grounds.maxBytes,
    relativeLocation: true,
    respectForwardedHeaders: false,
    allowedOrigins: () => false,
    lockDrainTimeout: DRAIN_MS,
    namingFunction: async (request, metadata) =>
      (await knownUpload(grounds, { request, accountId: accountOf.get(request) }, metadata ?? {}))?.id ??
      grounds.world.newId(),
    onIncomingRequest: (request, id) => checkRequest(grounds, { request, accountId: accountOf.get(request) }, id),
    onUploadCreate: async (request, upload) => {
      await openUpload(grounds, readNew(request, upload, accountOf.get(request)));
      return {};
    },
    onUploadFinish: async (_request, upload) => {
      await finishUpload(grounds, upload.id);
      return {};
    },
    onResponseError: (_request, error) => {
      const refusal = toRefusal(error);
      return { status_code: refusal.status, body: JSON.stringify(problemBody(refusal)) };
    },
  });
  return (request, accountId) => {
    accountOf.set(request, accountId);
    return server.handleWeb(request);
  };
}

/** Staging and rows as the protocol package wants to see them. */
class StagedUploads extends DataStore {
  readonly grounds: TusGrounds;
  override extensions = ['creation', 'creation-with-upload', 'termination'];

  constructor(grounds: TusGrounds) {
    super();
    this.grounds = grounds;
  }

  override async create(upload: Upload): Promise<Upload> {
    // The row was written in onUploadCreate: without a row no file.
    await this.grounds.staging.create(upload.id);
    reach('created');
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const { uploads, staging } = this.grounds;
    const row = await uploads.one(id);
    if (!row) throw refuse('not_found');
    if (row.state === 'failed' || row.state === 'expired')
      throw refuse('upload_gone', row.problem ? { detail: row.problem.detail } : {});
    const isWhole = row.state === 'stored' || (await staging.sealed(id)) !== undefined;
    const offset = isWhole ? row.sizeBytes : await staging.received(id);
    // Web processes without a common STAGING_DIR: what was acknowledged must not be told as lost, nor begun again.
    if ((offset ?? 0) < row.offsetBytes) throw refuse('upload_elsewhere', { retryAfterSeconds: 1 });
    // A crash between row and file: nothing was acknowledged yet.
    if (offset === undefined) await staging.create(id);
    return new Upload({ id, size: row.sizeBytes, offset: offset ?? 0, creation_date: row.createdAt.toISOString() });
  }

  override async write(bytes: AsyncIterable<Uint8Array>, id: string, offset: number): Promise<number> {
    const { uploads, staging } = this.grounds;
    const row = await uploads.one(id);
    if (!row) throw refuse('not_found');
    if (offset >= row.sizeBytes) return offset;
    try {
      return await staging.append(id, offset, bytes);
    } catch (cause) {
      throw isNoSpace(cause) ? refuse('disk_full', {}, cause) : cause;
    } finally {
      await uploads.setOffset(id, (await staging.received(id)) ?? offset);
    }
  }

  override async remove(id: string): Promise<void> {
    const { uploads, staging } = this.grounds;
    const row = await uploads.one(id);
    if (!row) throw refuse('not_found');
    if (await uploads.drop(row.accountId, id)) await staging.remove(id);
    else if (!(await this.grounds.discardStored({ accountId: row.accountId, uploadId: id })))
      throw refuse('upload_ended');
  }
}

/** The upload that the same key opened before, so that a repeated creation continues it. */
async function knownUpload(
  { uploads }: TusGrounds,
  { request, accountId }: Asked,
  metadata: Metadata,
): Promise<UploadRow | undefined> {
  const key = readKey(request, metadata);
  return accountId && key ? uploads.byKey(accountId, key) : undefined;
}

function readKey(request: Request, metadata: Metadata): string | undefined {
  const key = request.headers.get('idempotency-key') ?? metadata.idempotencyKey ?? undefined;
  if (key !== undefined && !KEY.test(key))
    throw refuse('malformed', 'The idempotency key may have up to 128 visible ASCII characters.');
  return key;
}

async function checkRequest(
  { uploads, staging }: TusGrounds,
  { request, accountId }: Asked,
  id: string,
): Promise<void> {
  if (!accountId) throw refuse('not_signed_in');
  if (request.method === 'POST') return;
  const row = await uploads.one(id);
  if (row?.accountId !== accountId) throw refuse('not_found');
  if (request.method === 'PATCH' && row.state === 'receiving' && !(await staging.hasRoomFor(0)))
    throw refuse('disk_full');
  const told = request.headers.get('upload-sha256')?.toLowerCase();
  if (request.method !== 'PATCH' || told === undefined || row.state !== 'receiving') return;
  if (!SHA256_HEX.test(told)) throw refuse('malformed', 'Upload-Sha256 must be 64 hexadecimal digits.');
  await uploads.tellHash(id, told);
}

function readNew(request: Request, upload: Upload, accountId: string | undefined): NewUpload {
  const metadata = upload.metadata ?? {};
  if (!accountId) throw refuse('not_signed_in');
  if (upload.size === undefined) throw refuse('length_needed');
  if (upload.size === 0) throw refuse('empty');
  const sha256 = metadata.sha256?.toLowerCase() || undefined;
  if (sha256 !== undefined && !SHA256_HEX.test(sha256))
    throw refuse('malformed', 'sha256 must be 64 hexadecimal digits.');
  return {
    id: upload.id,
    accountId,
    // Shown to its sender only.
    fileName: (metadata.filename ?? '').replaceAll('\0', '').slice(0, LIMITS.fileNameChars),
    sizeBytes: upload.size,
    sha256,
    idempotencyKey: readKey(request, metadata),
    isEditing: metadata.editing === 'true',
  };
}

/** Writes the row unless the same key has one; refuses before anything is acknowledged when the disk is full. */
async function openUpload(grounds: TusGrounds, upload: NewUpload): Promise<void> {
  const known = await grounds.uploads.one(upload.id);
  if (known) {
    const isSame = known.sizeBytes === upload.sizeBytes && (known.state === 'stored' || known.sha256 === upload.sha256);
    if (!isSame) throw refuse('key_reused');
    return;
  }
  if (!(await grounds.staging.hasRoomFor(upload.sizeBytes))) throw refuse('disk_full');
  const waitSeconds = await grounds.countOpened(upload.accountId);
  if (waitSeconds !== undefined) throw refuse('too_many', { retryAfterSeconds: waitSeconds });
  await grounds.uploads.open(upload).catch((cause: unknown) => {
    // The same key at the same moment: the other one opened it.
    throw isTaken(cause) ? refuse('conflict', {}, cause) : cause;
  });
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  switch (error) {
    case ERRORS.FILE_NOT_FOUND:
      return refuse('not_found');
    case ERRORS.INVALID_OFFSET:
      return refuse('wrong_offset');
    case ERRORS.ERR_MAX_SIZE_EXCEEDED:
    case ERRORS.ERR_SIZE_EXCEEDED:
      return refuse('too_large');
    case ERRORS.INVALID_LENGTH:
    case ERRORS.UNSUPPORTED_CREATION_DEFER_LENGTH_EXTENSION:
      return refuse('length_needed');
    case ERRORS.ABORTED:
      return refuse('upload_busy');
    default:
  }
  const told =
    typeof error === 'object' && error !== null && 'status_code' in error && typeof error.status_code === 'number'
      ? error.status_code
      : 500;
  if (told === 413) return refuse('too_large');
  return told < 500 ? refuse('malformed', {}, error) : refuse('internal', {}, error);
}

/** SQLSTATE 23505: a unique key is taken. */
function isTaken(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === '23505';
}

function isNoSpace(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'ENOSPC' || cause.code === 'EDQUOT');
}
