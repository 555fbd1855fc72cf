/** What the routes of accounts share: the parts they are given, one's own account as told, the count of sign-ups. */
import type { Me } from '@vitrine/schema';
import type { FastifyRequest } from 'fastify';
import type { Db } from '../platform/database.ts';
import { addressPrefix, countUse } from '../platform/limits.ts';
import type { MediaStore } from '../platform/media-store.ts';
import { refuse } from '../platform/problem.ts';
import type { Settings } from '../platform/settings.ts';
import type { World } from '../platform/world.ts';
import type { AccountStore } from './store.ts';

/** What later folders know of the signed-in account. */
export interface MeFacts {
  quota(accountId: string): Promise<Me['quota']>;
  unread(accountId: string): Promise<number>;
}

/** What these routes need. */
export interface AccountParts {
  accounts: AccountStore;
  facts: MeFacts;
  db: Db;
  world: World;
  settings: Settings;
  media: MediaStore;
  /** A folder for files that live as long as a request. */
  workDir: string;
  /** Origins of our own pages. */
  origins: () => ReadonlySet<string>;
}

/** The signed-in account, for its own eyes. */
export async function meOf(parts: Pick<AccountParts, 'accounts' | 'facts'>, accountId: string): Promise<Me> {
  const [me, quota, unread] = await Promise.all([
    parts.accounts.me(accountId),
    parts.facts.quota(accountId),
    parts.facts.unread(accountId),
  ]);
  return { ...me, quota, unread };
}

/** Counts a sign-up of an address prefix, by whichever way. */
export async function countSignUp(parts: AccountParts, request: FastifyRequest): Promise<void> {
  const use = {
    key: `sign-up ${addressPrefix(request.ip)}`,
    limit: parts.settings.maxSignupsPerHour,
    windowSeconds: 3600,
  };
  const waitSeconds = await countUse(parts.db, parts.world, use);
  if (waitSeconds !== undefined) throw refuse('too_many', { retryAfterSeconds: waitSeconds });
}
