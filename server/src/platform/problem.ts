/** Every refusal that the server knows: one line each. On the wire as RFC 9457 problem+json. */

interface ProblemLine {
  status: number;
  /** What happened and what to do, for people. */
  sentence: string;
}

const PROBLEMS = {
  malformed: { status: 400, sentence: 'The request is not in the form that this address takes.' },
  length_needed: { status: 400, sentence: 'Say the size of the file first: uploads of unknown length are not taken.' },
  empty: { status: 400, sentence: 'This file is empty: it holds not a single byte.' },
  not_signed_in: { status: 401, sentence: 'Sign in first.' },
  wrong_credentials: { status: 401, sentence: 'The handle or the password is not right.' },
  not_embeddable: { status: 401, sentence: 'The author does not let other sites show this video.' },
  passkey_refused: { status: 401, sentence: 'This passkey was not accepted. Try again, or sign in another way.' },
  step_up_needed: {
    status: 403,
    sentence: 'Confirm that it is you: enter your password or use your passkey, then try again.',
  },
  not_allowed: { status: 403, sentence: 'You may not do this.' },
  registration_closed: { status: 403, sentence: 'No new accounts are taken here at the moment.' },
  invite_needed: { status: 403, sentence: 'New accounts are by invitation here. Ask the operator for a code.' },
  invite_invalid: {
    status: 403,
    sentence: 'This invitation is not known, was used, or is too old. Ask for another one.',
  },
  foreign_origin: { status: 403, sentence: 'This request came from another site. Open Vitrine itself and try again.' },
  suspended: { status: 403, sentence: 'Your account is suspended. The decision and its ground are in your inbox.' },
  not_found: { status: 404, sentence: 'There is nothing here, or it is not shown to you.' },
  conflict: { status: 409, sentence: 'Something changed in between. Load it again and repeat.' },
  already_restricted: { status: 409, sentence: 'A decision about this is in force already.' },
  not_restricted: { status: 409, sentence: 'No decision about this is in force.' },
  handle_taken: { status: 409, sentence: 'Somebody has this handle already. Choose another one.' },
  algorithm_known: { status: 409, sentence: 'An algorithm with these very weights is in the list already.' },
  too_many_algorithms: { status: 409, sentence: 'An account publishes at most 20 algorithms. Take one back first.' },
  handle_reserved: { status: 409, sentence: 'This handle is kept for the site itself. Choose another one.' },
  passkey_known: { status: 409, sentence: 'This passkey belongs to an account already: sign in with it.' },
  last_way_in: {
    status: 409,
    sentence: 'This is the only way into your account. Add a password or another passkey first.',
  },
  too_many_passkeys: { status: 409, sentence: 'An account holds at most 20 passkeys. Remove one first.' },
  wrong_offset: {
    status: 409,
    sentence: 'The server holds another number of bytes. Ask where to go on, then send from there; nothing is lost.',
  },
  key_reused: { status: 409, sentence: 'This idempotency key was used for something else. Take a new one.' },
  upload_ended: { status: 409, sentence: 'This upload has ended already. Delete its post instead.' },
  already_posted: { status: 409, sentence: 'A post was made of this upload already.' },
  post_deleted: { status: 409, sentence: 'This post is deleted. Take the deletion back first.' },
  too_late: { status: 409, sentence: 'This can be taken back only for ten minutes after the deletion.' },
  not_scheduled: { status: 409, sentence: 'This post is not waiting for its time any more.' },
  comments_off: { status: 403, sentence: 'The author has switched comments off for this post.' },
  not_savable: { status: 403, sentence: 'The author does not let others keep a copy of this video.' },
  not_public: { status: 403, sentence: 'Only what everyone may watch can be passed on.' },
  sound_not_lent: { status: 403, sentence: 'Its author does not let others use this sound.' },
  sound_not_ready: { status: 409, sentence: 'This sound is still being prepared. Try again in a moment.' },
  sound_muted: { status: 409, sentence: 'This sound is muted here by a claim of rights. Its page says why.' },
  too_many_pinned: { status: 409, sentence: 'Three comments are pinned already. Take one down first.' },
  duet_off: { status: 403, sentence: 'The author does not let others make a duet with this post.' },
  stitch_off: { status: 403, sentence: 'The author does not let others stitch this post.' },
  draft_posted: { status: 409, sentence: 'A post is being made of this draft. Delete the post to go on editing.' },
  too_many_drafts: { status: 409, sentence: 'You keep as many drafts as an account may have. Delete one first.' },
  upload_in_draft: { status: 409, sentence: 'A draft uses this upload. Take it out of the draft first.' },
  ticket_key_changed: {
    status: 409,
    sentence: 'Tickets are drawn with another key by now. Ask which, then draw again.',
  },
  ticket_spent: { status: 409, sentence: 'This ticket was used for another report. Nothing was stored.' },
  chunk_too_early: {
    status: 409,
    sentence: 'One of these posts was watched by too few for that. Nothing was stored; the tickets are still good.',
  },
  removed: { status: 410, sentence: 'Removed by the operator.' },
  input_withdrawn: {
    status: 410,
    sentence: 'This held a post that was removed or erased since. What was ranked from it cannot be checked any more.',
  },
  upload_gone: { status: 410, sentence: 'This upload is no more. Start it again.' },
  draft_changed: {
    status: 412,
    sentence: 'This draft was changed somewhere else meanwhile. Load that version, or keep yours as a new draft.',
  },
  too_large: { status: 413, sentence: 'This is larger than what is taken here.' },
  quota_full: { status: 413, sentence: 'Your space is full. Delete a post to make room; nothing was taken.' },
  wrong_media_type: { status: 415, sentence: 'This kind of body is not taken here.' },
  picture_refused: { status: 422, sentence: 'This picture cannot be read. Try another one, as JPEG, PNG or WebP.' },
  password_guessable: {
    status: 422,
    sentence: 'This password is among the first that anyone would try. Choose a longer or stranger one.',
  },
  ticket_invalid: { status: 422, sentence: 'This is no ticket that was issued here in the last eight days.' },
  no_video: { status: 422, sentence: 'There is no moving picture in this file. It is kept as a sound.' },
  sound_refused: { status: 422, sentence: 'The sound in this file could not be read. Nothing of it is kept.' },
  sound_claimed: { status: 422, sentence: 'This recording is muted here by a claim of rights, so it is not taken.' },
  edit_refused: { status: 422, sentence: 'This cannot be published as it is.' },
  algorithm_refused: { status: 422, sentence: 'This is no weights file that the ranking could use.' },
  too_far_ahead: { status: 422, sentence: 'A post can be scheduled at most a year ahead.' },
  upload_failed: { status: 422, sentence: 'This upload came to nothing. Start it again.' },
  invalid_caption: { status: 422, sentence: 'This is not a caption file that can be read: WebVTT and SRT are taken.' },
  too_many_captions: { status: 422, sentence: 'This post has as many caption tracks as it may have.' },
  upload_busy: { status: 423, sentence: 'Another connection is sending this upload. Try again in a moment.' },
  hash_mismatch: {
    status: 460,
    sentence: 'The bytes that arrived are not those that were sent. Start the upload again.',
  },
  version_needed: { status: 428, sentence: 'Say with If-Match which version of the draft this was made from.' },
  too_many: { status: 429, sentence: 'Too many requests. Wait a little and try again; nothing is lost.' },
  internal: { status: 500, sentence: 'Something broke on our side. Nothing that was confirmed is lost; try again.' },
  format_unknown: { status: 501, sentence: 'oEmbed is answered as JSON here: ask with format=json.' },
  upload_elsewhere: {
    status: 503,
    sentence: 'The bytes of this upload lie with another server of this site. Try again: nothing is lost.',
  },
  unavailable: { status: 503, sentence: 'The server is stopping or overloaded. Try again in a moment.' },
  copy_in_the_making: { status: 503, sentence: 'The copy is still being made. Ask for it again in a moment.' },
  disk_full: {
    status: 507,
    sentence: 'The server has no room for this at the moment. Nothing was taken; try again later.',
  },
} as const satisfies Record<string, ProblemLine>;

