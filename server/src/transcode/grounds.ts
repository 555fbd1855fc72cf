/** What the jobs of a video work with. */
import type {
  composeEdit,
  copySound,
  makePhoto,
  makeStills,
  probeSource,
  renderFirst,
  renderRest,
} from '@vitrine/media';
import type { Db } from '../platform/database.ts';
import type { Job } from '../platform/jobs.ts';
import type { MediaStore } from '../platform/media-store.ts';
import type { World } from '../platform/world.ts';
import type { UploadStore } from '../upload/store.ts';
import type { KeepGrounds } from './outputs.ts';
import type { Video, VideoStore } from './store.ts';
import type { Workshop } from './workshop.ts';

/** The work on files; tests may put another in its place. */
export interface MediaWork {
  probeSource: typeof probeSource;
  renderFirst: typeof renderFirst;
  renderRest: typeof renderRest;
  makeStills: typeof makeStills;
  makePhoto: typeof makePhoto;
  composeEdit: typeof composeEdit;
  copySound: typeof copySound;
}

/** What the jobs need. */
export interface TranscodeGrounds {
  db: Db;
  world: World;
  media: MediaStore;
  uploads: UploadStore;
  videos: VideoStore;
  workDir: string;
  maxDurationMs: number;
  maxBytes: number;
  work: MediaWork;
}

/** One run: the job, its video, the source and a folder. */
export interface Run {
  job: Job;
  video: Video;
  workshop: Workshop;
  work: MediaWork;
  keep: KeepGrounds;
}
