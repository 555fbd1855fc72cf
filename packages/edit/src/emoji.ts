/** Emoji as pictures of the Twemoji set (graphics: CC BY 4.0), so that they look alike in the page and in the finished video. */

/** Emoji in a text, as one or more code points. */
const EMOJI = new RegExp(String.raw`\p{RGI_Emoji}`, 'gv');
const ZERO_WIDTH_JOINER = 0x200d;
const VARIATION_SELECTOR = 0xfe0f;

/** Name of the picture, without folder and ending: `1f600`. The server sends it as `/emoji/<name>.svg`. */
export function emojiFile(emoji: string): string {
  const points = Array.from(emoji, (letter) => letter.codePointAt(0) ?? 0);
  const kept = points.includes(ZERO_WIDTH_JOINER) ? points : points.filter((point) => point !== VARIATION_SELECTOR);
  return kept.map((point) => point.toString(16)).join('-');
}

type TextPart = { kind: 'words' | 'emoji'; text: string };

/** Cuts a line into words and emoji, in the order in which they are read. */
export function textParts(line: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const found of line.matchAll(EMOJI)) {
    if (found.index > at) parts.push({ kind: 'words', text: line.slice(at, found.index) });
    parts.push({ kind: 'emoji', text: found[0] });
    at = found.index + found[0].length;
  }
  if (at < line.length) parts.push({ kind: 'words', text: line.slice(at) });
  return parts;
}

/** Whether a text is exactly one emoji. */
export function isEmoji(text: string): boolean {
  const parts = textParts(text);
  return parts.length === 1 && parts[0]?.kind === 'emoji';
}

/** Emoji of one code point each. */
function signsOf(text: string): string[] {
  return Array.from(text);
}

/** The stickers that are offered, by kind. Any other emoji of the set may be used too. */
export const STICKERS: Readonly<
  Record<'faces' | 'hands' | 'hearts' | 'nature' | 'food' | 'things' | 'signs', string[]>
> = {
  faces: signsOf('😀😂🤣😊😍🥰😘😎🤩🥳🤔🙄😏😴🥺😭😱😡🤯🥶😇🤗🤫🤭😈💀👻👽🤖🤡'),
  hands: ['👍', '👎', '👏', '🙌', '🙏', '👋', '🤝', '💪', '✌️', '🤞', '🤙', '👌', '👀', '🫶', '☝️', '👉', '👈', '👇'],
  hearts: ['❤️', '🧡', '💛', '💚', '💙', '💜', '🖤', '🤍', '💔', '💖', '💯', '💋', '💘', '❣️'],
  nature: signsOf('🌞🌙🌟🌈🔥💧🌊🍀🌸🌹🌻🌴🍁🐶🐱🦊🐻🐼🐸🦄🐝🦋🐙'),
  food: signsOf('🍕🍔🍟🍣🍜🍰🍩🍪🍓🍉🥑🍿🍺🍷🧋'),
  things: ['🎉', '🎁', '🎈', '🏆', '⚽', '🏀', '🎮', '🎸', '🎧', '🎬', '📸', '💡', '💸', '💎', '🚀', '✈️', '🚗', '⏰'],
  signs: ['✅', '❌', '❗', '❓', '⚡', '✨', '💥', '💫', '💤', '🎵', '🔴', '⬆️', '➡️', '⬇️', '⬅️', '🆕', '🔝'],
};
