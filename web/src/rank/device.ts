/** The device's side of For You: public tables and a private memory in, pages with their reasons out. */
import {
  hexOf,
  pageSeed,
  rank,
  type RankInputs,
  readWeights,
  RECEIPT_FORMAT,
  WEIGHTS,
  type Weights,
  writeControls,
  writeTaste,
  hasSeen,
  markSeen,
} from '@vitrine/ranking';
import { sha256 } from '@noble/hashes/sha2.js';
import {
  changeWishes,
  controlsOf,
  forget,
  kept,
  type Memory,
  readMemory,
  rememberWatch,
  tasteOf,
  type Watch,
  writeMemory,
} from '../taste/memory.ts';
import type { ChosenAlgorithm } from '../taste/algorithms.ts';
import { compareOrders } from './comparison.ts';
import { readExport, writeExport } from '../taste/export.ts';
import { beginSync, endSync, joinSync, syncIfDue, syncWords } from '../taste/sync.ts';
import { pictureOf } from '../taste/picture.ts';
import { changesOf } from './changes.ts';
import type { Calls, PageOrder, PagePost } from './calls.ts';
import { chipOf } from './chip.ts';
import { check } from './check-receipt.ts';
import { keepReceipt, receiptOf, type ThinReceipt } from './receipts.ts';
import { type ChosenFiles, filesFor, openFiles } from './choose-files.ts';
import type { Run } from './run.ts';
import { dropOld, type Epoch, fileOf, newestEpoch, tablesOf, verifierKey } from './shelves.ts';
import { whyOf } from './why.ts';

const WARNING = 'This file shows what its viewer watched.';

/** What the worker holds. */
export interface Device {
  memory: Memory;
  /** The run that each post was placed by. */
  runs: Map<number, Run>;
  /** Chosen in place of the region's. */
  chosen: ChosenAlgorithm | undefined;
}

/** Where the choice is kept, beside the memory. */
const CHOSEN = 'algorithm';

/** The weights that rank on this device. */
function weightsOf({ chosen }: Device): Weights {
  return chosen?.weights ?? WEIGHTS;
}

/** Opens the memory and answers calls. */
export async function openDevice(
  clock: () => number,
): Promise<{ [Name in keyof Calls]: (...args: Parameters<Calls[Name]>) => Promise<ReturnType<Calls[Name]>> }> {
  const today = (): number => Math.floor(clock() / 86_400_000);
  const device: Device = { memory: await readMemory(today()), runs: new Map(), chosen: await readChosen() };
  const save = (): Promise<void> => writeMemory(device.memory);
  return {
    page: (order) => page(device, order, clock()),
    watched: async (watch, mayLearn) => {
      await keepRunOf(device, watch.post);
      rememberWatch(device.memory, withFacts(device, { ...watch, day: today() }), mayLearn);
      await save();
    },
    why: async (post) => whyOf(device, post),
    changes: async (post) => changesOf(device, post),
    check: async (post) => {
      await keepRunOf(device, post);
      const receipt = await receiptOf(post);
      return receipt && check(receipt);
    },
    receipt: async (post) => {
      await keepRunOf(device, post);
      return receiptOf(post);
    },
    taste: async () => pictureOf(device.memory, today()),
    wish: async (change) => {
      changeWishes(device.memory, change);
      await save();
      return device.memory.wishes;
    },
    forget: async (which) => {
      forget(device.memory, which);
      await save();
    },
    compare: async (weights, { count, ties }) => {
      const given = { taste: tasteOf(device.memory, ties), controls: controlsOf(device.memory, ties, count) };
      return compareOrders(await runOnAll(device, await newestEpoch(clock()), given), readWeights(weights));
    },
    ...carrying(device, clock),
    removed: async (post) => {
      const run = [...device.runs.values()].at(-1);
      return run?.ranking.removed.find((removal) => removal.post === post)?.code;
    },
  };
}

/** What goes from device to device: the taste as a file, sealed for one's own others, and other people's weights. */
function carrying(device: Device, clock: () => number) {
  const save = (): Promise<void> => writeMemory(device.memory);
  return {
    exportTaste: async () => writeExport(device.memory),
    importTaste: async (text: string) => {
      device.memory = readExport(text, device.memory);
      await save();
    },
    algorithm: async () => device.chosen && { hash: device.chosen.hash, name: device.chosen.name },
    choose: async (chosen: ChosenAlgorithm | undefined) => {
      device.chosen = chosen;
      await kept.write(CHOSEN, chosen);
    },
    syncWords,
    beginSync: () => beginSync(device.memory, clock()),
    joinSync: async (words: string) => {
      await joinSync(device, words, clock());
      await save();
    },
    endSync,
    syncIfDue: async () => {
      const isDone = await syncIfDue(device, clock());
      if (isDone) await save();
      return isDone;
    },
  };
}

