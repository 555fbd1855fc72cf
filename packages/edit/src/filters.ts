/**
 * Colour filters: one matrix each, over colours as they are stored (sRGB, not linear), red green blue in 0 to 1. The page and the
 * renderer use the same twenty numbers.
 */
import { FILTERS, type FilterName } from '@vitrine/schema';

/** Rows for red, green, blue: factors of red, green, blue, and what is added. */
type ColourMatrix = readonly [ColourRow, ColourRow, ColourRow];
type ColourRow = readonly [number, number, number, number];
type Triple = readonly [number, number, number];

/** Share of red, green and blue in brightness (ITU-R BT.709). */
const LUMA: Triple = [0.2126, 0.7152, 0.0722];

/** Greyness mixed in (0 = as it is, 1 = grey, below 0 = stronger colours), then factor and addition per colour. */
function matrixOf(grey: number, factors: Triple, added: Triple): ColourMatrix {
  const row = (n: 0 | 1 | 2): ColourRow => {
    const factor = factors[n];
    const [red, green, blue] = LUMA.map((share, m) => factor * (grey * share + (m === n ? 1 - grey : 0)));
    return [red ?? 0, green ?? 0, blue ?? 0, added[n]];
  };
  return [row(0), row(1), row(2)];
}

const SEPIA: ColourMatrix = [
  [0.393, 0.769, 0.189, -0.08],
  [0.349, 0.686, 0.168, -0.07],
  [0.272, 0.534, 0.131, -0.05],
];

/** Every filter's matrix. */
export const FILTER_MATRICES: Readonly<Record<FilterName, ColourMatrix>> = {
  none: matrixOf(0, [1, 1, 1], [0, 0, 0]),
  warm: matrixOf(-0.08, [1.08, 1.01, 0.88], [0.015, 0.005, 0]),
  cool: matrixOf(-0.05, [0.9, 1, 1.1], [0, 0.005, 0.015]),
  vivid: matrixOf(-0.35, [1.08, 1.08, 1.08], [-0.04, -0.04, -0.04]),
  faded: matrixOf(0.3, [0.82, 0.82, 0.82], [0.12, 0.115, 0.11]),
  mono: matrixOf(1, [1.1, 1.1, 1.1], [-0.05, -0.05, -0.05]),
  sepia: SEPIA,
  dusk: matrixOf(0.12, [1.05, 0.9, 1.02], [0.02, -0.01, 0.06]),
  night: matrixOf(0.35, [0.66, 0.78, 0.98], [-0.02, 0, 0.04]),
};

/** Names of all filters, in the order in which they are offered. */
export const FILTER_NAMES: readonly FilterName[] = FILTERS;

/** What a filter makes of one colour, 0 to 1. */
export function applyFilter(name: FilterName, colour: Triple): [number, number, number] {
  const [red, green, blue] = FILTER_MATRICES[name].map((row) => {
    const value = row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2] + row[3];
    return Math.min(1, Math.max(0, value));
  });
  return [red ?? 0, green ?? 0, blue ?? 0];
}

/** `values` of an SVG `feColorMatrix` (with `color-interpolation-filters="sRGB"`). */
export function svgMatrix(name: FilterName): string {
  const rows = FILTER_MATRICES[name].map(([red, green, blue, added]) => `${red} ${green} ${blue} 0 ${added}`);
  return [...rows, '0 0 0 1 0'].join(' ');
}
