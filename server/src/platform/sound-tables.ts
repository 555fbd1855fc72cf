/** The rows of sounds. */
import type { Bytes, JsonWithDefault, Nullable, Timestamp } from './column-types.ts';

interface SoundsTable {
  id: string;
  account_id: Nullable<string>;
  origin: string;
  state: string;
  title: string;
  artist: string;
  licence: Nullable<string>;
  credit_line: string;
  allow_use: boolean;
  is_public: boolean;
  video_id: Nullable<string>;
  post_id: Nullable<string>;
  made_from_id: Nullable<string>;
  same_as_id: Nullable<string>;
  file_id: Nullable<string>;
  cover_file_id: Nullable<string>;
  duration_ms: Nullable<number>;
  loudness_lufs: Nullable<number>;
  tempo_bpm: Nullable<number>;
  first_beat_ms: Nullable<number>;
  waveform: JsonWithDefault;
  problem_code: Nullable<string>;
  problem_detail: Nullable<string>;
  created_at: Timestamp;
}
interface SoundCreditsTable {
  sound_id: string;
  of_sound_id: string;
  distance: number;
}
interface SoundSavesTable {
  account_id: string;
  sound_id: string;
  created_at: Timestamp;
}
interface SoundPrintsTable {
  sound_id: string;
  print: Bytes;
}
interface SoundPrintWordsTable {
  word: number;
  sound_id: string;
}

/** Their tables. */
export interface SoundTables {
  sounds: SoundsTable;
  sound_credits: SoundCreditsTable;
  sound_saves: SoundSavesTable;
  sound_prints: SoundPrintsTable;
  sound_print_words: SoundPrintWordsTable;
}
