/** Whether what a file says of a taste can be one: the ranking counts in whole numbers and stops at anything else. */
import type { FeedMode, Watch, Wishes } from './memory.ts';

const MODES: readonly FeedMode[] = ['forYou', 'following', 'newest', 'noProfile'];
const MOST = 2 ** 32 - 1;
const BEST_BUCKET = 9;
const STEPS = 3;

type Facts = Partial<Record<string, unknown>>;

/** A whole number from 0 to 2^32 - 1. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= MOST;
}

/** A list whose every member is such. */
export function isListOf<Member>(
  value: unknown,
  isMember: (member: unknown) => member is Member,
): value is readonly Member[] {
  return Array.isArray(value) && value.every(isMember);
}

/** A watch as the device keeps it. */
export function isWatch(value: unknown): value is Watch {
  const watch = factsOf(value);
  const counts = [watch['post'], watch['creator'], watch['sound'], watch['durationMs'], watch['loops'], watch['day']];
  return (
    counts.every(isCount) &&
    isCount(watch['outcomeBucket']) &&
    watch['outcomeBucket'] <= BEST_BUCKET &&
    isText(watch['id']) &&
    isText(watch['handle']) &&
    isListOf(watch['tags'], isText) &&
    isYesOrNo(watch['isSkip']) &&
    isYesOrNo(watch['isPositive'])
  );
}

/** Wishes; members may be missing. */
export function areWishes(value: unknown): value is Partial<Wishes> {
  const wishes = factsOf(value);
  const fits = (name: keyof Wishes, test: (given: unknown) => boolean): boolean =>
    wishes[name] === undefined || test(wishes[name]);
  return (
    fits('mode', (mode) => MODES.some((known) => known === mode)) &&
    (['isLearning', 'showsChip', 'hidesMadeByAi', 'showsSensitive'] as const).every((name) => fits(name, isYesOrNo)) &&
    (['length', 'novelty'] as const).every((name) => fits(name, isStep)) &&
    (['mutedTags', 'languages'] as const).every((name) => fits(name, (list) => isListOf(list, isText))) &&
    (['blockedCreators', 'blockedSounds'] as const).every((name) => fits(name, (list) => isListOf(list, isBlocked))) &&
    fits('sliders', (sliders) => Object.values(factsOf(sliders)).every(isStep))
  );
}

function factsOf(value: unknown): Facts {
  return typeof value === 'object' && value !== null ? (value as Facts) : {};
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isYesOrNo(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isStep(value: unknown): value is number {
  return Number.isSafeInteger(value) && Math.abs(value as number) <= STEPS;
}

function isBlocked(value: unknown): value is { key: number } {
  const { key, handle, title } = factsOf(value);
  return isCount(key) && (isText(handle) || isText(title));
}
