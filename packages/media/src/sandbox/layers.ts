/** Which of the sandbox's three layers this machine has; shown by doctor and on /readyz. */
import type { SandboxLayer, SandboxLayers } from '../types.ts';
import { findBubblewrap } from './bubblewrap.ts';
import { findProgram } from './programs.ts';
import { judgeSurroundings, realSurroundings } from './surroundings.ts';

/** The first call starts bubblewrap once (0.2 s). */
export function sandboxLayers(): SandboxLayers {
  const { path, detail } = findBubblewrap();
  return { a: layerA(), b: { isOn: path !== undefined, detail }, c: judgeSurroundings(realSurroundings()) };
}

function layerA(): SandboxLayer {
  const hasLimits = findProgram('prlimit') !== undefined;
  const always = 'own process, empty environment, no shell, time and output limits';
  return {
    isOn: true,
    detail: hasLimits
      ? `${always}, limits on memory, processor time, files`
      : `${always}; no limits on memory and processor time, because prlimit is missing`,
  };
}
