/** The short reasons of the posts in the list. */
import type { Chip } from './calls.ts';

const chips = new Map<string, Chip>();
let isOn = true;

/** Takes in the reasons of a page. */
export function holdChip(id: string, chip: Chip): void {
  chips.set(id, chip);
}

/** The reason of a post that the ranking placed, unless chips are switched off. */
export function chipFor(id: string): Chip | undefined {
  return isOn ? chips.get(id) : undefined;
}

/** Whether the ranking has placed the post in this visit. */
export function isRanked(id: string): boolean {
  return chips.has(id);
}

/** Switches chips on or off. */
export function showChips(shows: boolean): void {
  isOn = shows;
}
