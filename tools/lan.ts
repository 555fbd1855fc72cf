/** HTTPS for phones in the same network: a certificate made on this machine, and a QR code with the address. */
import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import qrcode from 'qrcode';
import { generate } from 'selfsigned';

const DAYS_VALID = 365;

/** The address of this machine in its network; undefined when there is none. */
function lanAddress(interfaces = networkInterfaces()): string | undefined {
  return Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .find((address) => address.family === 'IPv4' && !address.internal)?.address;
}

/** What serving the network takes. */
interface LanStart {
  /** The settings under which the server must start. */
  settings: Record<string, string>;
  /** The address with its QR code, for the terminal. */
  shown: string;
}

/** Makes or reuses the certificate. HOST and PUBLIC_URL that are set stay. */
export async function prepareLan(environment: NodeJS.ProcessEnv): Promise<LanStart> {
  const address = lanAddress() ?? '127.0.0.1';
  const folder = join(environment.DATA_DIR ?? './data', 'lan');
  const files = { TLS_CERT_FILE: join(folder, 'cert.pem'), TLS_KEY_FILE: join(folder, 'key.pem') };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (!(await isUsable(files.TLS_CERT_FILE, address))) await makeCertificate(files, address);
  const port = environment.PORT ?? '3000';
  const url = environment.PUBLIC_URL ?? `https://${address}:${port}`;
  const shown = `${await qrcode.toString(url, { type: 'terminal', small: true })}
  Scan it with a phone in the same network: ${url}
  The phone warns of the certificate once, because this machine made it itself. Passkeys need a real name: use a password there.
  Anyone in this network may sign up while it runs (REGISTRATION=invite changes that).
`;
  // One's own network, asked for by name: it starts also where no sandbox but separate processes works, and says so on /privacy.
  const { HOST = '0.0.0.0', REGISTRATION = 'open', ALLOW_OPEN_WITHOUT_SANDBOX = '1' } = environment;
  return { settings: { ...files, HOST, PORT: port, PUBLIC_URL: url, REGISTRATION, ALLOW_OPEN_WITHOUT_SANDBOX }, shown };
}

async function isUsable(certFile: string, address: string): Promise<boolean> {
  if (!existsSync(certFile)) return false;
  const certificate = new X509Certificate(await readFile(certFile));
  return certificate.checkIP(address) !== undefined && Date.parse(certificate.validTo) > Date.now();
}

async function makeCertificate(files: { TLS_CERT_FILE: string; TLS_KEY_FILE: string }, address: string): Promise<void> {
  const made = await generate([{ name: 'commonName', value: 'Vitrine in this network' }], {
    keyType: 'ec',
    notAfterDate: new Date(Date.now() + DAYS_VALID * 86_400_000),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: address },
          { type: 7, ip: '127.0.0.1' },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  });
  await writeFile(files.TLS_CERT_FILE, made.cert, { mode: 0o600 });
  await writeFile(files.TLS_KEY_FILE, made.private, { mode: 0o600 });
}