/** The machine word of a refusal. */
export type ProblemCode = keyof typeof PROBLEMS;

/** What a refusal may carry beside its line. */
interface ProblemFacts {
  /** In place of the line's own sentence. */
  detail?: string;
  fields?: { path: string; message: string }[];
  retryAfterSeconds?: number;
  restriction?: { what: string; ground: string; at: string; ledgerIndex: number; scope: string };
}

/** A refusal on its way to the person. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: ProblemCode;
  readonly status: number;
  readonly facts: ProblemFacts;
  constructor(code: ProblemCode, facts: ProblemFacts, options?: ErrorOptions) {
    super(facts.detail ?? PROBLEMS[code].sentence, options);
    this.code = code;
    this.status = PROBLEMS[code].status;
    this.facts = facts;
  }
}

/** Makes a refusal to be thrown: `throw refuse('handle_taken')`. */
export function refuse(code: ProblemCode, facts: ProblemFacts | string = {}, cause?: unknown): Refusal {
  const told = typeof facts === 'string' ? { detail: facts } : facts;
  return new Refusal(code, told, cause === undefined ? undefined : { cause });
}

/** Whether a word is one of the table's. */
export function isProblemCode(word: string): word is ProblemCode {
  return Object.hasOwn(PROBLEMS, word);
}

/** The line's own sentence, for places that store a code and show it later. */
export function sentenceOf(code: ProblemCode): string {
  return PROBLEMS[code].sentence;
}

/** The body on the wire. `type` leads to the code's line in the API's document. */
export function problemBody(refusal: Refusal) {
  const { detail, ...facts } = refusal.facts;
  const sentence = PROBLEMS[refusal.code].sentence;
  return {
    type: `/api/v1/openapi.json#problem-${refusal.code}`,
    title: sentence,
    status: refusal.status,
    code: refusal.code,
    detail: detail ?? sentence,
    ...facts,
  };
}
