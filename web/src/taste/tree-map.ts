/** A tree map in rows: every area is in proportion to its share. */

/** One piece, in fractions of the whole. */
interface Tile {
  index: number;
  widthShare: number;
}

/** A row of pieces. */
interface TileRow {
  heightShare: number;
  tiles: Tile[];
}

/** Pieces of the rows from the top: few large ones first. */
const ROWS = [2, 3, 3, 4];

/** Rows for shares that fall; their sum counts as the whole. */
export function treeMap(shares: readonly number[]): TileRow[] {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const rows: TileRow[] = [];
  let from = 0;
  for (const length of ROWS) {
    const part = shares.slice(from, from + length);
    const sum = part.reduce((all, share) => all + share, 0);
    if (sum <= 0) break;
    rows.push({
      heightShare: sum / whole,
      tiles: part.map((share, i) => ({ index: from + i, widthShare: share / sum })),
    });
    from += length;
  }
  return rows;
}
