/** Type faces and emoji for the editor's preview: the very files that the render draws with. */
import { readFile } from 'node:fs/promises';
import { FONT_NAMES, type FontName } from '@vitrine/edit';
import { emojiPath, fontPath } from '@vitrine/media';
import { z } from 'zod';
import type { App } from '../platform/http.ts';
import { refuse } from '../platform/problem.ts';

const params = z.object({ name: z.string().max(100) });
/** They change with a package's version only. */
const A_WEEK = 'public, max-age=604800';

/** Registers them. */
export function drawingRoutes(app: App): void {
  app.get('/fonts/:name', { schema: { hide: true, params } }, async (request, reply) => {
    const name = FONT_NAMES.find((font) => `${font}.ttf` === request.params.name);
    if (name === undefined) throw refuse('not_found');
    return reply
      .type('font/ttf')
      .header('cache-control', A_WEEK)
      .send(await fontBytes(name));
  });
  app.get('/emoji/:name', { schema: { hide: true, params } }, async (request, reply) => {
    const { name } = request.params;
    const path = name.endsWith('.svg') ? emojiPath(name.slice(0, -4)) : undefined;
    if (path === undefined) throw refuse('not_found');
    return reply
      .type('image/svg+xml')
      .header('cache-control', A_WEEK)
      .send(await readFile(path));
  });
}

const fonts = new Map<FontName, Promise<Buffer>>();

/** Read once: five files of half a megabyte at most. */
function fontBytes(name: FontName): Promise<Buffer> {
  const known = fonts.get(name) ?? readFile(fontPath(name));
  fonts.set(name, known);
  return known;
}
