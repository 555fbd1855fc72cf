/** Whether strangers' files would meet decoders behind too few fences, and the refusal to start like that. */
import type { SandboxLayers } from '@vitrine/media';
import { isForThisMachine, SettingsError, type Settings } from './settings.ts';

/** Which of the three sandbox layers around media processes work here. The first call may take a moment. */
export type FindSandboxLayers = () => SandboxLayers;

const REFUSAL = `Anyone may sign up (REGISTRATION=open) at an address that others reach, but no sandbox works here: a hole in a
decoder would hand this server to whoever uploads the right file. One of these mends it:
- install bubblewrap (bwrap), on a machine that lets it make namespaces;
- set a memory limit around the service, or run it as a user of its own that cannot log in (docs/operating.md);
- set REGISTRATION=invite;
- set ALLOW_OPEN_WITHOUT_SANDBOX=1; the public pages will say so.`;

/**
 * True: registration is open to strangers and media processes are only separate (layer A alone). Looks at the layers
 * only where registration is open to strangers.
 */
export function isOpenWithoutSandbox(
  settings: Pick<Settings, 'registration' | 'publicUrl' | 'host'>,
  findLayers: FindSandboxLayers,
): boolean {
  if (settings.registration !== 'open' || isForThisMachine(settings)) return false;
  const { b, c } = findLayers();
  return !b.isOn && !c.isOn;
}

/**
 * The same, for the start.
 * @throws SettingsError saying what mends it, unless the operator allows it
 */
export function refuseOpenWithoutSandbox(
  settings: Pick<Settings, 'registration' | 'publicUrl' | 'host' | 'allowOpenWithoutSandbox'>,
  findLayers: FindSandboxLayers,
): boolean {
  const isOpen = isOpenWithoutSandbox(settings, findLayers);
  if (isOpen && !settings.allowOpenWithoutSandbox) throw new SettingsError(REFUSAL);
  return isOpen;
}
