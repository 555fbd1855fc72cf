/** An edit made plain: what is seen and heard when. The preview in the page and the render on the server are built on it. */
export * from './emoji.ts';
export * from './filters.ts';
export * from './fonts.ts';
export * from './frame.ts';
export * from './geometry.ts';
export * from './operations.ts';
export * from './problems.ts';
export * from './sound-plan.ts';
export * from './sources.ts';
export * from './text-layout.ts';
export * from './timeline.ts';
export * from './untouched.ts';
