/** Inbox and complaints: `/api/v1/me/notifications`, `/me/decisions`, `/complaints`. */
import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { personSchema } from './accounts.ts';
import { nextSchema, timeSchema } from './paging.ts';

export const notificationKindSchema = z.enum([
  'like',
  'comment',
  'reply',
  'commentLike',
  'mention',
  'follow',
  'followRequest',
  'followAccepted',
  'repost',
  'duet',
  'stitch',
  'playable',
  'failed',
  'decision',
]);
export type NotificationKind = z.infer<typeof notificationKindSchema>;
/** One line of the inbox. Likes of one post and follows of one day are grouped: `people` holds the newest three, `total` all. */
export const notificationSchema = z.object({
  id: idSchema,
  kind: notificationKindSchema,
  at: timeSchema,
  isRead: z.boolean(),
  people: z.array(personSchema),
  total: z.number().int(),
  post: z.object({ id: idSchema, path: z.string(), posterUrl: z.string().nullable(), text: z.string() }).nullable(),
  comment: z.object({ id: idSchema, text: z.string() }).nullable(),
  /** Of `failed`: the problem. */
  problem: z.object({ code: z.string(), detail: z.string() }).optional(),
  decision: z
    .object({ what: z.string(), ground: z.string(), ledgerIndex: z.number().int(), isLifted: z.boolean() })
    .optional(),
});
export type Notification = z.infer<typeof notificationSchema>;
export const notificationFilterSchema = z.enum(['all', 'comments', 'follows', 'likes', 'decisions', 'uploads']);
export type NotificationFilter = z.infer<typeof notificationFilterSchema>;
export const notificationPageSchema = z.object({
  notifications: z.array(notificationSchema),
  next: nextSchema,
  unread: z.number().int(),
});
export type NotificationPage = z.infer<typeof notificationPageSchema>;

/** The 18 reasons of a complaint, in the order in which they are shown. */
export const COMPLAINT_REASONS = [
  'spam',
  'scam',
  'impersonation',
  'harassment',
  'hate',
  'threat',
  'violence',
  'nudity',
  'childSafety',
  'selfHarm',
  'dangerousActs',
  'drugsOrWeapons',
  'falseInformation',
  'privacy',
  'copyright',
  'trademark',
  'unlabelledAiOrAdvertising',
  'otherIllegal',
] as const;
export const complaintReasonSchema = z.enum(COMPLAINT_REASONS);
export type ComplaintReason = z.infer<typeof complaintReasonSchema>;
export const complaintSubjectSchema = z.object({
  kind: z.enum(['post', 'account', 'comment', 'sound']),
  id: z.string().min(2).max(36),
});
/** `POST /complaints`: signed in or not; `subject.id` of an account is its handle. */
export const complaintSchema = z.object({
  subject: complaintSubjectSchema,
  reason: complaintReasonSchema,
  text: z.string().max(LIMITS.complaintTextChars).default(''),
});
export const complaintAnswerSchema = z.object({ id: idSchema });
