/** One copy of each card for all screens, so that a like shows everywhere at once. */
import type { Card, Counts, PostViewer } from '@vitrine/schema';
import { useSyncExternalStore } from 'react';

interface Held {
  card: Card;
  heldAtMs: number;
}

const cards = new Map<string, Held>();
const listeners = new Map<string, Set<() => void>>();

function tell(id: string): void {
  for (const listener of listeners.get(id) ?? []) listener();
}

/** Takes in cards as they come from the server. A card without `viewer` keeps what was known of the viewer. */
export function holdCards(incoming: readonly Card[]): void {
  for (const card of incoming) {
    const before = cards.get(card.id)?.card;
    const viewer = card.viewer ?? before?.viewer;
    cards.set(card.id, { card: viewer === undefined ? card : { ...card, viewer }, heldAtMs: performance.now() });
    tell(card.id);
  }
}

/** The card as known now. */
export function heldCard(id: string): Card | undefined {
  return cards.get(id)?.card;
}

/** Milliseconds since the server told of it. */
export function cardAgeMs(id: string): number {
  const held = cards.get(id);
  return held === undefined ? Infinity : performance.now() - held.heldAtMs;
}

/** Changes a card in place; the age stays. */
export function changeCard(id: string, change: (card: Card) => Card): void {
  const held = cards.get(id);
  if (held === undefined) return;
  cards.set(id, { ...held, card: change(held.card) });
  tell(id);
}

/** Writes what the server answered to a mark. */
export function settleCard(id: string, counts: Counts, viewer: PostViewer): void {
  changeCard(id, (card) => ({ ...card, counts, viewer }));
}

/** Changes every card of an author (after a follow). */
export function changeCardsOf(handle: string, change: (card: Card) => Card): void {
  for (const [id, { card }] of cards) if (card.account.handle === handle) changeCard(id, change);
}

/** A card in a component; undefined when nobody has brought it yet. */
export function useCard(id: string | undefined): Card | undefined {
  return useSyncExternalStore(
    (listener) => {
      if (id === undefined) return () => undefined;
      const ofCard = listeners.get(id) ?? new Set();
      listeners.set(id, ofCard);
      ofCard.add(listener);
      return () => {
        ofCard.delete(listener);
        if (ofCard.size === 0) listeners.delete(id);
      };
    },
    () => (id === undefined ? undefined : heldCard(id)),
  );
}

const openedGates = new Set<string>();

/** A sensitive post waits behind a gate until the viewer opens it (their own posts do not). */
export function isGated(card: Card): boolean {
  return card.labels.includes('sensitive') && card.viewer?.isMine !== true && !openedGates.has(card.id);
}

/** Opens the gate for this visit. */
export function openGate(id: string): void {
  openedGates.add(id);
}

const TALL = 1.5;

/** Portrait videos fill the page; others stand whole over their blurred poster. */
export function isTall(card: Card): boolean {
  return card.heightPx / card.widthPx >= TALL;
}
