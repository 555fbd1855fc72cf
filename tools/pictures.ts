/** `npm run pictures -- URL`: takes the pictures of the README from a running demo. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { DESKTOP, launchBrowser, PHONE } from '@vitrine/e2e';
import type { CardPage } from '@vitrine/schema';

const FOLDER = join(import.meta.dirname, '..', 'docs', 'pictures');
const SETTLE_MS = 3000;
/** For the page: nothing that is in view is still being fetched. */
const PICTURES_ARE_THERE =
  '[...document.images].every((image) => image.complete || image.getBoundingClientRect().top > innerHeight)';
const HELP = `npm run pictures -- URL

Takes the README's pictures from the demo that runs at URL (npm run demo) into docs/pictures.`;

/** A picture: which screen, at which size, and a key that opens something on it. */
interface Order {
  name: string;
  size: typeof PHONE;
  path: string;
  key?: string;
}

async function ordersFor(url: string): Promise<Order[]> {
  const { posts } = (await (await fetch(`${url}/api/v1/explore?sort=mostLiked&limit=20`)).json()) as CardPage;
  const vase = posts.find((post) => post.account.handle === 'mara.kiln') ?? posts[0];
  if (!vase) throw new Error('the demo has no posts yet: wait until it says that all are there');
  return [
    { name: 'feed-phone', size: PHONE, path: vase.path },
    { name: 'comments-phone', size: PHONE, path: vase.path, key: 'c' },
    { name: 'explore-phone', size: PHONE, path: '/explore' },
    { name: 'profile-phone', size: PHONE, path: `/@${vase.account.handle}` },
    { name: 'feed-desktop', size: DESKTOP, path: '/' },
    { name: 'explore-desktop', size: DESKTOP, path: '/explore' },
  ];
}

async function main(): Promise<void> {
  const url = process.argv[2];
  if (!url || url === '--help') {
    process.stdout.write(`${HELP}\n`);
    process.exitCode = url ? 0 : 1;
    return;
  }
  await mkdir(FOLDER, { recursive: true });
  const browser = await launchBrowser();
  for (const order of await ordersFor(url)) {
    const context = await browser.newContext(order.size);
    const page = await context.newPage();
    await page.goto(url + order.path);
    await page.waitForTimeout(SETTLE_MS);
    if (order.key) await page.keyboard.press(order.key);
    if (order.key) await page.waitForTimeout(SETTLE_MS / 2);
    await page.waitForFunction(PICTURES_ARE_THERE);
    await sharp(await page.screenshot())
      .webp({ quality: 82 })
      .toFile(join(FOLDER, `${order.name}.webp`));
    await context.close();
    process.stdout.write(`${order.name}\n`);
  }
  await browser.close();
}

await main();
