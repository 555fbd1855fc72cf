/** How light a poster is where the page's texts lie. Pure. */

/** The page that the texts are laid out on, and the two places that matter (look.md, bright variant). */
export const PAGE = { widthPx: 390, heightPx: 844 };
const TOP_PX = 50;
/** The rail of buttons: 56 wide, 8 from the right edge, above the dock. */
const RAIL = { leftPx: 326, rightPx: 382, topPx: 340, bottomPx: 770 };
/** Above this the falls over the picture have to be stronger. */
export const BRIGHT_LUMINANCE = 0.35;

/** Mean relative luminance (WCAG 2.2) of a page-sized RGB picture, at the top and along the rail. */
export function readLuminance(rgb: Uint8Array): { topLuminance: number; railLuminance: number } {
  return {
    topLuminance: mean(rgb, { leftPx: 0, rightPx: PAGE.widthPx, topPx: 0, bottomPx: TOP_PX }),
    railLuminance: mean(rgb, RAIL),
  };
}

function mean(rgb: Uint8Array, { leftPx, rightPx, topPx, bottomPx }: typeof RAIL): number {
  let sum = 0;
  for (let y = topPx; y < bottomPx; y += 1) {
    for (let x = leftPx; x < rightPx; x += 1) {
      const at = (y * PAGE.widthPx + x) * 3;
      sum += 0.2126 * linear(rgb[at]) + 0.7152 * linear(rgb[at + 1]) + 0.0722 * linear(rgb[at + 2]);
    }
  }
  return Math.round((sum / ((bottomPx - topPx) * (rightPx - leftPx))) * 1e4) / 1e4;
}

const LINEAR = Float64Array.from({ length: 256 }, (_, value) =>
  value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
);

function linear(value: number | undefined): number {
  return LINEAR[value ?? 0] ?? 0;
}
