import type { Limits } from './platform/limits.ts';
import type { Upload } from './upload/upload.ts';
import type { Entry } from '@vitrine/ledger';
export type Stores = { limits: Limits; upload: Upload; entry: Entry };
