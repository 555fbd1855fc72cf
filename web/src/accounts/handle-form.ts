/** What can be said of a handle without asking the server. */

const FORM = /^[a-z0-9_]+(\.[a-z0-9_]+)*$/;
const SHORTEST = 2;
const LONGEST = 30;

/** empty: nothing typed · short, long, malformed: cannot be a handle · checking: asked · unknown: nobody answered. */
export type HandleVerdict =
  | 'empty'
  | 'short'
  | 'long'
  | 'malformed'
  | 'checking'
  | 'free'
  | 'taken'
  | 'reserved'
  | 'unknown';

/** What a person types, as a handle is written: lower case, without a leading @ and spaces. */
export function foldTyped(typed: string): string {
  return typed.replace(/\s/g, '').replace(/^@/, '').toLowerCase();
}

/** The verdict on the form alone; undefined: ask. */
export function judgeForm(handle: string): HandleVerdict | undefined {
  if (handle === '') return 'empty';
  if (handle.length < SHORTEST) return 'short';
  if (handle.length > LONGEST) return 'long';
  return FORM.test(handle) ? undefined : 'malformed';
}

/** Whether it is worth asking the server for an account with this handle. */
export function mayBeFree(verdict: HandleVerdict): boolean {
  return verdict === 'checking' || verdict === 'free' || verdict === 'unknown';
}
