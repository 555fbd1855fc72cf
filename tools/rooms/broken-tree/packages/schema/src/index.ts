import { readFileSync } from 'node:fs';
import type { Entry } from '@vitrine/ledger';
export * from '../../ledger/src/index.ts';
export { readFileSync, type Entry };
