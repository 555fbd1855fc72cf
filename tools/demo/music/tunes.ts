/** What the composer needs to know of a tune. Chords are scale steps (0 = home); the key is a MIDI note. */
export type Tune = {
  title: string;
  artist: string;
  tempoBpm: number;
  key: number;
  scale: 'major' | 'minor' | 'dorian' | 'lydian';
  chords: readonly number[];
  lead: 'pluck' | 'tine' | 'bell' | 'piano' | 'flute';
  comp: 'pluck' | 'tine' | 'piano' | 'none';
  hasPad: boolean;
  beat: 'none' | 'soft' | 'brushes' | 'steady';
  /** Lateness of every second eighth, as a share of an eighth. */
  swing: number;
};

/** The tunes of the demo; all of them are composed and played by our own script. */
export const TUNES: Readonly<Record<string, Tune>> = {
  'kiln-song': {
    title: 'Kiln Song',
    artist: 'tobias.wav',
    tempoBpm: 92,
    key: 57,
    scale: 'dorian',
    chords: [0, 3, 6, 4],
    lead: 'tine',
    comp: 'pluck',
    hasPad: true,
    beat: 'soft',
    swing: 0.22,
  },
  'low-tide': {
    title: 'Low Tide, No Shoes',
    artist: 'tobias.wav',
    tempoBpm: 78,
    key: 60,
    scale: 'major',
    chords: [0, 5, 3, 4],
    lead: 'flute',
    comp: 'pluck',
    hasPad: true,
    beat: 'none',
    swing: 0,
  },
  'umbrella-weather': {
    title: 'Umbrella Weather',
    artist: 'tobias.wav',
    tempoBpm: 84,
    key: 62,
    scale: 'minor',
    chords: [0, 5, 2, 6],
    lead: 'piano',
    comp: 'tine',
    hasPad: true,
    beat: 'brushes',
    swing: 0.3,
  },
  'salt-road': {
    title: 'Salt Road',
    artist: 'idris.plays',
    tempoBpm: 104,
    key: 55,
    scale: 'dorian',
    chords: [0, 6, 3, 0],
    lead: 'pluck',
    comp: 'pluck',
    hasPad: false,
    beat: 'steady',
    swing: 0.1,
  },
  'paper-sun': {
    title: 'Paper Sun',
    artist: 'idris.plays',
    tempoBpm: 112,
    key: 60,
    scale: 'lydian',
    chords: [0, 1, 5, 4],
    lead: 'bell',
    comp: 'pluck',
    hasPad: true,
    beat: 'steady',
    swing: 0,
  },
  'four-minutes': {
    title: 'Slept Four Minutes',
    artist: 'junpei.k',
    tempoBpm: 70,
    key: 58,
    scale: 'lydian',
    chords: [0, 4, 1, 5],
    lead: 'bell',
    comp: 'none',
    hasPad: true,
    beat: 'none',
    swing: 0,
  },
  'second-cup': {
    title: 'Second Cup',
    artist: 'idris.plays',
    tempoBpm: 96,
    key: 65,
    scale: 'major',
    chords: [0, 5, 1, 4],
    lead: 'tine',
    comp: 'piano',
    hasPad: false,
    beat: 'brushes',
    swing: 0.34,
  },
  'slow-glass': {
    title: 'Slow Glass',
    artist: 'tobias.wav',
    tempoBpm: 74,
    key: 53,
    scale: 'minor',
    chords: [0, 3, 5, 4],
    lead: 'piano',
    comp: 'none',
    hasPad: true,
    beat: 'soft',
    swing: 0.15,
  },
  'night-bus': {
    title: 'Night Bus 23',
    artist: 'tobias.wav',
    tempoBpm: 108,
    key: 57,
    scale: 'minor',
    chords: [0, 5, 6, 3],
    lead: 'tine',
    comp: 'tine',
    hasPad: true,
    beat: 'steady',
    swing: 0.12,
  },
};

/** Steps of each scale in semitones. */
export const SCALES = {
  major: [0, 2, 4, 5, 7, 9, 11],
  minor: [0, 2, 3, 5, 7, 8, 10],
  dorian: [0, 2, 3, 5, 7, 9, 10],
  lydian: [0, 2, 4, 6, 7, 9, 11],
} as const;
