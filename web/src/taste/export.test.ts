import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinTaste, mergeTaste, readExport, writeExport } from './export.ts';
import { changeWishes, forget, type Memory, newMemory, rememberWatch, type Watch } from './memory.ts';

const TODAY = 20_000;

function watch(memory: Memory, post: number, day = TODAY): void {
  const watched: Watch = {
    post,
    id: `post ${post}`,
    creator: 0,
    sound: 0,
    tags: [],
    handle: 'mara',
    durationMs: 9000,
    outcomeBucket: 9,
    loops: 0,
    isSkip: false,
    isPositive: true,
    day,
  };
  rememberWatch(memory, watched, true);
}

const postsOf = ({ watches }: Memory): number[] => watches.map(({ post }) => post).sort((a, b) => a - b);

/** Two devices that have joined, and a round of taking in and handing out by both. */
function twoDevices(...posts: number[]) {
  const one = newMemory();
  for (const post of posts) watch(one, post);
  const devices = { one, two: joinTaste(writeExport(one), newMemory()) };
  const round = (): void => {
    devices.one = mergeTaste(writeExport(devices.two), devices.one);
    devices.two = mergeTaste(writeExport(devices.one), devices.two);
  };
  return { devices, round };
}

test('what is forgotten on one device is forgotten on the others and stays so, but counts when it is watched again', () => {
  const { devices, round } = twoDevices(1, 2, 3);
  watch(devices.two, 4);
  forget(devices.one, { post: 2 });
  round();
  round();
  assert.deepEqual(
    [postsOf(devices.one), postsOf(devices.two)],
    [
      [1, 3, 4],
      [1, 3, 4],
    ],
  );
  forget(devices.two, { day: TODAY });
  watch(devices.one, 2, TODAY + 1);
  round();
  assert.deepEqual([postsOf(devices.one), postsOf(devices.two)], [[2], [2]]);
});

test('who starts over on one device has started over on all', () => {
  const { devices, round } = twoDevices(1, 2);
  changeWishes(devices.one, { mutedTags: ['noodles'] });
  round();
  assert.deepEqual(devices.two.wishes.mutedTags, ['noodles']);
  watch(devices.two, 5);
  forget(devices.one, 'all');
  watch(devices.one, 6);
  round();
  assert.deepEqual([postsOf(devices.one), postsOf(devices.two)], [[6], [6]]);
  assert.deepEqual([devices.two.seen, devices.two.wishes.mutedTags], [devices.one.seen, []]);
});

test('of wishes that two devices changed the later stand, and events of both', () => {
  const { devices, round } = twoDevices(1);
  changeWishes(devices.one, { length: 1 });
  changeWishes(devices.one, { length: 2 });
  changeWishes(devices.two, { length: 3 });
  watch(devices.two, 7);
  round();
  assert.deepEqual([devices.one.wishes.length, devices.two.wishes.length], [2, 2]);
  assert.deepEqual(postsOf(devices.one), [1, 7]);
});

test('a file brings back what was there before starting over, and a device that joins takes nothing away', () => {
  const memory = newMemory();
  watch(memory, 1);
  const file = writeExport(memory);
  forget(memory, 'all');
  assert.deepEqual(postsOf(readExport(file, memory)), [1]);
  const joined = joinTaste(file, memory);
  assert.deepEqual(postsOf(mergeTaste(writeExport(joined), readExport(file, newMemory()))), [1]);
});

test('a file that holds what the ranking cannot count with is refused, and nothing of it is taken in', () => {
  const memory = newMemory();
  watch(memory, 1);
  const good = JSON.parse(writeExport(memory)) as Record<string, unknown> & { watches: Watch[] };
  assert.deepEqual(postsOf(readExport(JSON.stringify(good), newMemory())), [1]);
  const [first] = good.watches;
  const bad: Record<string, unknown>[] = [
    { watches: [{ ...first, post: 1.5 }] },
    { watches: [{ ...first, day: -1 }] },
    { watches: [{ ...first, tags: [7] }] },
    { watches: [{ ...first, outcomeBucket: 10 }] },
    { watches: [null] },
    { seen: [{ block: 0, day: 1, words: [1, 2] }] },
    { forgotten: [[1]] },
    { wishes: { sliders: { calm: 0.5 } } },
    { wishes: { length: 4 } },
    { wishes: { mode: 'best' } },
    { startedOver: 'often' },
  ];
  for (const wrong of bad)
    assert.throws(
      () => readExport(JSON.stringify({ ...good, ...wrong }), memory),
      /no file of a taste/,
      JSON.stringify(wrong),
    );
});
