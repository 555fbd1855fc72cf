import { button } from '../ui/button.tsx';
import type { Entry } from '@vitrine/ledger';
export const feed = button as Entry;
