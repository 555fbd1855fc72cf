/** The classes of the columns of sounds. */
import type { TableClass } from './table-class.ts';

/** Tables that server/src/sounds owns. */
export const SOUND_CLASSES: Readonly<Record<string, TableClass>> = {
  sounds: {
    owner: 'sounds',
    key: 'sound',
    columns: {
      id: 'public',
      account_id: 'public',
      origin: 'public',
      state: 'public',
      title: 'public',
      artist: 'public',
      licence: 'public',
      credit_line: 'public',
      allow_use: 'public',
      is_public: 'private',
      video_id: 'private',
      post_id: 'public',
      made_from_id: 'public',
      same_as_id: 'private',
      file_id: 'ops',
      cover_file_id: 'ops',
      duration_ms: 'public',
      loudness_lufs: 'derived',
      tempo_bpm: 'derived',
      first_beat_ms: 'derived',
      waveform: 'derived',
      problem_code: 'private',
      problem_detail: 'private',
      created_at: 'public',
    },
  },
  sound_credits: {
    owner: 'sounds',
    key: 'sound',
    columns: { sound_id: 'public', of_sound_id: 'public', distance: 'derived' },
  },
  sound_saves: {
    owner: 'sounds',
    key: 'account',
    columns: { account_id: 'private', sound_id: 'private', created_at: 'private' },
  },
  sound_prints: { owner: 'sounds', key: 'sound', columns: { sound_id: 'derived', print: 'derived' } },
  sound_print_words: { owner: 'sounds', key: 'region', columns: { word: 'derived', sound_id: 'derived' } },
};
