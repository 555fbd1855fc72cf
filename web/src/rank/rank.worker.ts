/** The ranking in a worker of its own, so that no swipe waits for it. */
import type { AnswerMessage, CallMessage } from './calls.ts';
import { openDevice } from './device.ts';

const device = openDevice(() => Date.now());
/** One call after the other: two never change the memory at once. */
let before: Promise<unknown> = Promise.resolve();

async function answer({ call, name, args }: CallMessage): Promise<AnswerMessage> {
  try {
    const calls = await device;
    return { call, answer: await (calls[name] as (...given: unknown[]) => Promise<unknown>)(...args) };
  } catch (error) {
    return { call, error: error instanceof Error ? error.message : String(error) };
  }
}

addEventListener('message', (event: MessageEvent<CallMessage>) => {
  before = before.then(async () => postMessage(await answer(event.data)));
});
