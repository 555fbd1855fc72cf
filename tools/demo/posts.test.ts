import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS } from '@vitrine/schema';
import sharp from 'sharp';
import { drawAvatar } from './avatar.ts';
import { COMMENTS } from './comments.ts';
import { AMBIENCES } from './music/ambience.ts';
import { TUNES } from './music/tunes.ts';
import { CREATORS, VISITOR } from './people.ts';
import { FIRST_POSTS, POSTS } from './posts.ts';
import { GENERATORS } from './scenes.ts';

const HANDLES = new Set(CREATORS.map((creator) => creator.handle));

test('there are at least 8 creators, each with posts, and everybody they follow exists', () => {
  assert.ok(CREATORS.length >= 8);
  for (const creator of CREATORS) {
    assert.match(creator.handle, /^[a-z0-9_.]{2,30}$/);
    assert.ok(creator.bio.length <= LIMITS.bioChars);
    assert.ok(POSTS.filter((post) => post.author === creator.handle).length >= 2, creator.handle);
    for (const followed of creator.follows) assert.ok(HANDLES.has(followed) && followed !== creator.handle, followed);
  }
  for (const followed of VISITOR.follows) assert.ok(HANDLES.has(followed));
});

test('there are at least 30 posts of 6 to 25 s by known people with known pictures and sounds', () => {
  assert.ok(POSTS.length >= 30);
  const sounds = new Set([...Object.keys(TUNES), ...AMBIENCES]);
  for (const post of POSTS) {
    assert.ok(HANDLES.has(post.author), post.author);
    assert.ok(post.durationS >= 6 && post.durationS <= 25, post.text);
    assert.ok(GENERATORS[post.scene], post.scene);
    assert.ok(sounds.has(post.sound), post.sound);
    assert.ok(post.altText.length > 10 && post.tags.length > 0, post.text);
  }
});

test('the posts show every generator, at least 8 tunes, three languages and two labels, and no clip twice', () => {
  assert.deepEqual(new Set(POSTS.map((post) => post.scene)), new Set(Object.keys(GENERATORS)));
  assert.ok(new Set(POSTS.map((post) => post.sound).filter((sound) => TUNES[sound])).size >= 8);
  assert.deepEqual(new Set(POSTS.map((post) => post.language)), new Set(['en', 'es', 'ar']));
  assert.deepEqual(new Set(POSTS.flatMap((post) => post.labels)), new Set(['aiMade', 'paid']));
  assert.equal(new Set(POSTS.map((post) => `${post.scene} ${post.variant} ${post.seed}`)).size, POSTS.length);
});

test('the first posts, for which a visitor waits, are short', () => {
  for (const post of POSTS.slice(0, FIRST_POSTS)) assert.ok(post.durationS <= 8, post.text);
});

test('every comment answers a post that exists and nobody unknown speaks', () => {
  assert.ok(COMMENTS.length >= 50);
  for (const comment of COMMENTS) {
    assert.ok(POSTS[comment.post], comment.text);
    for (const { by, text } of [comment, ...comment.replies])
      assert.ok(HANDLES.has(by) && text.length <= LIMITS.commentChars, by);
  }
});

test('every creator has a face of their own, a square PNG', async () => {
  const faces = await Promise.all(CREATORS.map((creator) => drawAvatar(creator.look)));
  assert.equal(new Set(faces.map((face) => face.toString('base64'))).size, CREATORS.length);
  for (const face of faces) {
    const { format, width, height } = await sharp(face).metadata();
    assert.deepEqual([format, width, height], ['png', 512, 512]);
  }
});
