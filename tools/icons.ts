/** Draws the app's icons from the mark's paths: `node tools/icons.ts`. The results are kept in web/public/icons. */
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const FOLDER = fileURLToPath(new URL('../web/public/icons/', import.meta.url));
const MARK_SHARE = 0.64;
/** Maskable icons may be cut to a circle of 80 % of their width: the mark stays within it. */
const MASKABLE_SHARE = 0.5;
/** Corner of the plain icon, as a share of its width. */
const CORNER_SHARE = 0.24;
const INK = '#F1F5F6';

function mark(): string {
  const pane = (path: string, opacity: number): string =>
    `<g opacity="${opacity}" fill="${INK}" stroke="${INK}" stroke-width="3" stroke-linejoin="round"><path d="${path}"/></g>`;
  return `${pane('M42 7H29L17.5 41h13z', 0.44)}${pane('M6 7h13l11.5 34h-13z', 0.94)}<path fill="#FFA566" d="M24 17.1 31.92 40.52A1.5 1.5 0 0 1 30.5 42.5H17.5A1.5 1.5 0 0 1 16.08 40.52z"/>`;
}

/** The mark on its fall with a bright top edge. */
function icon(sizePx: number, markShare: number, cornerShare: number): string {
  const radius = sizePx * cornerShare;
  const markPx = sizePx * markShare;
  const at = (sizePx - markPx) / 2;
  const edge =
    cornerShare === 0
      ? ''
      : `<rect x=".75" y=".75" width="${sizePx - 1.5}" height="${sizePx - 1.5}" rx="${radius - 0.75}" fill="none" stroke="url(#edge)" stroke-width="1.5"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${sizePx}" height="${sizePx}">
<defs><linearGradient id="fall" x2="0" y2="1"><stop stop-color="#1E2A31"/><stop offset="1" stop-color="#0C1013"/></linearGradient>
<linearGradient id="edge" x2="0" y2="1"><stop stop-color="#fff" stop-opacity=".3"/><stop offset=".3" stop-color="#fff" stop-opacity=".05"/></linearGradient></defs>
<rect width="${sizePx}" height="${sizePx}" rx="${radius}" fill="url(#fall)"/>${edge}
<svg x="${at}" y="${at}" width="${markPx}" height="${markPx}" viewBox="0 0 48 48">${mark()}</svg></svg>`;
}

/** The mark's share of the edge and the corner's radius as a share of it. */
interface Shape {
  markShare: number;
  cornerShare: number;
}

async function draw(name: string, sizePx: number, { markShare, cornerShare }: Shape): Promise<void> {
  await sharp(Buffer.from(icon(sizePx, markShare, cornerShare)))
    .png({ compressionLevel: 9 })
    .toFile(`${FOLDER}${name}.png`);
  process.stdout.write(`${name}.png\n`);
}

await draw('icon-32', 32, { markShare: 0.84, cornerShare: CORNER_SHARE });
await draw('icon-192', 192, { markShare: MARK_SHARE, cornerShare: CORNER_SHARE });
await draw('icon-512', 512, { markShare: MARK_SHARE, cornerShare: CORNER_SHARE });
await draw('maskable-512', 512, { markShare: MASKABLE_SHARE, cornerShare: 0 });
await draw('apple-touch', 180, { markShare: MARK_SHARE, cornerShare: 0 });
