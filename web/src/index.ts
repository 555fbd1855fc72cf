/** What benches may see of the pages: decisions that need no page. */
export * from './watch/ahead.ts';
export * from './watch/measured-speed.ts';
export * from './watch/rendition.ts';
