import fc from 'fast-check';
import * as stores from '../stores.ts';
export const region = { fc, stores };
