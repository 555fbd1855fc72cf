/** P14: what fetching ahead costs and saves, on recorded swipes: the pages' own decision against three videos of 800 kB. */
import { pickRendition } from '@vitrine/web';
import { tell } from './figure.ts';
import type { Profile } from './swipes/link.ts';
import { play, type Clip, type Outcome } from './swipes/play.ts';
import { rivalPolicy, shippedPolicy } from './swipes/policies.ts';
import { readTrace, seeded, type Look } from './swipes/trace.ts';

/** What our own encoder made of fourteen real clips: the middle of each height, and how far single clips are from it. */
const LADDER = [
  { heightPx: 960, bitrateBps: 720_000 },
  { heightPx: 1280, bitrateBps: 1_000_000 },
  { heightPx: 1920, bitrateBps: 2_300_000 },
];
const SPREAD = [0.5, 0.65, 0.9, 1, 1.1, 1.4, 1.5];
/** A phone of 844 points with three pixels each. */
const SHOWN_PX = 2532;

/** Changes every 3 to 8 s between half a megabit and eight. */
function varying(seed: number): Profile {
  const chance = seeded(seed);
  const parts: { untilMs: number; bps: number }[] = [];
  for (let atMs = 0; atMs < 10_000_000;) {
    atMs += 3000 + 5000 * chance();
    parts.push({ untilMs: atMs, bps: 500_000 * 16 ** chance() });
  }
  let place = 0;
  const bpsAt = (nowMs: number): number => {
    if (nowMs < (parts[place - 1]?.untilMs ?? 0)) place = 0;
    while ((parts[place]?.untilMs ?? Infinity) <= nowMs) place += 1;
    return parts[place]?.bps ?? 500_000;
  };
  return { name: '0.5 to 8 Mbit/s, 70 ms', latencyMs: 70, bpsAt };
}

const PROFILES: readonly { meanBps: number; profile: Profile }[] = [
  { meanBps: 8_000_000, profile: { name: '8 Mbit/s, 40 ms', latencyMs: 40, bpsAt: () => 8_000_000 } },
  { meanBps: 3_000_000, profile: { name: '3 Mbit/s, 100 ms', latencyMs: 100, bpsAt: () => 3_000_000 } },
  { meanBps: 2_700_000, profile: varying(14) },
];

/** The same clips for both: each person's looks, with the copy that the pages would choose on this line. */
function clipsOf(looks: readonly Look[], meanBps: number, chance: () => number): Clip[] {
  return looks.map((look) => {
    const factor = SPREAD[Math.floor(chance() * SPREAD.length)] ?? 1;
    const renditions = LADDER.map(({ heightPx, bitrateBps }) => {
      const bps = Math.round(bitrateBps * factor);
      const sizeBytes = Math.round((bps * look.durationMs) / 8000);
      return {
        heightPx,
        widthPx: (heightPx * 9) / 16,
        codec: '',
        bitrateBps: bps,
        sizeBytes,
        headBytes: bps / 8,
        url: '',
      };
    });
    const { bitrateBps, sizeBytes } = pickRendition(renditions, {
      throughputBps: meanBps,
      shownPx: SHOWN_PX,
      savesData: false,
    });
    return { ...look, bitrateBps, sizeBytes };
  });
}

function sumOf(outcomes: readonly Outcome[]): Outcome {
  const total = (name: keyof Outcome): number => outcomes.reduce((sum, outcome) => sum + outcome[name], 0);
  return {
    wastedAheadBytes: total('wastedAheadBytes'),
    wastedBytes: total('wastedBytes'),
    playedBytes: total('playedBytes'),
    startWaitMs: total('startWaitMs'),
    middleWaitMs: total('middleWaitMs'),
    waits: total('waits'),
  };
}

const { source, people } = readTrace();
const swipes = people.reduce((sum, looks) => sum + looks.length, 0);
for (const { meanBps, profile } of PROFILES) {
  const chance = seeded(1);
  const clips = people.map((looks) => clipsOf(looks, meanBps, chance));
  const ours = sumOf(clips.map((each) => play(each, profile, shippedPolicy())));
  const rival = sumOf(clips.map((each) => play(each, profile, rivalPolicy())));
  const perSwipe = (bytes: number): string => `${Math.round(bytes / swipes / 1000)} kB`;
  const seconds = ({ startWaitMs, middleWaitMs }: Outcome): number => (startWaitMs + middleWaitMs) / 1000;
  tell({
    id: 'P14',
    what: `bytes fetched and never played, ${profile.name}, ${swipes} swipes (${source})`,
    value: ours.wastedBytes / rival.wastedBytes,
    unit: 'of three videos of 800 kB ahead',
    limit: { atMost: 0.6 },
    ratio: `${perSwipe(ours.wastedBytes)} a swipe against ${perSwipe(rival.wastedBytes)} (ahead of the swipe alone: ${perSwipe(ours.wastedAheadBytes)} against ${perSwipe(rival.wastedAheadBytes)}); ${perSwipe(ours.playedBytes)} were played`,
  });
  tell({
    id: 'P14',
    what: `waiting after swipes and in the middle, ${profile.name}`,
    value: seconds(ours) / seconds(rival),
    unit: "of that policy's",
    limit: { atMost: 1 },
    ratio: `${seconds(ours).toFixed(1)} s in ${ours.waits} waits against ${seconds(rival).toFixed(1)} s in ${rival.waits}; after the swipe ${(ours.startWaitMs / 1000).toFixed(1)} s against ${(rival.startWaitMs / 1000).toFixed(1)} s`,
  });
}
