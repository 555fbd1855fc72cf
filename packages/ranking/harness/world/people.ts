/** A made-up region: people with tastes that drift, posts with topics and a quality. Everything follows from the seed. */
import { chanceFrom, type Chance, normal, type PostFacts } from '@vitrine/ranking';

/** How large the region is. */
interface WorldSize {
  viewers: number;
  creators: number;
  /** Posts at the start, and new ones a day. */
  posts: number;
  postsPerDay: number;
  topics: number;
  days: number;
  /** Watches of a viewer a day. */
  watches: number;
  /** Part of a taste that moves to other topics in a day. */
  drift: number;
}

/** Small enough to run in minutes on one core. */
export const SMALL_WORLD: WorldSize = {
  viewers: 300,
  creators: 120,
  posts: 1200,
  postsPerDay: 5,
  topics: 24,
  days: 14,
  watches: 20,
  drift: 0.02,
};

/** Somebody who watches. */
export interface Person {
  /** Weight of each topic, 1 in all. */
  taste: Float64Array;
}

/** A post as nature made it. */
export interface MadePost {
  facts: PostFacts;
  topic: number;
  second: number;
  /** N(0, 1): what everybody likes about it. */
  quality: number;
  /** Day of its publication; 0 for those of the start. */
  day: number;
}

/** The region. */
export interface MadeWorld {
  size: WorldSize;
  people: Person[];
  /** By number, in the order of publication. */
  posts: MadePost[];
  chance: Chance;
}

/** Topics that a person cares for at any time. */
const CARED_FOR = 3;

/** Makes people and all posts that will ever be. */
export function makeWorld(seed: number, size: WorldSize): MadeWorld {
  const chance = chanceFrom(seed);
  const people = Array.from({ length: size.viewers }, () => ({ taste: newTaste(chance, size.topics) }));
  const total = size.posts + size.days * size.postsPerDay;
  const posts = Array.from({ length: total }, (_, post) => makePost(chance, size, post));
  return { size, people, posts, chance };
}

function newTaste(chance: Chance, topics: number): Float64Array {
  const taste = new Float64Array(topics);
  for (let i = 0; i < CARED_FOR; i += 1) {
    const topic = chance.below(topics);
    taste[topic] = (taste[topic] ?? 0) + 1 / CARED_FOR;
  }
  return taste;
}

function makePost(chance: Chance, size: WorldSize, post: number): MadePost {
  const topic = chance.below(size.topics);
  const second = chance.below(size.topics);
  const day = post < size.posts ? 0 : 1 + Math.floor((post - size.posts) / size.postsPerDay);
  const facts = {
    post,
    creator: 1 + chance.below(size.creators),
    sound: 0,
    tags: [1 + topic, 1 + second],
    durationMs: 5000 + chance.below(60_000),
    publishedMinute: day * 1440,
    language: 0,
    flags: 0,
    restriction: 0,
  };
  return { facts, topic, second, quality: normal(chance, 1), day };
}

/** A day passes: a part of every taste moves to a topic drawn by chance. */
export function drift({ people, chance, size }: MadeWorld): void {
  for (const { taste } of people) {
    for (let topic = 0; topic < taste.length; topic += 1) taste[topic] = (taste[topic] ?? 0) * (1 - size.drift);
    const topic = chance.below(taste.length);
    taste[topic] = (taste[topic] ?? 0) + size.drift;
  }
}

/** Probability that the person finishes or likes the post. */
export function likelihood({ taste }: Person, { topic, second, quality }: MadePost): number {
  const match = (taste[topic] ?? 0) + 0.5 * (taste[second] ?? 0);
  return 1 / (1 + Math.exp(2 - 5 * match - 0.8 * quality));
}
