/** How much a watch report weighs, by how many different days its account was used. Pure. */

/** The ticket of whoever has no account: anybody can make any number of visits, so they only tip what is even. */
export const SIGNED_OUT_MILLIS = 5;

/**
 * The public weights. What must be dear is an army of accounts: an account made today counts a fiftieth of one that came back
 * for a season, and days cannot be bought faster than they pass.
 */
export const WEIGHTS: readonly { weightMillis: number; fromActiveDays: number; because: string }[] = [
  { weightMillis: 20, fromActiveDays: 0, because: 'new: costs a sign-up and nothing else' },
  {
    weightMillis: 100,
    fromActiveDays: 7,
    because: 'outlasts every trend that such an army could lift (the longest counts 7 days)',
  },
  {
    weightMillis: 400,
    fromActiveDays: 30,
    because: 'outlasts the log of reports (30 days): who made it cannot be learnt from any more',
  },
  { weightMillis: 1000, fromActiveDays: 90, because: 'a season of coming back; more says nothing new' },
];

/** A weight that fewer accounts share is not issued: its tickets would say too much of who drew them. */
export const FEWEST_ACCOUNTS = 50;

/** The weight that an account has earned, in thousandths. */
export function earnedMillis(activeDays: number): number {
  return WEIGHTS.findLast((weight) => activeDays >= weight.fromActiveDays)?.weightMillis ?? SIGNED_OUT_MILLIS;
}

/**
 * Which weights are issued on a day. Accounts whose own weight is not issued draw the one below and count there. Where no other is
 * issued the lowest is, however few they are: no wider crowd of accounts exists. Beside others a few newcomers would stand alone
 * with it, so they draw what visitors draw.
 * @param accounts how many accounts have earned each weight
 */
export function issuedWeights(accounts: ReadonlyMap<number, number>): number[] {
  const issued: number[] = [];
  let falling = 0;
  for (const [place, { weightMillis }] of [...WEIGHTS.entries()].toReversed()) {
    const count = (accounts.get(weightMillis) ?? 0) + falling;
    const isIssued = count >= FEWEST_ACCOUNTS || (place === 0 && issued.length === 0);
    if (isIssued) issued.push(weightMillis);
    falling = isIssued ? 0 : count;
  }
  return [...issued, SIGNED_OUT_MILLIS];
}

/** The weight that an account draws with: the highest issued one up to what it has earned. */
export function drawnMillis(activeDays: number, issued: readonly number[]): number {
  const earned = earnedMillis(activeDays);
  return Math.max(SIGNED_OUT_MILLIS, ...issued.filter((weightMillis) => weightMillis <= earned));
}
