/** For the authorisation matrix: one well-formed request of each operation, and the answer's code. */
import { WEIGHTS } from '@vitrine/ranking';
import type { TestRegion } from '../region.ts';
import { freshHandle, makeAsker, makeSubject, ROLES, type MatrixRole, type Subject } from './stage.ts';

/** What a request carries beside its address. */
interface Letter {
  body?: unknown;
  headers?: Record<string, string>;
  raw?: string;
}

type WriteLetter = (subject: Subject) => Letter;

const NOBODYS_ID = '01932f5e-0000-7000-8000-000000000000';
const TUS = { 'tus-resumable': '1.0.0' };
const PASSKEY_ANSWER = { challengeId: NOBODYS_ID, response: {} };
const json =
  (body: unknown): WriteLetter =>
  () => ({ body });

/** Operations that need more than their address. */
const LETTERS: Readonly<Record<string, WriteLetter>> = {
  'POST /api/v1/accounts': () => ({ body: { handle: freshHandle(), password: 'three green parrots', bearer: true } }),
  'POST /api/v1/sessions': (subject) => ({ body: { handle: subject.handle, password: 'not the password' } }),
  'POST /api/v1/passkeys/sign-up-options': () => ({ body: { handle: freshHandle() } }),
  'POST /api/v1/passkeys/sign-ups': json(PASSKEY_ANSWER),
  'POST /api/v1/passkeys/sign-ins': json(PASSKEY_ANSWER),
  'PATCH /api/v1/me': json({ bio: 'new' }),
  'PUT /api/v1/me/handle': () => ({ body: { handle: freshHandle() } }),
  'PUT /api/v1/me/password': json({ password: 'three green parrots' }),
  'PUT /api/v1/me/avatar': () => ({ raw: '', headers: { 'content-type': 'image/png' } }),
  'POST /api/v1/me/passkeys': json(PASSKEY_ANSWER),
  'POST /api/v1/me/step-up': json({ password: 'not the password' }),
  'PUT /api/v1/me/follow-requests/:handle': json({ isAccepted: true }),
  'POST /api/v1/uploads': () => ({
    headers: { ...TUS, 'upload-length': '10', 'upload-metadata': 'filename Y2xpcC5tcDQ=' },
  }),
  'PATCH /api/v1/uploads/:id': () => ({
    raw: '12345',
    headers: { ...TUS, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
  }),
  'DELETE /api/v1/uploads/:id': () => ({ headers: TUS }),
  'POST /api/v1/drafts': json({}),
  'PUT /api/v1/drafts/:id': () => ({ body: {}, headers: { 'if-match': '"1"' } }),
  'PATCH /api/v1/sounds/:id': json({ title: 'new' }),
  'PUT /api/v1/sounds/:id/library': json({ title: 'new', artist: 'A', licence: 'CC0-1.0', creditLine: '' }),
  'PUT /api/v1/sounds/:id/cover': () => ({ raw: '', headers: { 'content-type': 'image/png' } }),
  'POST /api/v1/posts': (subject) => ({ body: { uploadId: subject.uploadId } }),
  'PATCH /api/v1/posts/:id': json({ text: 'new' }),
  'PUT /api/v1/posts/:id/captions/:language': () => ({
    raw: 'WEBVTT\n\n00:00.000 --> 00:01.000\nhello\n',
    headers: { 'content-type': 'text/vtt' },
  }),
  'POST /api/v1/posts/:id/comments': json({ text: 'hello' }),
  'PUT /api/v1/me/notifications/read': json({}),
  'POST /api/v1/tickets': json({ classKey: '2026-01-01.20', blinded: ['A'.repeat(43)] }),
  'POST /api/v1/watches': json({
    ticket: { key: '2026-01-01.20', input: 'A'.repeat(43), output: 'A'.repeat(86) },
    post: 1,
    outcomeBucket: 9,
    loops: 0,
    isSkip: false,
  }),
  'POST /api/v1/algorithms': () => ({
    body: { name: 'quiet', about: 'less', weights: { ...WEIGHTS, version: freshHandle() } },
  }),
  'PUT /api/v1/taste/:address': () => ({
    raw: '0'.repeat(64 * 1024),
    headers: { 'content-type': 'application/octet-stream' },
  }),
  'POST /api/v1/complaints': (subject) => ({
    body: { subject: { kind: 'account', id: subject.handle }, reason: 'spam' },
  }),
};

const QUERIES: Readonly<Record<string, (subject: Subject) => string>> = {
  'GET /api/v1/accounts': () => '?prefix=ab',
  'GET /api/v1/cards': (subject) => `?ids=${subject.postId}`,
  'GET /api/v1/tags': () => '?prefix=ab',
  'GET /oembed': ({ handle, postId }) => `?url=${encodeURIComponent(`http://localhost:0/@${handle}/post/${postId}`)}`,
};

function addressOf(operation: string, subject: Subject): string {
  const path = operation.slice(operation.indexOf(' ') + 1);
  const id = path.includes('/comments/:id')
    ? subject.commentId
    : /\/sounds?\//.test(path)
      ? subject.soundId
      : path.includes('/drafts/')
        ? subject.draftId
        : path.includes('/uploads/')
          ? subject.uploadId
          : path.includes('/sessions/')
            ? subject.sessionId
            : path.includes('/passkeys/')
              ? subject.passkeyId
              : path.startsWith('/media/')
                ? subject.fileId
                : subject.postId;
  const filled = path
    .replace(':handle', path.includes('follow-requests') ? subject.requesterHandle : subject.handle)
    .replace(':id', id)
    .replace(':language', 'en')
    .replace(':name', 'cats')
    .replace(':block', '1')
    .replace(':hash', '0'.repeat(64))
    .replace(':address', '0'.repeat(64));
  return filled + (QUERIES[operation]?.(subject) ?? '');
}

/** One cell of the matrix. */
export interface Cell {
  operation: string;
  state: string;
  role: MatrixRole;
}

/** Lists in which the subject's post may stand. */
const LISTS = /\/(cards|feed\/\w+|explore|posts|likes|saves|reposts)$/;

/**
 * Asks with an asker made for it, and says with which code it was answered; `200+` when a list held the subject's post.
 * What only reads may share a subject.
 */
export async function ask(region: TestRegion, { operation, state, role }: Cell, shared?: Subject): Promise<string> {
  const subject = shared ?? (await makeSubject(region, operation, state));
  const token = await makeAsker(region, role, { subject, operation, state });
  const letter = LETTERS[operation]?.(subject) ?? {};
  const body = letter.raw ?? (letter.body === undefined ? undefined : JSON.stringify(letter.body));
  const answer = await fetch(region.url + addressOf(operation, subject), {
    method: operation.split(' ')[0] ?? 'GET',
    redirect: 'manual',
    headers: {
      ...(letter.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...letter.headers,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  const isListed = operation.startsWith('GET ') && LISTS.test(operation) && text.includes(subject.postId);
  return `${answer.status}${isListed ? '+' : ''}`;
}

const POST_STATES = ['everyone', 'followers', 'onlyMe', 'private', 'removed', 'deleted', 'leaving', 'suspended'];
const COMMENT_STATES = ['everyone', 'written', 'received', 'onlyMe', 'private', 'removed', 'deleted'];
const SOUND_STATES = ['everyone', 'onlyMe', 'private', 'removed', 'leaving', 'suspended'];
const ACCOUNT_STATES = ['everyone', 'private', 'leaving', 'suspended'];

/** The states in which an operation is looked at: those of its subject; `stale` where a step-up is asked for. */
export function usualStates(operation: string): readonly string[] {
  const path = operation.slice(operation.indexOf(' ') + 1);
  if (path.includes('/comments/:id')) return COMMENT_STATES;
  if (/\/sounds?\/:id/.test(path)) return SOUND_STATES;
  if (
    /\/posts\/:id|\/media\/|\/post\/:id|\/embed\/:id|\/accounts\/:handle\/posts/.test(path) ||
    path === '/oembed' ||
    LISTS.test(path)
  )
    return POST_STATES;
  if (path.includes('/accounts/:handle') || path.includes('/@:handle') || path.endsWith('/complaints'))
    return ACCOUNT_STATES;
  return ['-'];
}

/** One row of the matrix as it is answered now, in the order of the roles. */
export async function askRow(region: TestRegion, operation: string, state: string): Promise<string[]> {
  const shared = operation.startsWith('GET ') ? await makeSubject(region, operation, state) : undefined;
  const answers: string[] = [];
  for (const role of ROLES) answers.push(await ask(region, { operation, state, role }, shared));
  return answers;
}