/** The choice of an earlier visit; what the ranking could not use any more is no choice. */
async function readChosen(): Promise<ChosenAlgorithm | undefined> {
  const chosen = await kept.read<ChosenAlgorithm>(CHOSEN);
  try {
    return chosen && { ...chosen, weights: readWeights(chosen.weights) };
  } catch {
    return undefined;
  }
}

/** Ranks what the region has published now; posts that are in the list already count as seen. */
async function page(device: Device, order: PageOrder, nowMs: number): Promise<PagePost[]> {
  const { memory } = device;
  const epoch = await newestEpoch(nowMs);
  const taste = tasteOf(memory, order.ties);
  const seen = new Map([...taste.seen].map(([block, words]) => [block, words.slice()]));
  for (const post of order.listed) markSeen(seen, post);
  const given = { taste: { ...taste, seen }, controls: controlsOf(memory, order.ties, order.count) };
  const isOpen = order.isFirst && taste.positives.length === 0;
  const first = isOpen ? await runOn(device, epoch, { ...given, ...(await openFiles(epoch)) }) : undefined;
  const run = first && first.ranking.order.length >= order.count ? first : await runOnAll(device, epoch, given);
  for (const { post } of run.ranking.order) device.runs.set(post, run);
  dropOld(new Set([...device.runs.values()].flatMap(({ files }) => files)));
  return run.ranking.order.map((ranked, place) => ({
    id: run.places.get(ranked.post)?.id ?? '',
    post: ranked.post,
    chip: chipOf(ranked, run.ranking.reasons[place] ?? { parts: [], watches: [] }),
  }));
}

type Given = Pick<RankInputs, 'taste' | 'controls'>;

/** With all files that this viewer's taste points to. */
async function runOnAll(device: Device, epoch: Epoch, given: Given): Promise<Run> {
  return runOn(device, epoch, { ...given, ...(await filesFor(epoch, given.taste, weightsOf(device))) });
}

async function runOn(device: Device, epoch: Epoch, { tree, files, ...given }: Given & ChosenFiles): Promise<Run> {
  const { memory } = device;
  const { places, ...tables } = await tablesOf(tree, files);
  memory.counter += 1;
  const seed = pageSeed(epoch.heads, memory, sha256);
  const inputs = { weights: weightsOf(device), heads: tree.kernel, ...tables, ...given, seed };
  const { nonce, counter } = memory;
  return { epoch, files, inputs, memory: { nonce, counter }, ranking: rank(inputs), places, isKept: false };
}

/** The receipt of a run is kept when one of its posts was really shown. */
async function keepRunOf(device: Device, post: number): Promise<void> {
  const run = device.runs.get(post);
  if (run === undefined || run.isKept) return;
  run.isKept = true;
  const { epoch, inputs, ranking, files, memory } = run;
  const candidates = new Set(run.places.keys());
  const headsHash = hexOf(sha256(epoch.headsBytes));
  const receipt: ThinReceipt = {
    format: RECEIPT_FORMAT,
    warning: WARNING,
    note: epoch.note,
    verifierKey: await verifierKey(),
    headsHash,
    files,
    weights: inputs.weights,
    weightsOf: inputs.weights === WEIGHTS ? 'region' : 'viewer',
    taste: writeTaste(inputs.taste, { posts: candidates, seen: (each) => hasSeen(inputs.taste.seen, each) }),
    controls: writeControls(inputs.controls),
    nonce: hexOf(memory.nonce),
    counter: memory.counter,
    ranking,
  };
  const bytes = new Map(await Promise.all(files.map(async (hash) => [hash, await fileOf(hash)] as const)));
  await keepReceipt(receipt, (hash) => (hash === headsHash ? epoch.headsBytes : bytes.get(hash)));
}

/** Creator and sound of a watched post, as its shelf has them. */
function withFacts(device: Device, watch: Watch): Watch {
  const place = device.runs.get(watch.post)?.places.get(watch.post);
  if (place === undefined) return watch;
  const { shelf, row } = place;
  return { ...watch, creator: shelf.rows.creators[row] ?? 0, sound: shelf.rows.sounds[row] ?? 0 };
}
