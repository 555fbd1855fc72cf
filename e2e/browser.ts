/** Starts a headless Chromium that plays H.264/AAC, and gives pages the size, camera or passkeys that a journey needs. */
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { findChromium } from './chromium.ts';

/** What a browser is started with. */
export interface BrowserNeeds {
  /** A fake camera and microphone that are granted without asking; a Y4M or MJPEG file to show instead of its own picture. */
  camera?: boolean | { videoFile: string };
  /** Lets pages play with sound without a gesture, as an installed app may. */
  mayAutoplay?: boolean;
  /** Further arguments of Chromium. */
  extra?: string[];
}

/** The phone that every screen is looked at on. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  colorScheme: 'dark',
  locale: 'en-GB',
  timezoneId: 'UTC',
};

/** The desktop that every screen is looked at on. */
export const DESKTOP: BrowserContextOptions = {
  viewport: { width: 1440, height: 900 },
  colorScheme: 'dark',
  locale: 'en-GB',
  timezoneId: 'UTC',
};

/** Starts Chromium; the caller closes it. Web security stays on: only the process sandbox is off, which root cannot have. */
export async function launchBrowser(needs: BrowserNeeds = {}): Promise<Browser> {
  const { path, environment } = await findChromium();
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return chromium.launch({
    executablePath: path,
    headless: true,
    chromiumSandbox: false,
    args: argumentsFor(needs),
    env: { ...Object.fromEntries(inherited), ...environment },
  });
}

function argumentsFor(needs: BrowserNeeds): string[] {
  const args = ['--disable-dev-shm-usage', '--font-render-hinting=none', '--force-color-profile=srgb', '--no-pings'];
  if (needs.camera) args.push('--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream');
  if (typeof needs.camera === 'object') args.push(`--use-file-for-fake-video-capture=${needs.camera.videoFile}`);
  if (needs.mayAutoplay) args.push('--autoplay-policy=no-user-gesture-required');
  return [...args, ...(needs.extra ?? [])];
}

/** A passkey device in the page that says yes at once. */
interface Authenticator {
  /** How many passkeys it holds. */
  passkeyCount(): Promise<number>;
  /** Whether the person is recognised from now on (a finger that fits, or does not). */
  setRecognised(isRecognised: boolean): Promise<void>;
  close(): Promise<void>;
}

/** Plugs a virtual authenticator into the page: a platform one with discoverable credentials and user verification. */
export async function plugAuthenticator(page: Page): Promise<Authenticator> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    passkeyCount: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
    setRecognised: async (isRecognised) => {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: isRecognised });
    },
    close: async () => {
      await session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
      await session.detach();
    },
  };
}
