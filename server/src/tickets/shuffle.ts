/** Bringing rows into an order that nobody chose. Pure: chance is given. */

/** A shuffled copy (Fisher and Yates; four bytes of chance a row, whose bias over 2^32 is below one in a million). */
export function shuffled<Row>(rows: readonly Row[], randomBytes: (length: number) => Uint8Array): Row[] {
  const chance = randomBytes(rows.length * 4);
  const words = new DataView(chance.buffer, chance.byteOffset, chance.byteLength);
  const order = [...rows];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = words.getUint32(last * 4) % (last + 1);
    const kept = order[last] as Row;
    order[last] = order[other] as Row;
    order[other] = kept;
  }
  return order;
}
