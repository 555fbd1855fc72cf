import { commentSchema, draftSavedSchema } from '@vitrine/schema';
import { drawAvatar } from './avatar.ts';
import { signUp, type Person } from './api.ts';
import type { OnRefusal, Town } from './town.ts';
import { COMMENTS } from './comments.ts';
import { CREATORS, VISITOR } from './people.ts';
import { randomFrom, type Random } from './picture/random.ts';
import type { DemoPost } from './demo-post.ts';
import { POSTS } from './posts.ts';
import type { SoundIds } from './sounds.ts';
import type { Studio } from './studio.ts';

const commentAnswer = commentSchema.pick({ id: true });

/** Creates all accounts. */
export async function settle(origin: string, password: string): Promise<Town> {
  const people = await Promise.all(
    [...CREATORS, VISITOR].map(({ handle, name }) => signUp(origin, { handle, name, password })),
  );
  return new Map(people.map((person) => [person.handle, person]));
}

/** Gives everybody words, people to follow and a face, one after another: the first posts go before. */
export async function introduce(town: Town, onRefusal: OnRefusal): Promise<void> {
  for (const { handle, bio, links } of CREATORS) await town.get(handle)?.send('PATCH', '/me', { bio, links });
  for (const { handle, follows } of [...CREATORS, VISITOR]) {
    for (const followed of follows) await town.get(handle)?.send('PUT', `/accounts/${followed}/follow`);
  }
  for (const { handle, look } of CREATORS) {
    const face = { bytes: await drawAvatar(look), type: 'image/png' };
    await town
      .get(handle)
      ?.sendBytes('PUT', '/me/avatar', face)
      .catch((cause: unknown) => onRefusal(`face of ${handle}`, cause));
  }
}

/** Puts one post online and waits until it plays; answers its id. */
export async function putOnline(
  post: DemoPost,
  hands: { town: Town; studio: Studio; sounds: SoundIds; signal: AbortSignal },
): Promise<string> {
  const { town, studio, sounds, signal } = hands;
  const author = town.get(post.author);
  if (!author) throw new RangeError(`nobody is called ${post.author}`);
  const clip = await studio.clipOf(post);
  const soundId = await sounds.get(post.sound);
  const id = await author.publish({
    ...(soundId === undefined
      ? { uploadId: await author.upload(clip) }
      : { draftId: await laid(author, clip, { post, soundId }) }),
    text: `${post.text} ${post.tags.map((tag) => `#${tag}`).join(' ')}`,
    altText: post.altText,
    language: post.language,
    labels: [...post.labels],
    coverMs: Math.round(post.durationS * 600),
  });
  await author.untilPlayable(id, signal);
  return id;
}

/** A draft of the clip with the sound in place of its own. */
async function laid(author: Person, clip: string, made: { post: DemoPost; soundId: string }): Promise<string> {
  const { post, soundId } = made;
  const uploadId = await author.upload(clip, { editing: 'true' });
  const cut = { id: 'clip', source: { uploadId }, inMs: 0, outMs: Math.round(post.durationS * 1000) };
  const edit = {
    version: 1,
    kind: 'video',
    clips: [cut],
    originalGain: 0,
    sound: { soundId, offsetMs: (post.seed * 100) % 9000, fadeOutMs: 400 },
  };
  return draftSavedSchema.parse(await author.send('POST', '/drafts', { edit })).id;
}

/** What the others make of a post: likes and saves spread unevenly, and its comments with their answers. */
export async function react(town: Town, post: DemoPost, id: string): Promise<void> {
  const random = randomFrom(post.seed);
  const liking = random.between(0.1, 0.95) ** 1.4;
  for (const [handle, person] of town) {
    if (handle === post.author || handle === VISITOR.handle) continue;
    if (random.next() < liking) await person.send('PUT', `/posts/${id}/like`);
    if (random.next() < liking * 0.35) await person.send('PUT', `/posts/${id}/save`);
  }
  await discuss(town, post, { id, random });
}

async function discuss(town: Town, post: DemoPost, place: { id: string; random: Random }): Promise<void> {
  for (const comment of COMMENTS.filter((each) => POSTS[each.post] === post)) {
    const parentId = await say(town, place.id, { by: comment.by, text: comment.text });
    for (const reply of comment.replies) await say(town, place.id, { ...reply, parentId });
    for (const [handle, person] of town) {
      const isLiked = handle !== comment.by && handle !== VISITOR.handle && place.random.next() < 0.25;
      if (isLiked) await person.send('PUT', `/comments/${parentId}/like`);
    }
  }
}

async function say(
  town: Town,
  postId: string,
  words: { by: string; text: string; parentId?: string },
): Promise<string> {
  const { by, ...comment } = words;
  const answer = await town.get(by)?.send('POST', `/posts/${postId}/comments`, comment);
  return commentAnswer.parse(answer).id;
}
