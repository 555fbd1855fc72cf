/** Accounts, sessions, follows: `/api/v1/accounts`, `/sessions`, `/passkeys`, `/me`. */
import { z } from 'zod';
import { handleSchema } from '../handle.ts';
import { idSchema } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { nextSchema, timeSchema } from './paging.ts';

export const ageBandSchema = z.enum(['13to15', '16to17', '18over']);
export type AgeBand = z.infer<typeof ageBandSchema>;

export const roleSchema = z.enum(['operator', 'moderator']);
export type Role = z.infer<typeof roleSchema>;

const passwordSchema = z.string().min(LIMITS.passwordMinChars).max(LIMITS.passwordMaxChars);
const linkSchema = z.url({ protocol: /^https?$/ }).max(LIMITS.linkChars);

/** The few facts shown beside anything an account made. */
export const personSchema = z.object({
  handle: z.string(),
  name: z.string(),
  avatarUrl: z.string().nullable(),
});
export type Person = z.infer<typeof personSchema>;

/** How the viewer stands to an account. */
export const followStateSchema = z.enum(['none', 'requested', 'following']);
export type FollowState = z.infer<typeof followStateSchema>;

/** `GET /accounts/:handle`. Of a private account that the viewer does not follow: everything but its posts. */
export const profileSchema = personSchema.extend({
  id: idSchema,
  bio: z.string(),
  links: z.array(z.string()),
  isPrivate: z.boolean(),
  createdAt: timeSchema,
  counts: z.object({
    followers: z.number().int(),
    following: z.number().int(),
    posts: z.number().int(),
    likes: z.number().int(),
  }),
  /** Absent for a signed-out viewer. */
  viewer: z
    .object({
      isMe: z.boolean(),
      follow: followStateSchema,
      followsMe: z.boolean(),
      isBlocked: z.boolean(),
      isMuted: z.boolean(),
    })
    .optional(),
});
export type Profile = z.infer<typeof profileSchema>;

/** `GET /me`: the signed-in account, for its own eyes. */
export const meSchema = profileSchema.extend({
  ageBand: ageBandSchema,
  roles: z.array(roleSchema),
  hasPassword: z.boolean(),
  passkeys: z.number().int(),
  recoveryCodesLeft: z.number().int(),
  unread: z.number().int(),
  followRequests: z.number().int(),
  /** Set while the account is leaving: when it will be erased. */
  leavesAt: timeSchema.nullable(),
  /** Set while the operator has suspended it. */
  suspension: z.object({ ground: z.string(), at: timeSchema, ledgerIndex: z.number().int() }).nullable(),
  quota: z.object({ usedBytes: z.number(), limitBytes: z.number() }),
});
export type Me = z.infer<typeof meSchema>;

/** `POST /accounts`. Without password: start with a passkey instead (`/passkeys/sign-up-options`). */
export const signUpSchema = z.object({
  handle: handleSchema,
  password: passwordSchema,
  ageBand: ageBandSchema.default('18over'),
  name: z.string().max(LIMITS.nameChars).optional(),
  inviteCode: z.string().max(64).optional(),
  /** Ask for a bearer token instead of a cookie (command line). */
  bearer: z.boolean().optional(),
});
/** 201 of signing up: the codes are shown once. */
export const signedUpSchema = z.object({
  account: meSchema,
  recoveryCodes: z.array(z.string()),
  token: z.string().optional(),
});
export type SignedUp = z.infer<typeof signedUpSchema>;

/** `POST /sessions`: exactly one of password and recoveryCode. */
export const signInSchema = z.object({
  handle: handleSchema,
  password: z.string().max(LIMITS.passwordMaxChars).optional(),
  recoveryCode: z.string().max(64).optional(),
  bearer: z.boolean().optional(),
});
export const signedInSchema = z.object({ account: meSchema, token: z.string().optional() });
export type SignedIn = z.infer<typeof signedInSchema>;

