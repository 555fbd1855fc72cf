/** What things are: ids, limits and the API contract. Imported by everyone, imports nobody. */
export * from './ids.ts';
export * from './handle.ts';
export * from './canonical.ts';
export * from './limits.ts';
export * from './api/paging.ts';
export * from './api/problem.ts';
export * from './api/accounts.ts';
export * from './edit.ts';
export * from './edit-constants.ts';
export * from './api/sounds.ts';
export * from './api/posts.ts';
export * from './api/drafts.ts';
export * from './api/comments.ts';
export * from './api/inbox.ts';
export * from './api/ledger.ts';
export * from './api/tickets.ts';
export * from './api/shelves.ts';
