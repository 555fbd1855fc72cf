import type { Person } from './api.ts';

/** Told of whatever the server would not take; the demo goes on without it. */
export type OnRefusal = (what: string, cause: unknown) => void;

/** Everybody of the demo, by handle. */
export type Town = ReadonlyMap<string, Person>;
