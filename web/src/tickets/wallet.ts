/** The state on the device, in the browser's own database; one act at a time, also with the page open in several tabs. */
import { createStore, del, get, set } from 'idb-keyval';
import { NOTHING_LEARNT, type Learning } from './learning.ts';

const store = createStore('vitrine-tickets', 'tickets');
const STATE = 'learning';

/** Runs an act on the state that stands, and keeps what it gives. */
export async function change(act: (learning: Learning) => Learning | Promise<Learning>): Promise<Learning> {
  return alone(async () => {
    const before = (await get<Learning>(STATE, store)) ?? NOTHING_LEARNT;
    const after = await act(before);
    if (after !== before) await set(STATE, after, store);
    return after;
  });
}

/** Forgets everything: tickets, and what was not sent yet. */
export async function forget(): Promise<void> {
  await alone(() => del(STATE, store));
}

async function alone<Result>(act: () => Promise<Result>): Promise<Result> {
  // Browsers without locks (only outside of HTTPS) have one tab at a time do this well.
  if (!('locks' in navigator)) return act();
  return navigator.locks.request('vitrine-tickets', act) as Promise<Result>;
}
