/** What journeys, benches and tools need to look at Vitrine as a person does: a browser, a real server, clips, pictures. */
export * from './browser.ts';
export * from './guard.ts';
export * from './journey.ts';
export * from './media.ts';
export * from './payloads.ts';
export * from './person.ts';
export * from './server.ts';
export * from './shelved.ts';
export * from './shots.ts';
export * from './tune.ts';
export * from './kernel/open-kernel.ts';
export * from './kernel/time-rankings.ts';
