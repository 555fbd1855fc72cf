import type { DemoPost } from './demo-post.ts';
import { LATER_POSTS } from './posts-later.ts';
import { OPENING_POSTS } from './posts-opening.ts';

/** How many posts are made first, while a visitor waits. */
export const FIRST_POSTS = 6;

/** All posts in the order in which they are published. */
export const POSTS: readonly DemoPost[] = [...OPENING_POSTS, ...LATER_POSTS];
