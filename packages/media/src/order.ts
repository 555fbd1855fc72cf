/** What crosses the process border: one order in, lines of JSON out. */
import type { ComposeWork } from './compose/types.ts';
import type {
  AvatarOrder,
  FramesOrder,
  PhotoOrder,
  Rung,
  RungProgress,
  SoundCopyOrder,
  SoundOrder,
  SourceLimits,
  StillsOrder,
  VideoProbe,
  WatermarkOrder,
} from './types.ts';

type Plain<T> = Omit<T, 'signal' | 'onProgress'>;
/** One order a process. */
export type Order =
  | { job: 'probe'; sourcePath: string; limits: SourceLimits }
  | { job: 'encode'; sourcePath: string; outDir: string; probe: VideoProbe; rungs: Rung[]; limits: SourceLimits }
  | { job: 'remux'; sourcePath: string; outDir: string; probe: VideoProbe; limits: SourceLimits }
  | ({ job: 'stills'; limits: SourceLimits } & Plain<StillsOrder>)
  | ({ job: 'sound'; limits: SourceLimits } & Plain<SoundOrder>)
  | ({ job: 'copy-sound'; limits: SourceLimits } & Plain<SoundCopyOrder>)
  | ({ job: 'frames'; limits: SourceLimits } & Plain<FramesOrder>)
  | ({ job: 'avatar'; limits: SourceLimits } & Plain<AvatarOrder>)
  | ({ job: 'photo'; limits: SourceLimits } & Plain<PhotoOrder>)
  | ({ job: 'watermark'; limits: SourceLimits } & Plain<WatermarkOrder>)
  | ({ job: 'compose' } & ComposeWork);

/** A line on the worker's standard output. The last one is `done` or `failed`. */
export type Line =
  | { line: 'progress'; progress: RungProgress }
  | { line: 'done'; outcome: unknown; cpuMs: number }
  | { line: 'failed'; message: string };
