/**
 * The viewer's own account and what the site says of itself: small stores of their own, so that the first screen
 * needs nothing else. Everything that other screens cache lives in query.ts and hears of changes from here.
 */
import type { Me, Region } from '@vitrine/schema';
import { useEffect, useSyncExternalStore } from 'react';
import { ApiProblem, request } from './request.ts';

interface Kept<Value> {
  value: Value | undefined;
  asking: Promise<Value> | undefined;
  listeners: Set<() => void>;
  ask: () => Promise<Value>;
}

function keep<Value>(ask: () => Promise<Value>): Kept<Value> {
  return { value: undefined, asking: undefined, listeners: new Set(), ask };
}

function set<Value>(kept: Kept<Value>, value: Value): void {
  kept.value = value;
  for (const listener of kept.listeners) listener();
}

/** Asks once however many ask at the same time; a failure is asked again by the next. */
async function fetchInto<Value>(kept: Kept<Value>): Promise<Value> {
  kept.asking ??= kept.ask().finally(() => {
    kept.asking = undefined;
  });
  const value = await kept.asking;
  set(kept, value);
  return value;
}

function useKept<Value>(kept: Kept<Value>): Value | undefined {
  useEffect(() => {
    if (kept.value === undefined) fetchInto(kept).catch(() => undefined);
  }, []);
  return useSyncExternalStore(
    (listener) => {
      kept.listeners.add(listener);
      return () => kept.listeners.delete(listener);
    },
    () => kept.value,
  );
}

const me = keep<Me | null>(async () => {
  try {
    return await request<Me>('/me');
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null;
    throw error;
  }
});
const region = keep<Region>(() => request<Region>('/region'));

const changeListeners = new Set<(key: readonly string[]) => void>();

/** Tells every cache that answers under this key are out of date; an empty key means all of them. */
export function outOfDate(key: readonly string[]): void {
  for (const listener of changeListeners) listener(key);
}

/** Hears of answers that are out of date. */
export function onOutOfDate(listener: (key: readonly string[]) => void): void {
  changeListeners.add(listener);
}

/** The signed-in account; null when signed out; undefined while not known yet. */
export function useMe(): Me | null | undefined {
  return useKept(me);
}

/** The account as far as it is known now, outside components. */
export function currentMe(): Me | null | undefined {
  return me.value;
}

/** Asks for the account anew (unread counts, profile). */
export async function refreshMe(): Promise<void> {
  await fetchInto(me).catch(() => undefined);
}

/** Call after signing in, out or changing one's account: everything that depends on the viewer is asked anew. */
export function meChanged(next: Me | null): void {
  set(me, next);
  outOfDate([]);
}

/** What must be known of this site before anyone signs in. */
export function useRegion(): Region | undefined {
  return useKept(region);
}
