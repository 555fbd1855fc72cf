/** Every setting, read once from the environment. Each line says its default and its danger. */
import { join } from 'node:path';
import { z } from 'zod';

const flag = z
  .enum(['0', '1', 'true', 'false', ''])
  .default('')
  .transform((text) => text === '1' || text === 'true');

const environmentSchema = z.object({
  /** Where to listen. 0 takes any free port. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** 127.0.0.1 is this machine only; 0.0.0.0 shows the server to the network: put HTTPS before it. */
  HOST: z.string().default('127.0.0.1'),
  /** Everything that the region holds, unless DATABASE_URL and S3 are set. One process at a time. */
  DATA_DIR: z.string().default('./data'),
  /** Where uploads lie while they arrive. Default: DATA_DIR/staging. Web processes behind one address must share it. */
  STAGING_DIR: z.string().optional(),
  /** The address that people type. It becomes the passkeys' domain: changing it later locks passkeys out. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Where public media is fetched from; a cookieless host of its own or a CDN. Default: PUBLIC_URL/media. */
  MEDIA_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** postgres://… for PostgreSQL 15 or newer; unset: the embedded database in DATA_DIR. */
  DATABASE_URL: z.string().optional(),
  /** An S3-compatible store for media; unset: files in DATA_DIR. All four go together. */
  S3_ENDPOINT: z.string().optional(),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  /** Which part of the work this process does. More than one process needs DATABASE_URL. */
  ROLE: z.enum(['all', 'web', 'worker', 'learner']).default('all'),
  /** Who may sign up. Default: open on loopback, else by invite. */
  REGISTRATION: z.enum(['open', 'invite', 'closed']).optional(),
  /** Header in which the proxy tells the viewer's country; only if the proxy always sets it. */
  COUNTRY_HEADER: z.string().optional(),
  /** The region's name, as people see it. */
  REGION_NAME: z.string().max(60).default('Vitrine'),
  /** How many proxies in front add to X-Forwarded-For. Too many, or without a proxy, and anyone could forge their address. */
  TRUST_PROXY: z.coerce.number().int().min(0).max(5).default(0),
  /** Let nginx send public media itself: the internal location's prefix, e.g. /internal-media. */
  X_ACCEL_PREFIX: z.string().optional(),
  /** Open registration although no sandbox but separate processes works here; else the server does not start. /readyz shows the layers. */
  ALLOW_OPEN_WITHOUT_SANDBOX: flag,
  /** Limits; see the table in docs/operating.md. */
  MAX_UPLOADS_PER_HOUR: z.coerce.number().int().positive().default(200),
  MAX_UPLOAD_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(2 * 1024 ** 3),
  MAX_DURATION_MS: z.coerce.number().int().positive().default(600_000),
  ACCOUNT_QUOTA_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(20 * 1024 ** 3),
  MAX_SIGNUPS_PER_HOUR: z.coerce.number().int().positive().default(20),
  /** Multiplies every rate limit of the policy table; for tests and benches. */
  RATE_LIMIT_FACTOR: z.coerce.number().positive().default(1),
  /** Media processes at a time. Default: three for each four cores, at least one. */
  MEDIA_PROCESSES: z.coerce.number().int().positive().optional(),
  /** silent | error | warn | info | debug */
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('warn'),
  /** Certificate and key files for HTTPS by this process itself (npm start -- --lan makes them). */
  TLS_CERT_FILE: z.string().optional(),
  TLS_KEY_FILE: z.string().optional(),
});

/** The names of all settings, for docs and doctor. */
const SETTING_NAMES: readonly string[] = Object.keys(environmentSchema.shape);

/** Where media files are kept on an S3-compatible store. */
export interface S3Settings {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** Settings after defaults; immutable. */
export interface Settings {
  port: number;
  host: string;
  dataDir: string;
  stagingDir: string;
  /** Without trailing slash. While it is derived from PORT=0 it is corrected after listening. */
  publicUrl: string;
  mediaUrl: string;
  databaseUrl: string | undefined;
  s3: S3Settings | undefined;
  role: 'all' | 'web' | 'worker' | 'learner';
  registration: 'open' | 'invite' | 'closed';
  countryHeader: string | undefined;
  regionName: string;
  /** How many proxies stand in front; 0 none. */
  trustProxy: number;
  xAccelPrefix: string | undefined;
  allowOpenWithoutSandbox: boolean;
  maxUploadsPerHour: number;
  maxUploadBytes: number;
  maxDurationMs: number;
  accountQuotaBytes: number;
  maxSignupsPerHour: number;
  rateLimitFactor: number;
  mediaProcesses: number | undefined;
  logLevel: z.infer<typeof environmentSchema>['LOG_LEVEL'];
  tls: { certFile: string; keyFile: string } | undefined;
}

/** A setting that cannot be used; the message says which and what it may be. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

/** Whether a URL names this machine itself. */
export function isLoopback(url: string): boolean {
  const host = new URL(url).hostname;
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]' || host.endsWith('.localhost');
}

