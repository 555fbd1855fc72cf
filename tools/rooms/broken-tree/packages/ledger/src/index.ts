import { z } from 'zod';
export type Entry = import('@vitrine/schema').Id & import('@vitrine/schema/src/ids.ts').Id;
export { z };
