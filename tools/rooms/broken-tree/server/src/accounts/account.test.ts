import fc from 'fast-check';
import { region } from '../testing/region.ts';
import { upload } from '../upload/upload.ts';
export { fc, region, upload };
