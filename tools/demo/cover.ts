/** Covers of the demo's tunes: a few shapes in colours of their own. */
import sharp from 'sharp';
import { randomFrom } from './picture/random.ts';

const SIDE_PX = 512;
const GROUNDS = ['#e8a04a', '#2f6f7e', '#7d4f8c', '#c8553d', '#3f7a5a', '#4a5fa8', '#b0784a', '#27424f'];
const INKS = ['#fff4dd', '#ffd28a', '#f6c1b0', '#bfe3d7', '#cfe0ff'];

/** A square PNG; the same name gives the same picture. */
export async function drawCover(name: string): Promise<Buffer> {
  const random = randomFrom(Array.from(name).reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 100_003);
  const pick = (list: readonly string[]): string => list[Math.floor(random.between(0, list.length - 0.01))] ?? '#000';
  const [ground, ink, second] = [pick(GROUNDS), pick(INKS), pick(INKS)];
  const [x, y, radius] = [random.between(70, 130), random.between(70, 130), random.between(50, 68)];
  const rings = Array.from({ length: 6 }, (_, n) => {
    const size = radius * (1 - n / 7);
    return `<circle cx="${x}" cy="${y}" r="${size}" fill="${n % 2 === 0 ? ink : ground}" opacity="${0.92 - n * 0.05}"/>`;
  });
  const bars = Array.from({ length: 9 }, (_, n) => {
    const height = random.between(8, 44);
    return `<rect x="${22 + n * 18}" y="${186 - height}" width="8" height="${height}" rx="4" fill="${second}" opacity="0.55"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE_PX}" height="${SIDE_PX}" viewBox="0 0 200 200">
  <defs><linearGradient id="l" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fff" stop-opacity="0.28"/><stop offset="1" stop-color="#000" stop-opacity="0.34"/></linearGradient></defs>
  <rect width="200" height="200" fill="${ground}"/>${rings.join('')}${bars.join('')}<rect width="200" height="200" fill="url(#l)"/></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}
