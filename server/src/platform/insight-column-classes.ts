/** The classes of the columns of figures for authors, of algorithms that people made, and of sealed tastes. */
import type { TableClass } from './table-class.ts';

/** Tables that server/src/insights, algorithms and tastes own. */
export const INSIGHT_CLASSES: Readonly<Record<string, TableClass>> = {
  post_figures: {
    owner: 'insights',
    key: 'post',
    columns: { post: 'public', day: 'derived', views: 'derived', retention: 'derived' },
  },
  post_stands: {
    owner: 'insights',
    key: 'post',
    columns: { post: 'public', shelf: 'public', since_at: 'public', until_at: 'public' },
  },
  stand_files: { owner: 'insights', key: 'region', columns: { shelf: 'public', hash: 'public' } },
  algorithms: {
    owner: 'algorithms',
    key: 'reference',
    columns: {
      hash: 'public',
      account_id: 'public',
      name: 'public',
      about: 'public',
      weights: 'public',
      created_at: 'public',
    },
  },
  sealed_tastes: {
    owner: 'tastes',
    key: 'region',
    columns: { address: 'secret', sealed: 'secret', day: 'ops' },
  },
};
