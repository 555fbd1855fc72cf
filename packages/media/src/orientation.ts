/** How the coded picture has to be turned and stretched to be shown. Pure. */

/** Mirror over the vertical axis first, then clockwise quarter turns. */
export type Orientation = { isMirrored: boolean; quarterTurns: 0 | 1 | 2 | 3 };

/** From the 3x3 display matrix of ISO 14496-12 (nine little-endian 32-bit numbers as FFmpeg keeps them); nearest quarter turn. */
export function readOrientation(matrix: Uint8Array | null): Orientation {
  if (matrix === null || matrix.byteLength < 36) return { isMirrored: false, quarterTurns: 0 };
  const view = new DataView(matrix.buffer, matrix.byteOffset, matrix.byteLength);
  const at = (index: number): number => view.getInt32(index * 4, true) / 65536;
  const [a, b, c, d] = [at(0), at(1), at(3), at(4)] as const;
  const isMirrored = a * d - b * c < 0;
  const degrees = (Math.atan2(isMirrored ? -b : b, isMirrored ? -a : a) * 180) / Math.PI;
  const quarterTurns = (((Math.round(degrees / 90) % 4) + 4) % 4) as 0 | 1 | 2 | 3;
  return { isMirrored, quarterTurns };
}

/** Beyond this the aspect ratio of a pixel is taken for a mistake. */
const MAX_PIXEL_ASPECT = 8;

type Ratio = { num: number; den: number };

/** Displayed size in square pixels of a coded size. The first aspect of a pixel that says something counts. */
export function displayedSize(
  coded: { widthPx: number; heightPx: number },
  pixelAspects: readonly Ratio[],
  { quarterTurns }: Orientation,
): { widthPx: number; heightPx: number } {
  const aspects = pixelAspects.map(({ num, den }) => (num > 0 && den > 0 ? num / den : 0));
  const aspect = aspects.find((ratio) => ratio > 0) ?? 1;
  const isSane = aspect <= MAX_PIXEL_ASPECT && aspect >= 1 / MAX_PIXEL_ASPECT;
  const widthPx = Math.max(1, Math.round(coded.widthPx * (isSane ? aspect : 1)));
  const { heightPx } = coded;
  return quarterTurns % 2 === 1 ? { widthPx: heightPx, heightPx: widthPx } : { widthPx, heightPx };
}
