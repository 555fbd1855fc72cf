/** Handles: how an account is addressed. `[a-z0-9_.]{2,30}`, case-folded, not reserved. */
import { z } from 'zod';

/** Words that are pages, roles or would mislead people as a handle. */
export const RESERVED_HANDLES: ReadonlySet<string> = new Set(
  (
    'about account accounts admin administrator algorithm api app apple assets auth blog contact cookies create demo ' +
    'discover download embed everyone explore facebook faq feed following for.you foryou google handle healthz help ' +
    'home imprint inbox index latest ledger legal live login logout manifest me media messages metrics mod moderation ' +
    'moderator new news notifications null oembed official operator owner password policy post posts privacy profile ' +
    'readyz region regions root rss search security sessions settings share shelves signin signup sitemap sound sounds ' +
    'staff status studio support system tag tags taste team terms tiktok undefined upload uploads user verified video ' +
    'vitrine webmaster why www'
  ).split(' '),
);

/** What a person types as handle, folded to lower case; a leading @ is dropped. */
export function foldHandle(typed: string): string {
  return typed.trim().replace(/^@/, '').toLowerCase();
}

/** A well-formed handle: 2 to 30 of a-z, 0-9, _ and single inner dots. */
export const handleSchema = z
  .string()
  .min(2)
  .max(31)
  .transform(foldHandle)
  .pipe(
    z
      .string()
      .min(2)
      .max(30)
      .regex(/^[a-z0-9_]+(\.[a-z0-9_]+)*$/),
  );

/** Whether the folded handle may not be taken by anyone. */
export function isReservedHandle(handle: string): boolean {
  return RESERVED_HANDLES.has(handle);
}
