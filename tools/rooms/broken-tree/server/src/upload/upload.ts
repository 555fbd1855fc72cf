import { region } from '../testing/region.ts';
import type { Feed } from '@vitrine/web';
import type { Nothing } from '@vitrine/nowhere';
export const upload = region;
export type Upload = Feed | Nothing;
