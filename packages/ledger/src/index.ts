/** Proof without trust: Merkle trees, signed notes and checkpoints, in the formats of C2SP. */
export * from './merkle.ts';
export * from './note.ts';
export * from './checkpoint.ts';
