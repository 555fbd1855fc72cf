/** Reads the LightGCN split of Gowalla: one line a user, `user place place …`, ids from 0. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Who went where, and where they went afterwards. */
export interface Visits {
  /** Places by user. */
  train: number[][];
  test: number[][];
  places: number;
}

/** Whether the folder holds the split. */
export function hasVisits(folder: string): boolean {
  return ['train', 'test'].every((name) => existsSync(join(folder, 'gowalla', `${name}.txt.xz`)));
}

/** The split. */
export function readVisits(folder: string): Visits {
  const [train, test] = [linesOf(folder, 'train'), linesOf(folder, 'test')];
  let places = 0;
  for (const visited of [...train, ...test]) for (const place of visited ?? []) places = Math.max(places, place + 1);
  return { train, test: train.map((_, user) => test[user] ?? []), places };
}

function linesOf(folder: string, name: string): number[][] {
  const path = join(folder, 'gowalla', `${name}.txt.xz`);
  const text = execFileSync('xz', ['-dc', path], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  const byUser: number[][] = [];
  for (const line of text.trimEnd().split('\n')) {
    const [user = 0, ...places] = line.trim().split(' ').map(Number);
    byUser[user] = places;
  }
  return Array.from(byUser, (places) => places ?? []);
}
