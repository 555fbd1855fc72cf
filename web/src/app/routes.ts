/**
 * The pages: one line per screen. `screen` loads the module whose default export is the screen, `withAnswers` together
 * with the cache of answers (`useQuery`); the feed and a post's page do without, so that the first video starts soon.
 * `dock`: which place of the dock is lit. `bare`: no dock and no sidebar (sign-up, the studio).
 * `immersive`: the video fills the page and the dock is glass over it.
 */
import type { ComponentType } from 'react';
import { withAnswers } from '../api/answers.tsx';

/** A place of the dock and of the sidebar. */
export type DockPlace = 'home' | 'explore' | 'create' | 'inbox' | 'profile';

/** A page of the app. Named groups of a RegExp path become the screen's `params`. */
export interface Page {
  path: string | RegExp;
  screen: () => Promise<{
    default: ComponentType<{ params: Record<string, string | undefined> }>;
    /** Asks for what the screen will show first, while the rest of the app still loads. */
    askAhead?: (path: string) => void;
  }>;
  dock?: DockPlace;
  isBare?: boolean;
  isImmersive?: boolean;
  /** On wide pages a bar at the top stands in for the sidebar (pages that strangers open). */
  hasTopBar?: boolean;
}

/** Both addresses of the settings show one screen, which stays while its part changes. */
const settings = withAnswers(() => import('../settings/SettingsScreen.tsx'));

/** The list of shelves and one shelf are one screen. */
const shelves = withAnswers(() => import('../shelves/ShelvesScreen.tsx'));

/** First match wins. */
export const PAGES: readonly Page[] = [
  { path: '/', screen: () => import('../feed/FeedScreen.tsx'), dock: 'home', isImmersive: true },
  { path: '/following', screen: () => import('../feed/FeedScreen.tsx'), dock: 'home', isImmersive: true },
  {
    path: /^\/@(?<handle>[^/]+)\/post\/(?<id>[^/]+)\/?$/,
    screen: () => import('../watch/PostScreen.tsx'),
    isImmersive: true,
    hasTopBar: true,
  },
  {
    path: /^\/@(?<handle>[^/]+)\/post\/(?<id>[^/]+)\/insights\/?$/,
    screen: withAnswers(() => import('../insights/InsightsScreen.tsx')),
    dock: 'profile',
  },
  { path: '/create', screen: withAnswers(() => import('../create/CreateScreen.tsx')), dock: 'create' },
  { path: '/create/edit', screen: withAnswers(() => import('../edit/EditScreen.tsx')), isBare: true },
  { path: '/create/drafts', screen: withAnswers(() => import('../create/DraftsScreen.tsx')), dock: 'create' },
  { path: '/create/post', screen: withAnswers(() => import('../edit/PostStudioScreen.tsx')), dock: 'create' },
  { path: '/explore', screen: withAnswers(() => import('../explore/ExploreScreen.tsx')), dock: 'explore' },
  { path: '/search', screen: withAnswers(() => import('../search/SearchScreen.tsx')), dock: 'explore' },
  { path: '/tag/:name', screen: withAnswers(() => import('../tag/TagScreen.tsx')), dock: 'explore' },
  { path: '/sounds', screen: withAnswers(() => import('../sound/SoundsScreen.tsx')), dock: 'explore' },
  { path: '/sound/:id', screen: withAnswers(() => import('../sound/SoundScreen.tsx')), dock: 'explore' },
  { path: '/inbox', screen: withAnswers(() => import('../inbox/InboxScreen.tsx')), dock: 'inbox' },
  {
    path: /^\/@(?<handle>[^/]+)\/?$/,
    screen: withAnswers(() => import('../profile/ProfileScreen.tsx')),
    dock: 'profile',
  },
  {
    path: /^\/@(?<handle>[^/]+)\/(?<which>followers|following)\/?$/,
    screen: withAnswers(() => import('../profile/PeopleScreen.tsx')),
    dock: 'profile',
  },
  { path: '/standing', screen: withAnswers(() => import('../standing/StandingScreen.tsx')), dock: 'profile' },
  { path: '/taste', screen: withAnswers(() => import('../taste/TasteScreen.tsx')), dock: 'home' },
  { path: '/settings', screen: settings, dock: 'profile' },
  { path: '/settings/:part', screen: settings, dock: 'profile' },
  { path: '/signup', screen: withAnswers(() => import('../accounts/SignUpScreen.tsx')), isBare: true },
  { path: '/login', screen: withAnswers(() => import('../accounts/LogInScreen.tsx')), isBare: true },
  { path: '/setup', screen: withAnswers(() => import('../setup/SetupScreen.tsx')), isBare: true },
  { path: '/shelves', screen: shelves, isBare: true },
  { path: '/shelves/:name', screen: shelves, isBare: true },
  { path: '/algorithm', screen: withAnswers(() => import('../algorithm/AlgorithmScreen.tsx')), isBare: true },
  { path: '/complaint', screen: withAnswers(() => import('../moderate/ComplaintScreen.tsx')) },
];

/** What is shown where no page matches. */
const NOT_FOUND: Page = { path: /./, screen: () => import('./NotFoundScreen.tsx') };

/** The page of an address. */
export function pageAt(path: string): { page: Page; params: Record<string, string | undefined> } {
  for (const page of PAGES) {
    const params = matches(page.path, path);
    if (params !== undefined) return { page, params };
  }
  return { page: NOT_FOUND, params: {} };
}

function matches(pattern: string | RegExp, path: string): Record<string, string | undefined> | undefined {
  if (pattern instanceof RegExp) {
    const found = pattern.exec(path);
    if (found === null) return undefined;
    return Object.fromEntries(
      Object.entries(found.groups ?? {}).map(([name, value]) => [
        name,
        value === undefined ? undefined : decode(value),
      ]),
    );
  }
  const wanted = pattern.split('/');
  const given = path.replace(/(.)\/$/, '$1').split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [place, part] of wanted.entries()) {
    const value = given[place] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decode(value);
    else if (part !== value) return undefined;
  }
  return params;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
