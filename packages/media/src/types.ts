/** The shapes that cross this package's border. Everything here is plain JSON, so it also crosses the process border. */

/** Why a file is not taken. The sentence beside it is for people; the code is for programs. */
export type RefusalCode =
  | 'empty'
  | 'not_media'
  | 'no_video'
  | 'unsupported_container'
  | 'unsupported_codec'
  | 'encrypted'
  | 'corrupt'
  | 'too_short'
  | 'too_long'
  | 'too_large'
  | 'too_large_pixels'
  | 'too_many_streams'
  | 'invalid_caption'
  | 'too_hard';

/** A file that is not taken, and why. Never thrown: a refusal is an answer. */
export type Refusal = { kind: 'refused'; code: RefusalCode; sentence: string };

/** Bounds of a source. Each has a test that shows it bites. */
export type SourceLimits = {
  /** Longest video or sound. */
  maxDurationMs: number;
  /** Largest picture, coded or displayed. */
  maxPixels: number;
  /** Most streams of one file. */
  maxStreams: number;
  /** Largest file. */
  maxSizeBytes: number;
};

/** High dynamic range transfer of the source: `pq` = SMPTE ST 2084, `hlg` = ARIB STD-B67. */
export type HdrTransfer = 'pq' | 'hlg';

/** A video that decodes. */
export type VideoProbe = {
  kind: 'video';
  /** Displayed size: after rotation, in square pixels, before the ladder. */
  widthPx: number;
  heightPx: number;
  /** True duration, counted over the packets, not read from a header. */
  durationMs: number;
  /** An audio stream that really decodes. */
  hasAudio: boolean;
  /** Mean frames a second. */
  fps: number;
  videoCodec: string;
  audioCodec: string | null;
  hdr: HdrTransfer | null;
  /** Can be published without a new encode. */
  isRemuxable: boolean;
  /** How to read the source again; given back to the render orders as it is. */
  reading: SourceReading;
};

/** What a render order has to know about a probed source. */
export type SourceReading = {
  /** Demuxer, by name: chosen by our own sniff. */
  demuxer: string;
  videoIndex: number;
  /** The usable sound track, as it decodes. `isCopyable`: every player takes it as it is. */
  audio: { index: number; sampleRateHz: number; channels: number; isCopyable: boolean } | null;
  /** Where the first shown frame lies on the source's clock, in microseconds. */
  startUs: number;
  /** The source's own frame rate, and whether all frames keep to it. */
  rate: { num: number; den: number };
  isConstantRate: boolean;
  /** A mirror over the vertical axis, then clockwise quarter turns. */
  isMirrored: boolean;
  quarterTurns: 0 | 1 | 2 | 3;
  /** Colours that renditions get, as numbers of ITU-T H.273. */
  colour: { matrix: number; primaries: number; transfer: number };
};

/** A file with sound and no pictures. */
export type SoundProbe = {
  kind: 'sound';
  durationMs: number;
  audioCodec: string;
  channels: number;
  sampleRateHz: number;
  demuxer: string;
};
/** A still picture. */
export type PhotoProbe = { kind: 'photo'; format: string; widthPx: number; heightPx: number; isAnimated: boolean };
type CaptionProbe = { kind: 'caption'; format: 'vtt' | 'srt'; cueCount: number };
/** What a file turned out to be. */
export type ProbeOutcome = VideoProbe | SoundProbe | PhotoProbe | CaptionProbe | Refusal;

/** One step of the ladder; named by the short side (540, 720, 1080), whatever way up the video is. */
export type Rung = { shortSidePx: number; widthPx: number; heightPx: number };

/** One fragment of an MP4, a moof and its mdat: from a key frame to the next that starts one. */
export type Fragment = { offsetBytes: number; sizeBytes: number; durationMs: number; startsWithKey: boolean };
/** Where everything lies in a fragmented MP4; enough to write playlists without the file. */
export type FragmentIndex = { initBytes: number; durationMs: number; fragments: Fragment[] };

/** One encoded copy on disk, fsynced, under its last name. */
export type RenditionFile = {
  path: string;
  shortSidePx: number;
  widthPx: number;
  heightPx: number;
  durationMs: number;
  hasAudio: boolean;
  fps: number;
  /** RFC 6381, as in `video/mp4; codecs="…"`. */
  codec: string;
  /** Mean over the whole file. */
  bitrateBps: number;
  sizeBytes: number;
  /** Bytes from 0 that hold the header and the first fragment. */
  headBytes: number;
  /** Bytes from 0 after which the first frame can be shown. */
  firstFrameBytes: number;
  sha256: string;
  /** True: the source's own pictures, not encoded again. */
  isRemuxed: boolean;
  index: FragmentIndex;
};
/** What rendering came to. */
export type RenderOutcome = { kind: 'rendered'; renditions: RenditionFile[]; cpuMs: number } | Refusal;

/** Fraction done (0 to 1) of one rung, named by its short side. */
export type RungProgress = { shortSidePx: number; fraction: number };

/** What is rendered. */
export type RenderOrder = {
  sourcePath: string;
  /** An existing folder; only finished files appear in it. */
  outDir: string;
  probe: VideoProbe;
  /** Called when a rung moves on by a hundredth or more. */
  onProgress?: (progress: RungProgress) => void;
  signal?: AbortSignal;
};

