import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextOrder, type Order, type Supplied, type Supplies } from './ahead.ts';

const video = (heldMs: number, more: Partial<Supplied> = {}): Supplied => ({
  heldMs,
  isComing: false,
  leftMs: 30_000,
  bitrateBps: 1_000_000,
  ...more,
});
const supplies = (more: Partial<Supplies> = {}): Supplies => ({
  throughputBps: 8_000_000,
  savesData: false,
  shown: { ...video(5000), positionMs: 3000, isMoving: true },
  next: [video(0), video(0), video(0), video(0), video(0), video(0)],
  dwellsMs: [9000, 9000, 9000],
  ...more,
});
/** Every order until there is none, each one carried out at once. */
function all(before: Supplies): Order[] {
  const orders: Order[] = [];
  for (let now = before, order = nextOrder(now); order !== undefined; order = nextOrder(now)) {
    orders.push(order);
    const held = (one: Supplied, distance: number): Supplied =>
      distance === order?.distance ? { ...one, heldMs: Math.max(one.heldMs, order.untilMs) } : one;
    const next = now.next.map((one, index) => held(one, index + 1));
    now = { ...now, shown: { ...now.shown, ...held(now.shown, 0) }, next };
  }
  return orders;
}

test('the shown video goes first, then the starts of those after it in their order', () => {
  const thin = supplies({ shown: { ...video(100), positionMs: 3000, isMoving: true } });
  assert.deepEqual(
    all(thin).map(({ distance }) => distance),
    [0, 1, 2, 3, 0],
  );
  assert.equal(nextOrder(thin)?.isUrgent, true);
  assert.ok(
    all(thin).every(({ distance, untilMs }) => distance === 0 || untilMs <= 1000),
    'a start and no more',
  );
});

test('who swipes fast gets more starts, who watches gets more of the shown video', () => {
  const starts = (more: Partial<Supplies>): number => all(supplies(more)).filter(({ distance }) => distance > 0).length;
  assert.ok(starts({ dwellsMs: [300, 800, 0] }) > starts({ dwellsMs: [9000, 300, 12_000] }));
  const reach = (positionMs: number): number =>
    Math.max(...all(supplies({ shown: { ...video(0), positionMs, isMoving: true } })).map(({ untilMs }) => untilMs));
  assert.ok(reach(30_000) > reach(1000));
  assert.ok(reach(10_000_000) <= 10_000);
});

test('a network that only just carries the video keeps more in hand', () => {
  const reach = (throughputBps: number): number =>
    Math.max(
      ...all(supplies({ throughputBps, shown: { ...video(0), positionMs: 3000, isMoving: true } })).map(
        ({ untilMs }) => untilMs,
      ),
    );
  assert.ok(reach(1_200_000) > reach(8_000_000));
});

test('until the shown video moves, and with the data saver, nothing else is fetched', () => {
  const still = all(supplies({ shown: { ...video(0), positionMs: 0, isMoving: false } }));
  const saving = all(supplies({ savesData: true, shown: { ...video(0), positionMs: 3000, isMoving: true } }));
  for (const orders of [still, saving]) assert.ok(orders.length > 0 && orders.every(({ distance }) => distance === 0));
});

test('what is held to its end, or is on its way, is not asked for again', () => {
  const short = [video(600, { leftMs: 600 })];
  assert.equal(nextOrder(supplies({ next: short })), undefined);
  assert.equal(nextOrder(supplies({ next: [video(0, { isComing: true })] })), undefined);
});
