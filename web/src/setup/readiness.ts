/** What `/readyz` tells of the machine, as the first-start page shows it. */

/** The facts in plain figures. */
export interface Readiness {
  isReady: boolean;
  database: string;
  databaseAnswers: boolean;
  durability: string;
  freeBytes: number;
  hasRoom: boolean;
  /** Sandbox layers that hold here, of all. */
  layers: number;
  allLayers: number;
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** Reads the answer; what is missing counts as not there. */
export function readinessOf(answer: unknown): Readiness {
  const { isReady, database, disk, sandbox } = record(answer);
  const { kind, answers, durability } = record(database);
  const { freeBytes, hasRoom } = record(disk);
  const layers = Object.values(record(sandbox)).map((layer) => record(layer)['isOn']);
  return {
    isReady: isReady === true,
    database: typeof kind === 'string' ? kind : '',
    databaseAnswers: answers === true,
    durability: typeof durability === 'string' ? durability : '',
    freeBytes: typeof freeBytes === 'number' ? freeBytes : 0,
    hasRoom: hasRoom === true,
    layers: layers.filter((isOn) => isOn === true).length,
    allLayers: layers.length,
  };
}
