/** The region's public log: `GET /ledger/entries?after=INDEX&limit=`, oldest first. */
import { z } from 'zod';
import { nextSchema } from './paging.ts';

/** `entry` is canonical JSON (RFC 8785): its bytes are what is hashed. */
export const ledgerEntrySchema = z.object({ index: z.number().int(), entry: z.string() });
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;
export const ledgerPageSchema = z.object({ entries: z.array(ledgerEntrySchema), next: nextSchema });