const OWN_HOSTS = /^(localhost|127(\.\d+){3}|::1)$/;

/** Whether only this machine reaches the server: by the address people type and by the one it listens on. */
export function isForThisMachine({ publicUrl, host }: Pick<Settings, 'publicUrl' | 'host'>): boolean {
  return isLoopback(publicUrl) && OWN_HOSTS.test(host);
}

function readS3(env: z.infer<typeof environmentSchema>): S3Settings | undefined {
  if (!env.S3_ENDPOINT && !env.S3_BUCKET) return undefined;
  if (!env.S3_ENDPOINT || !env.S3_BUCKET || !env.S3_ACCESS_KEY_ID || !env.S3_SECRET_ACCESS_KEY) {
    throw new SettingsError(
      'S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY go together: set all four or none.',
    );
  }
  return {
    endpoint: env.S3_ENDPOINT,
    bucket: env.S3_BUCKET,
    region: env.S3_REGION,
    accessKeyId: env.S3_ACCESS_KEY_ID,
    secretAccessKey: env.S3_SECRET_ACCESS_KEY,
  };
}

/**
 * Reads and checks the settings.
 * @throws SettingsError naming the variable and what it may be
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    SETTING_NAMES.filter((name) => environment[name]).map((name) => [name, environment[name]]),
  );
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    throw new SettingsError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
  }
  const env = parsed.data;
  const scheme = env.TLS_CERT_FILE ? 'https' : 'http';
  const publicUrl = (env.PUBLIC_URL ?? `${scheme}://localhost:${env.PORT}`).replace(/\/+$/, '');
  return Object.freeze({
    port: env.PORT,
    host: env.HOST,
    dataDir: env.DATA_DIR,
    stagingDir: env.STAGING_DIR ?? join(env.DATA_DIR, 'staging'),
    publicUrl,
    mediaUrl: (env.MEDIA_URL ?? `${publicUrl}/media`).replace(/\/+$/, ''),
    databaseUrl: env.DATABASE_URL,
    s3: readS3(env),
    role: env.ROLE,
    registration: env.REGISTRATION ?? (isForThisMachine({ publicUrl, host: env.HOST }) ? 'open' : 'invite'),
    countryHeader: env.COUNTRY_HEADER?.toLowerCase(),
    regionName: env.REGION_NAME,
    trustProxy: env.TRUST_PROXY,
    xAccelPrefix: env.X_ACCEL_PREFIX,
    allowOpenWithoutSandbox: env.ALLOW_OPEN_WITHOUT_SANDBOX,
    maxUploadsPerHour: env.MAX_UPLOADS_PER_HOUR,
    maxUploadBytes: env.MAX_UPLOAD_BYTES,
    maxDurationMs: env.MAX_DURATION_MS,
    accountQuotaBytes: env.ACCOUNT_QUOTA_BYTES,
    maxSignupsPerHour: env.MAX_SIGNUPS_PER_HOUR,
    rateLimitFactor: env.RATE_LIMIT_FACTOR,
    mediaProcesses: env.MEDIA_PROCESSES,
    logLevel: env.LOG_LEVEL,
    tls: env.TLS_CERT_FILE && env.TLS_KEY_FILE ? { certFile: env.TLS_CERT_FILE, keyFile: env.TLS_KEY_FILE } : undefined,
  });
}

/** Origins from which changes are accepted; on loopback its three spellings. */
export function acceptedOrigins(settings: Pick<Settings, 'publicUrl'>): ReadonlySet<string> {
  const own = new URL(settings.publicUrl);
  const origins = [own.origin];
  if (isLoopback(settings.publicUrl)) {
    const port = own.port ? `:${own.port}` : '';
    origins.push(
      `${own.protocol}//localhost${port}`,
      `${own.protocol}//127.0.0.1${port}`,
      `${own.protocol}//[::1]${port}`,
    );
  }
  return new Set(origins);
}
