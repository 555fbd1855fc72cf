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
export function lanAddress(interfaces = networkInterfaces()): string | undefined {
  return Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .find((address) => address.family === 'IPv4' && !address.internal)?.address;
}

/**
 * Makes or reuses the certificate and prints the address and its QR code.
 * @returns the settings under which the server must start
 */
export async function prepareLan(environment: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  const address = lanAddress() ?? '127.0.0.1';
  const folder = join(environment.DATA_DIR ?? './data', 'lan');
  const files = { TLS_CERT_FILE: join(folder, 'cert.pem'), TLS_KEY_FILE: join(folder, 'key.pem') };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (!(await isUsable(files.TLS_CERT_FILE, address))) await makeCertificate(files, address);
  const port = environment.PORT ?? '3000';
  const url = environment.PUBLIC_URL ?? `https://${address}:${port}`;
  process.stdout.write(
    `${await qrcode.toString(url, { type: 'terminal', small: true })}\n  Scan it with a phone in the same network: ${url}\n`,
  );
  process.stdout.write(
    '  The phone warns of the certificate once, because this machine made it itself. Passkeys need a real name: use a password there.\n',
  );
  return {
    ...files,
    HOST: '0.0.0.0',
    PORT: port,
    PUBLIC_URL: url,
    REGISTRATION: environment.REGISTRATION ?? 'open',
    // Whoever types --lan lets in the people of their own network, on a machine that seldom has a sandbox.
    ALLOW_OPEN_WITHOUT_SANDBOX: environment.ALLOW_OPEN_WITHOUT_SANDBOX ?? '1',
  };
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
