/** Probe, render and stills of what people send in. The only package that starts FFmpeg, always in a process of its own. */
export type * from './types.ts';
export { DEFAULT_LIMITS } from './limits.ts';
export { planLadder } from './ladder.ts';
export {
  composeEdit,
  copySound,
  probeSource,
  renderFirst,
  renderRest,
  makeFrames,
  makeStills,
  makeAvatar,
  makePhoto,
  makeSilent,
  makeSound,
  makeWatermarked,
} from './jobs.ts';
export { factsOf } from './compose/types.ts';
export type { Composed, ComposeOrder, ComposeOutcome, ComposeSource } from './compose/types.ts';
export { sandboxLayers } from './sandbox/layers.ts';
export { parseCaptions, writeWebVtt } from './captions.ts';
export { peakBitrateBps, writeMasterPlaylist, writeMediaPlaylist } from './hls.ts';
export type { ListedRendition } from './hls.ts';
export { emojiPath, fontPath } from './drawing-files.ts';
export { parseFragmentIndex } from './fragments.ts';
export { placeholderUrl } from './placeholder.ts';
