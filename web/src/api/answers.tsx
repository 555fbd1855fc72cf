/** Gives a screen or a sheet the cache of answers; its code is fetched together with the first of them. */
import type { ComponentType } from 'react';

interface Module<Props> {
  default: ComponentType<Props>;
}

/** Loads a component together with the cache and wraps it: for the route table and for lazy sheets. */
export function withAnswers<Props extends object>(load: () => Promise<Module<Props>>): () => Promise<Module<Props>> {
  let wrapped: Promise<Module<Props>> | undefined;
  const wrap = async (): Promise<Module<Props>> => {
    const [{ QueryClientProvider }, { queryClient }, { default: Inner }] = await Promise.all([
      import('@tanstack/react-query'),
      import('./query.ts'),
      load(),
    ]);
    return {
      default: (props) => (
        <QueryClientProvider client={queryClient}>
          <Inner {...props} />
        </QueryClientProvider>
      ),
    };
  };
  return () => {
    wrapped ??= wrap().catch((error: unknown) => {
      wrapped = undefined;
      throw error;
    });
    return wrapped;
  };
}
