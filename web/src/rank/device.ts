/** The device's side of For You: public tables and a private memory in, pages with their reasons out. */
import {
  chooseShelves,
  hexOf,
  kernelHeads,
  pageSeed,
  profileOf,
  rank,
  type RankInputs,
  type Ranking,
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
  controlsOf,
  forget,
  isPositive,
  type Memory,
  readMemory,
  rememberWatch,
  tasteOf,
  type Ties,
  type Watch,
  writeMemory,
} from '../taste/memory.ts';
import { readExport, writeExport } from '../taste/export.ts';
import { pictureOf } from '../taste/picture.ts';
import type { Calls, PageOrder, PagePost, Why } from './calls.ts';
import { chipOf } from './chip.ts';
import { check, keepReceipt, receiptOf, type ThinReceipt } from './receipts.ts';
import {
  dropOld,
  type Epoch,
  fileOf,
  filesFor,
  newestEpoch,
  tablesOf,
  verifierKey,
  type PostPlace,
} from './shelves.ts';

/** Positives of which the book's blocks are fetched: as many as the weights file reads. */
const BOOK_POSITIVES = 100;
const WARNING = 'This file shows what its viewer watched.';

/** One ranking, for as long as its posts are in the list. */
interface Run {
  epoch: Epoch;
  files: string[];
  inputs: Omit<RankInputs, 'heads'>;
  memory: Pick<Memory, 'nonce' | 'counter'>;
  ranking: Ranking;
  places: Map<number, PostPlace>;
  isKept: boolean;
}

interface Device {
  memory: Memory;
  /** The run that each post was placed by. */
  runs: Map<number, Run>;
  weights: Weights;
}

/** Opens the memory and answers calls. */
export async function openDevice(
  clock: () => number,
): Promise<{ [Name in keyof Calls]: (...args: Parameters<Calls[Name]>) => Promise<ReturnType<Calls[Name]>> }> {
  const today = (): number => Math.floor(clock() / 86_400_000);
  const device: Device = { memory: await readMemory(today()), runs: new Map(), weights: WEIGHTS };
  const save = (): Promise<void> => writeMemory(device.memory);
  return {
    page: (order) => page(device, order, clock()),
    watched: async (watch) => {
      await keepRunOf(device, watch.post);
      rememberWatch(device.memory, withFacts(device, { ...watch, day: today() }));
      await save();
    },
    why: async (post) => whyOf(device, post),
    check: async (post) => {
      await keepRunOf(device, post);
      const receipt = await receiptOf(post);
      return receipt && check(receipt);
    },
    receipt: async (post) => {
      await keepRunOf(device, post);
      return receiptOf(post);
    },
    taste: async () => pictureOf(device.memory),
    wish: async (change) => {
      device.memory.wishes = { ...device.memory.wishes, ...change };
      await save();
      return device.memory.wishes;
    },
    forget: async (which) => {
      forget(device.memory, which);
      await save();
    },
    exportTaste: async () => writeExport(device.memory),
    importTaste: async (text) => {
      device.memory = readExport(text, device.memory);
      await save();
    },
    removed: async (post) => {
      const run = [...device.runs.values()].at(-1);
      return run?.ranking.removed.find((removal) => removal.post === post)?.code;
    },
  };
}

/** Ranks what the region has published now; posts that are in the list already count as seen. */
async function page(device: Device, order: PageOrder, nowMs: number): Promise<PagePost[]> {
  const { memory, weights } = device;
  const epoch = await newestEpoch(nowMs);
  const taste = tasteOf(memory, order.ties);
  const seen = new Map([...taste.seen].map(([block, words]) => [block, words.slice()]));
  for (const post of order.listed) markSeen(seen, post);
  const positives = taste.positives.slice(-BOOK_POSITIVES).map(({ post }) => post);
  const bookBytes = order.isFirst ? [] : await Promise.all(filesFor(epoch, { near: [], posts: positives }).map(fileOf));
  const heads = kernelHeads(epoch.heads);
  const near = order.isFirst
    ? []
    : chooseShelves(heads, profileOf(taste, tablesOf(epoch, bookBytes).book, weights), weights);
  const hashes = filesFor(epoch, { near, posts: order.isFirst ? [] : positives });
  const tables = tablesOf(epoch, await Promise.all(hashes.map(fileOf)));
  memory.counter += 1;
  const inputs = {
    weights,
    shelves: tables.shelves,
    lists: tables.lists,
    book: tables.book,
    taste: { ...taste, seen },
    controls: controlsOf(memory, order.ties, order.count),
    seed: pageSeed(epoch.heads, memory, sha256),
  };
  const ranking = rank({ ...inputs, heads });
  const run: Run = {
    epoch,
    files: hashes,
    inputs,
    memory: { nonce: memory.nonce, counter: memory.counter },
    ranking,
    places: tables.places,
    isKept: false,
  };
  for (const { post } of ranking.order) device.runs.set(post, run);
  dropOld(new Set([...device.runs.values()].flatMap(({ files }) => files)));
  return ranking.order.map((ranked, place) => ({
    id: tables.places.get(ranked.post)?.id ?? '',
    post: ranked.post,
    chip: chipOf(ranked, ranking.reasons[place] ?? { parts: [], watches: [] }),
  }));
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

function whyOf(device: Device, post: number): Why | undefined {
  const run = device.runs.get(post);
  const index = run?.ranking.order.findIndex((ranked) => ranked.post === post) ?? -1;
  const ranked = run?.ranking.order[index];
  const reasons = run?.ranking.reasons[index];
  const at = run?.places.get(post);
  if (!run || !ranked || !reasons || !at) return undefined;
  const idOf = (each: number): string =>
    run.places.get(each)?.id ?? device.memory.watches.find((watch) => watch.post === each)?.id ?? '';
  const last = run.ranking.order.at(-1);
  const { rows } = at.shelf;
  return {
    place: index + 1,
    candidates: run.ranking.candidates,
    score: ranked.score,
    parts: reasons.parts,
    watches: reasons.watches.map((share) => ({ ...share, id: idOf(share.post) })),
    placement: ranked.placement,
    penalty: ranked.penalty,
    passed: ranked.passed.map((each) => ({ ...each, id: idOf(each.post) })),
    sources: ranked.sources,
    next:
      last && last.post !== post
        ? { id: idOf(last.post), post: last.post, missing: ranked.score - last.score }
        : undefined,
    epoch: run.epoch.heads.epoch,
    tags: [...rows.tags.subarray(at.row * 5, at.row * 5 + 5)].filter((tag) => tag !== 0),
    creator: rows.creators[at.row] ?? 0,
    sound: rows.sounds[at.row] ?? 0,
  };
}

/** Whether anything was finished yet: until then the first page needs no near shelf. */
export function hasTaste(memory: Memory): boolean {
  return memory.watches.some(isPositive);
}

/** Ties of somebody who is not signed in. */
export const NO_TIES: Ties = { followedCreators: [], followedSounds: [], blockedCreators: [], isAdult: false };
