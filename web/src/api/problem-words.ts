/** Which message stands for a problem's code; codes that are absent show the server's own sentence. */
import type { Word } from '../words/words.ts';

const problemWords: Readonly<Record<string, Word>> = {
  offline: 'problem.offline',
  not_found: 'problem.notFound',
  rate_limited: 'problem.rateLimited',
  part_not_loaded: 'problem.partNotLoaded',
  not_signed_in: 'problem.notSignedIn',
};
export default problemWords;
