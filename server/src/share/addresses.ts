/** Addresses of pages, relative and absolute. */
import type { Card } from '@vitrine/schema';
import type { Settings } from '../platform/settings.ts';

/** A path of ours as an address that works anywhere. An address that is absolute already stays. */
export function absolute(settings: Pick<Settings, 'publicUrl'>, path: string): string {
  return new URL(path, `${settings.publicUrl}/`).href;
}

/** A tag's page. */
export function tagPath(name: string): string {
  return `/tag/${encodeURIComponent(name.toWellFormed())}`;
}

/** The address that always leads to a post's file, whatever its files are called now. */
export function videoPath(card: Pick<Card, 'path'>): string {
  return `${card.path}/video.mp4`;
}

/** The page for frames on other sites. */
export function embedPath(card: Pick<Card, 'id'>): string {
  return `/embed/${card.id}`;
}

/** Where a post's oEmbed answer is. */
export function oembedPath(settings: Pick<Settings, 'publicUrl'>, card: Pick<Card, 'path'>): string {
  return `/oembed?format=json&url=${encodeURIComponent(absolute(settings, card.path))}`;
}
