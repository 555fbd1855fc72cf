/** Probe, render and stills of what people send in. The only package that starts FFmpeg, always in a process of its own. */
export type * from './types.ts';
export { DEFAULT_LIMITS } from './limits.ts';
