import type { Stores } from '../stores.ts';
import fc from 'fast-check';
import { z } from 'zod';
import type { Limits } from '../platform/limits.ts';
export { fc, z, type Limits, type Stores };
