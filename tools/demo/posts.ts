import { LATER_POSTS } from './posts-later.ts';
import { OPENING_POSTS } from './posts-opening.ts';

/** A post of the demo: what to paint, what to play, what to say. Tunes and ambiences are named as in music/. */
export type DemoPost = {
  author: string;
  scene: string;
  variant: number;
  seed: number;
  durationS: number;
  sound: string;
  language: string;
  labels: readonly ('aiMade' | 'paid' | 'sensitive')[];
  tags: readonly string[];
  text: string;
  altText: string;
};

/** How many posts are made first, while a visitor waits. */
export const FIRST_POSTS = 6;

/** All posts in the order in which they are published. */
export const POSTS: readonly DemoPost[] = [...OPENING_POSTS, ...LATER_POSTS];