/** `POST /passkeys/sign-up-options` -> options for the browser; then `POST /passkeys/sign-ups` -> 201 signedUp. */
export const passkeySignUpSchema = z.object({
  handle: handleSchema,
  ageBand: ageBandSchema.default('18over'),
  inviteCode: z.string().max(64).optional(),
});
/** Options of a WebAuthn ceremony, valid for five minutes. `options` goes to @simplewebauthn/browser as is. */
export const passkeyOptionsSchema = z.object({ challengeId: idSchema, options: z.record(z.string(), z.unknown()) });
export type PasskeyOptions = z.infer<typeof passkeyOptionsSchema>;
/** The browser's answer, asked for by `/passkeys/sign-in-options`, `/me/passkeys/options`, `/me/step-up/options`: to `/passkeys/sign-ups`, `/passkeys/sign-ins`, `/me/passkeys`, `/me/step-up`. */
export const passkeyAnswerSchema = z.object({
  challengeId: idSchema,
  response: z.record(z.string(), z.unknown()),
  bearer: z.boolean().optional(),
});

export const passkeySchema = z.object({ id: z.string(), createdAt: timeSchema, lastUsedDay: z.string().nullable() });
export const sessionSchema = z.object({
  id: idSchema,
  kind: z.enum(['browser', 'commandLine']),
  createdAt: timeSchema,
  lastUsedDay: z.string(),
  isCurrent: z.boolean(),
});
export type Session = z.infer<typeof sessionSchema>;
/** `GET /me/passkeys`. `DELETE /me/passkeys/:id` refuses the last way into an account. */
export const passkeysSchema = z.object({ passkeys: z.array(passkeySchema) });
/** `GET /sessions`. `DELETE /sessions/:id` ends one (`current`: signs out), `DELETE /sessions` all others. */
export const sessionsSchema = z.object({ sessions: z.array(sessionSchema) });

/** `PATCH /me`: only what is given changes. */
export const profileChangeSchema = z.object({
  name: z.string().max(LIMITS.nameChars).optional(),
  bio: z.string().max(LIMITS.bioChars).optional(),
  links: z.array(linkSchema).max(LIMITS.links).optional(),
  isPrivate: z.boolean().optional(),
  ageBand: ageBandSchema.optional(),
});
/** `POST /me/step-up`: re-authentication, good for ten minutes; or a passkey answer. */
export const stepUpSchema = z.object({ password: z.string().max(LIMITS.passwordMaxChars) });
/** The session has a new token from now on: in its cookie, or here for the command line. */
export const steppedUpSchema = z.object({ until: timeSchema, token: z.string().optional() });
/** `POST /me/recovery-codes`: the old ones are worth nothing any more; the new ones are shown once. */
export const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()) });
/** `DELETE /me`: hidden at once, erased then. `POST /me/return` before that brings everything back. */
export const leavingSchema = z.object({ leavesAt: timeSchema });
export const passwordChangeSchema = z.object({ password: passwordSchema });
export const handleChangeSchema = z.object({ handle: handleSchema });
/** `GET /handles/:handle`. */
export const handleAnswerSchema = z.object({
  handle: z.string(),
  isFree: z.boolean(),
  reason: z.enum(['taken', 'reserved', 'malformed']).optional(),
});
export type HandleAnswer = z.infer<typeof handleAnswerSchema>;

/** `PUT|DELETE /accounts/:handle/follow`. */
export const followAnswerSchema = z.object({ follow: followStateSchema, followers: z.number().int() });
export const peopleSchema = z.object({
  accounts: z.array(
    personSchema.extend({ viewer: z.object({ isMe: z.boolean(), follow: followStateSchema }).optional() }),
  ),
  next: nextSchema,
});
export type People = z.infer<typeof peopleSchema>;
/** `PUT /me/follow-requests/:handle`. */
export const followRequestAnswerSchema = z.object({ isAccepted: z.boolean() });

/** `GET /region`: what a page must know before anyone signs in. */
export const regionSchema = z.object({
  name: z.string(),
  registration: z.enum(['open', 'invite', 'closed']),
  publicUrl: z.string(),
  mediaUrl: z.string(),
  /** False on addresses where passkeys cannot work (an IP is no RP id); `passkeyUrl` says where they do. */
  passkeyUrl: z.string(),
  upload: z.object({ maxBytes: z.number(), maxDurationMs: z.number(), quotaBytes: z.number() }),
  /** True until the first operator exists. */
  needsOperator: z.boolean(),
});
export type Region = z.infer<typeof regionSchema>;
