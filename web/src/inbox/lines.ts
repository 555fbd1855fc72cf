/** What a line of the inbox says, and under which heading it stands. */
import type { Notification } from '@vitrine/schema';
import { groundWords } from '../words/ground-words.ts';
import { t, type Word } from '../words/words.ts';

const DAY_MS = 86_400_000;

const SENTENCES: Record<Exclude<Notification['kind'], 'decision'>, Word> = {
  like: 'inbox.like',
  comment: 'inbox.comment',
  reply: 'inbox.reply',
  commentLike: 'inbox.commentLike',
  mention: 'inbox.mention',
  follow: 'inbox.follow',
  followRequest: 'inbox.followRequest',
  followAccepted: 'inbox.followAccepted',
  repost: 'inbox.repost',
  duet: 'inbox.duet',
  stitch: 'inbox.stitch',
  playable: 'inbox.playable',
  failed: 'inbox.failed',
};

/** Who: `noor, ilse and 212 others`. */
export function peopleOf(notification: Pick<Notification, 'people' | 'total'>): string {
  const handles = notification.people.slice(0, 2).map((person) => person.handle);
  const others = notification.total - handles.length;
  if (others > 0) return t('inbox.andOthers', { people: handles.join(', '), n: others });
  return handles.length === 2
    ? t('inbox.and', { first: handles[0] ?? '', second: handles[1] ?? '' })
    : (handles[0] ?? t('inbox.somebody'));
}

/** The whole sentence but for the people, who come first. */
export function sentenceOf(notification: Notification): string {
  const title = titleOf(notification);
  if (notification.kind === 'decision') {
    const { decision } = notification;
    if (decision?.what === 'muted')
      return t(decision.isLifted ? 'inbox.unmuted' : 'inbox.muted', { title, ground: groundWords(decision.ground) });
    const word: Word = decision?.isLifted
      ? 'inbox.decisionLifted'
      : decision?.what === 'suspend'
        ? 'inbox.suspended'
        : 'inbox.decision';
    return t(word, { title, ground: groundWords(decision?.ground ?? '') });
  }
  return t(SENTENCES[notification.kind], {
    title,
    text: notification.comment?.text ?? '',
    problem: notification.problem?.detail ?? '',
    n: notification.total,
  });
}

function titleOf({ post }: Notification): string {
  const text = post?.text.trim() ?? '';
  if (text === '') return t('inbox.yourVideo');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** today · this week · earlier. */
export type Age = 'today' | 'week' | 'earlier';

/** How old a line is, by the person's own days. */
export function ageOf(time: string, now: Date): Age {
  const today = new Date(now);
  today.setHours(0, 0, 0, 0);
  const then = Date.parse(time);
  if (then >= today.getTime()) return 'today';
  return then >= today.getTime() - 6 * DAY_MS ? 'week' : 'earlier';
}
