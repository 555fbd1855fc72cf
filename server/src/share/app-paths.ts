/** Screens of the app that have an address and no page of their own here. Any other address is answered with 404, and the app says so too. */

const SCREENS: ReadonlySet<string> = new Set([
  '',
  'following',
  'explore',
  'search',
  'inbox',
  'create',
  'share-target',
  'settings',
  'signup',
  'login',
  'complaint',
  'standing',
  'taste',
  'setup',
  'shelves',
  'algorithm',
]);

const PEOPLE_LISTS = /^\/@[^/]+\/(followers|following)\/?$/;

/** Whether the app has a screen at a path. */
export function isAppPath(path: string): boolean {
  // `//x` has an empty first part too, and names nothing.
  if (path.startsWith('//')) return false;
  return SCREENS.has(path.split('/')[1] ?? '') || PEOPLE_LISTS.test(path);
}