/** A picture on disk. */
export type StillFile = {
  path: string;
  type: 'image/jpeg' | 'image/webp' | 'image/avif';
  widthPx: number;
  heightPx: number;
  sizeBytes: number;
  sha256: string;
};
/** The still shown before a video plays. */
export type Poster = {
  coverMs: number;
  jpeg: StillFile;
  webp: StillFile;
  avif: StillFile;
  /** Mean relative luminance, 0 to 1, where the page's texts lie (look.md, bright variant). */
  topLuminance: number;
  railLuminance: number;
  /** One of the two above 0.35: the page uses its bright falls. */
  isBright: boolean;
  /** At most 40 characters; `placeholderUrl` makes the picture of it. */
  placeholder: string;
};
/** Frames at equal distances, side by side from left to right. */
export type Storyboard = StillFile & { frames: number; frameWidthPx: number; frameHeightPx: number };
/** Of what the stills are made. */
export type StillsOrder = {
  /** The source, or any of its renditions (then `probe` is left out). */
  sourcePath: string;
  outDir: string;
  probe?: VideoProbe;
  /** Absent: the first frame that is neither black nor flat. */
  coverMs?: number;
  signal?: AbortSignal;
};
/** What came of it. */
export type StillsOutcome = { kind: 'stills'; poster: Poster; storyboard: Storyboard; cpuMs: number } | Refusal;

/** Of what a sound is made. */
export type SoundOrder = {
  /** A sound, or a video whose sound is wanted; any of our own renditions too. */
  sourcePath: string;
  outDir: string;
  /** Of the probe; decides how long the work may take. */
  durationMs: number;
  signal?: AbortSignal;
};
/** What came of it. */
export type SoundOutcome =
  | {
      kind: 'sound-made';
      /** AAC in MP4, index first, no metadata; -14 LUFS where that can be, never above -1 dBTP. */
      file: { path: string; sizeBytes: number; sha256: string; durationMs: number };
      /** EBU R 128 of that file; null for silence and for less than 400 ms. */
      loudnessLufs: number | null;
      truePeakDb: number | null;
      /** Of what came in. */
      sourceLufs: number | null;
      /** Up to 200 peaks, 0 to 255. */
      waveform: number[];
      /** Chromaprint's words, 32 bits little-endian, in base64; empty for what cannot be known again. */
      fingerprint: string;
      /** Null where no steady beat was found. */
      tempo: { bpm: number; firstBeatMs: number } | null;
      /** The file's own picture, square. */
      cover: StillFile | null;
      cpuMs: number;
    }
  | Refusal;

/** Which rendition is silenced. */
export type SilenceOrder = {
  /** A rendition made by this package. */
  renditionPath: string;
  outDir: string;
  signal?: AbortSignal;
};

/** A sound file to be played as it is, in whatever browser. */
export type SoundCopyOrder = { sourcePath: string; outDir: string; probe: SoundProbe; signal?: AbortSignal };
/** What copying a sound came to. */
export type SoundCopyOutcome =
  | {
      kind: 'sound-copied';
      /** AAC in MP4, index first, no metadata, as loud as the source. */
      file: { path: string; sizeBytes: number; sha256: string; durationMs: number };
      cpuMs: number;
    }
  | Refusal;

/** Frames to look at, for tests and tools: rising moments. */
export type FramesOrder = {
  sourcePath: string;
  outDir: string;
  probe: VideoProbe;
  momentsMs: readonly number[];
  signal?: AbortSignal;
};
/** A PNG of a whole frame. */
export type FrameFile = { path: string; atMs: number; widthPx: number; heightPx: number };
/** What came of asking for frames. */
export type FramesOutcome = { kind: 'frames'; frames: FrameFile[]; cpuMs: number } | Refusal;

/** Of what an avatar is made. */
export type AvatarOrder = { sourcePath: string; outDir: string; signal?: AbortSignal };
/** Square WebP pictures, largest first: 512, 256 and 96 pixels. */
export type AvatarOutcome = { kind: 'avatar'; files: StillFile[]; cpuMs: number } | Refusal;

/** Of what the copies of a photo are made. */
export type PhotoOrder = {
  sourcePath: string;
  outDir: string;
  /** The studio needs no more before it is posted. */
  isPosterOnly?: boolean;
  signal?: AbortSignal;
};
/** What of a photo is shown. Sizes are those of the largest copy: upright, at most 1080 pixels on the short side, never enlarged. */
export type PhotoCopies = {
  kind: 'photo-copies';
  widthPx: number;
  heightPx: number;
  placeholder: string;
  isBright: boolean;
  /** Largest first, of each size the best compressed first. */
  files: StillFile[];
  poster: { jpeg: StillFile; avif: StillFile };
};
/** What came of it. */
export type PhotoOutcome = (PhotoCopies & { cpuMs: number }) | Refusal;

/** What is written into which rendition. */
export type WatermarkOrder = {
  /** A rendition made by this package. */
  renditionPath: string;
  outDir: string;
  durationMs: number;
  /** Without the @. */
  handle: string;
  /** Host name shown under the handle. */
  site: string;
  onProgress?: (progress: RungProgress) => void;
  signal?: AbortSignal;
};
/** A plain MP4 (index first) for keeping. */
export type WatermarkOutcome =
  | {
      kind: 'watermarked';
      path: string;
      sizeBytes: number;
      widthPx: number;
      heightPx: number;
      durationMs: number;
      sha256: string;
      cpuMs: number;
    }
  | Refusal;

/** One line of a caption track; times from the start of the video; text may hold <b>, <i>, <u> and nothing else. */
export type Cue = { startMs: number; endMs: number; text: string };
/** What reading captions came to. */
export type CaptionsOutcome = { kind: 'captions'; format: 'vtt' | 'srt'; cues: Cue[] } | Refusal;

/** One layer of the sandbox as found on this machine. */
export type SandboxLayer = { isOn: boolean; detail: string };
/** A: own process with limits. B: bubblewrap. C: memory group, own user or container around it. */
export type SandboxLayers = { a: SandboxLayer; b: SandboxLayer; c: SandboxLayer };
