/** Tags and mentions written in a text. Pure; any script of Unicode. */
import { LIMITS } from '@vitrine/schema';

/** Letters, marks, digits, underscore, and the joiners that some scripts need within a word. */
const TAG = /(?<![\p{L}\p{M}\p{N}_&/#])[#＃]([\p{L}\p{M}\p{N}_\u200c\u200d]+)/gu;
const HAS_LETTER = /\p{L}/u;
const WHOLE_TAG = /^[\p{L}\p{M}\p{N}_\u200c\u200d]+$/u;
const MENTION = /(?<![\p{L}\p{N}_@./])[@＠]([a-z0-9_.]{2,30})/giu;

/** A tag as it is kept and compared: without the sign, composed, lower case. */
export function foldTag(typed: string): string {
  return typed
    .trim()
    .replace(/^[#＃]/u, '')
    .normalize('NFC')
    .toLowerCase();
}

/** Whether a folded word can be a tag: a word with a letter, not too long. */
export function isTag(folded: string): boolean {
  return WHOLE_TAG.test(folded) && HAS_LETTER.test(folded) && folded.length <= LIMITS.tagChars;
}

/** Tags of a post: those in the text, then the added ones; each once, at most as many as a post may have. */
export function tagsOf(text: string, added: readonly string[]): string[] {
  const written = [...text.normalize('NFC').matchAll(TAG)].map((match) => match[1] ?? '');
  const tags = [...written, ...added].map(foldTag).filter(isTag);
  return [...new Set(tags)].slice(0, LIMITS.tagsPerPost);
}

/** Handles mentioned in a text, lower case, each once. They need not exist. */
export function mentionsOf(text: string): string[] {
  const handles = [...text.matchAll(MENTION)].map((match) => (match[1] ?? '').toLowerCase().replace(/\.+$/, ''));
  return [...new Set(handles.filter((handle) => handle.length >= 2))].slice(0, LIMITS.mentionsPerPost);
}
