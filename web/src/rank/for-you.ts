/** The page's side of the ranking worker. */
import { scriptUrl } from '../app/offline.ts';
import type { AnswerMessage, Calls } from './calls.ts';
import rankWorkerUrl from './rank.worker.ts?worker&url';

let worker: Worker | undefined;
let calls = 0;
const waiting = new Map<number, { take: (answer: never) => void; fail: (error: Error) => void }>();

function open(): Worker {
  const opened = new Worker(scriptUrl(rankWorkerUrl), { type: 'module' });
  opened.addEventListener('message', (event: MessageEvent<AnswerMessage>) => {
    const { call } = event.data;
    const asked = waiting.get(call);
    waiting.delete(call);
    if ('error' in event.data) asked?.fail(new Error(event.data.error));
    else asked?.take(event.data.answer as never);
  });
  opened.addEventListener('error', () => {
    for (const { fail } of waiting.values()) fail(new Error('The ranking could not start in this browser.'));
    waiting.clear();
    worker = undefined;
  });
  return opened;
}

/** Asks the worker, which is started by the first question. */
export function ask<Name extends keyof Calls>(
  name: Name,
  ...args: Parameters<Calls[Name]>
): Promise<ReturnType<Calls[Name]>> {
  worker ??= open();
  const call = (calls += 1);
  return new Promise((take, fail) => {
    waiting.set(call, { take, fail });
    worker?.postMessage({ call, name, args });
  });
}
