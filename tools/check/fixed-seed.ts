/** Loaded before every test: properties are tried with the same cases each time, so that a commit passes or fails by itself. VITRINE_SEED=N tries others. */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.VITRINE_SEED ?? 1) });
