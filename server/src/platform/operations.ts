/** For those who run it: /healthz, /readyz, /metrics, the API's document. */
import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from './database.ts';
import { diskSpace, LEAST_FREE_DISK } from './disk-space.ts';
import type { FindSandboxLayers } from './exposure.ts';
import type { App } from './http.ts';
import { collectRoutes } from './openapi.ts';
import type { Settings } from './settings.ts';

/** What these routes need. */
interface OperationsOptions {
  db: Db;
  settings: Settings;
  databaseKind: 'embedded' | 'postgresql';
  findSandboxLayers: FindSandboxLayers;
}

const layerSchema = z.object({ isOn: z.boolean(), detail: z.string() });
const readySchema = z.object({
  isReady: z.boolean(),
  database: z.object({ kind: z.string(), answers: z.boolean(), durability: z.string() }),
  disk: z.object({ freeBytes: z.number(), hasRoom: z.boolean() }),
  sandbox: z.object({ a: layerSchema, b: layerSchema, c: layerSchema }),
});

/** Registers them. Comes before all other routes, which it describes. */
export function operationRoutes(app: App, options: OperationsOptions): void {
  const describeRoutes = collectRoutes(app);
  app.get('/healthz', { schema: { response: { 200: z.object({ isAlive: z.literal(true) }) } } }, () => ({
    isAlive: true as const,
  }));

  app.get('/readyz', { schema: { response: { 200: readySchema, 503: readySchema } } }, async (_request, reply) => {
    const answers = await sql`select 1`.execute(options.db).then(
      () => true,
      () => false,
    );
    const disk = await diskSpace(options.settings.dataDir).catch(() => ({ freeBytes: 0, freeShare: 0 }));
    const isReady = answers && disk.freeShare >= LEAST_FREE_DISK;
    return reply.code(isReady ? 200 : 503).send({
      isReady,
      database: { kind: options.databaseKind, answers, durability: durabilityOf(options.databaseKind) },
      disk: { freeBytes: disk.freeBytes, hasRoom: disk.freeShare >= LEAST_FREE_DISK },
      sandbox: options.findSandboxLayers(),
    });
  });

  app.get('/metrics', { schema: { response: { 200: z.string() } } }, async (_request, reply) => {
    const text = await metricsText(options.db);
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(text);
  });

  app.get('/api/v1/openapi.json', { schema: { response: { 200: z.unknown() } } }, async (_request, reply) =>
    reply
      .type('application/json')
      .serializer(String)
      .send(await describeRoutes()),
  );
}

/** What is claimed of an acknowledged write, in one sentence. */
export function durabilityOf(kind: 'embedded' | 'postgresql'): string {
  return kind === 'embedded'
    ? 'Survives a killed process; a power cut may cost the last commits: use PostgreSQL where that matters.'
    : 'Survives a killed process and a power cut, as PostgreSQL is set.';
}

async function metricsText(db: Db): Promise<string> {
  const jobs = await db
    .selectFrom('jobs')
    .select(['kind', 'state', (eb) => eb.fn.countAll<string>().as('count')])
    .where('state', '!=', 'done')
    .groupBy(['kind', 'state'])
    .execute();
  const events = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('acknowledged_at', 'is', null)
    .executeTakeFirstOrThrow();
  const memory = process.memoryUsage();
  const cpu = process.cpuUsage();
  return [
    '# TYPE vitrine_jobs gauge',
    ...jobs.map((row) => `vitrine_jobs{kind="${row.kind}",state="${row.state}"} ${row.count}`),
    '# TYPE vitrine_outbox_waiting gauge',
    `vitrine_outbox_waiting ${events.count}`,
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${memory.rss}`,
    '# TYPE process_cpu_seconds_total counter',
    `process_cpu_seconds_total ${(cpu.user + cpu.system) / 1e6}`,
    '# TYPE process_uptime_seconds gauge',
    `process_uptime_seconds ${process.uptime()}`,
    '',
  ].join('\n');
}
