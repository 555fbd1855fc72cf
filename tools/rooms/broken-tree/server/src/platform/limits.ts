import type { Upload } from '../upload/upload.ts';
export const late = () => import('../accounts/account.ts');
export type Limits = Upload;
