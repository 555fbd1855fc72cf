/** Times and speeds of the editor in words. */
import { languageTag, fullNumber } from '../words/words.ts';

/** `5.2 s`. */
export function secondsOf(ms: number): string {
  return new Intl.NumberFormat(languageTag(), {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'narrow',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(ms / 1000);
}

/** `1×`, `0.5×`. */
export function speedWords(speed: number): string {
  return `${fullNumber(Math.round(speed * 100) / 100)}×`;
}

/** `0:06.4`. */
export function fineClock(ms: number): string {
  const tenths = Math.floor(Math.max(0, ms) / 100);
  const two = new Intl.NumberFormat(languageTag(), {
    minimumIntegerDigits: 2,
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return `${fullNumber(Math.floor(tenths / 600))}:${two.format((tenths % 600) / 10)}`;
}
