/** How the types of PostgreSQL's columns are read and written through Kysely, the same on both drivers. */
import type { ColumnType } from 'kysely';

/** bigint: read as text by both drivers; written as number, bigint or text. */
export type Int8 = ColumnType<string, number | bigint | string, number | bigint | string>;
export type Int8Counter = ColumnType<string, number | bigint | string | undefined, number | bigint | string>;
/** timestamptz. */
export type Timestamp = ColumnType<Date, Date, Date>;
/** date: text `2026-11-22` in UTC. */
export type Day = ColumnType<string, string, string>;
/** jsonb: read parsed, written as JSON.stringify text (an array given as is would fail on PostgreSQL). */
export type Json = ColumnType<unknown, string, string>;
export type JsonWithDefault = ColumnType<unknown, string | undefined, string>;
/** bytea: Uint8Array on both drivers. */
export type Bytes = ColumnType<Uint8Array, Uint8Array, Uint8Array>;
export type Nullable<T> =
  T extends ColumnType<infer S, infer I, infer U>
    ? ColumnType<S | null, I | null | undefined, U | null>
    : ColumnType<T | null, T | null | undefined, T | null>;
