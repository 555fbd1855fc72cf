/** A passkey device in software, for tests: makes ES256 credentials and answers WebAuthn challenges as a browser would. */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** What the device may get wrong, on purpose. */
export interface DeviceFaults {
  origin?: string;
  isUnverified?: boolean;
}

const FLAG_PRESENT = 0x01;
const FLAG_VERIFIED = 0x04;
const FLAG_NEW_CREDENTIAL = 0x40;

/** A device that belongs to pages of `origin` and the domain `rpId`. */
export function softAuthenticator(origin: string, rpId = 'localhost') {
  const credentialId = randomBytes(32);
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = credentialId.toString('base64url');
  let counter = 0;

  const flags = (faults: DeviceFaults, more = 0) => FLAG_PRESENT | (faults.isUnverified ? 0 : FLAG_VERIFIED) | more;
  const authData = (flagByte: number, attested: Buffer = Buffer.alloc(0)) => {
    const head = Buffer.alloc(37);
    createHash('sha256').update(rpId).digest().copy(head);
    head[32] = flagByte;
    head.writeUInt32BE(++counter, 33);
    return Buffer.concat([head, attested]);
  };
  const clientData = (type: string, challenge: string, faults: DeviceFaults) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: faults.origin ?? origin, crossOrigin: false }));

  return {
    id,
    /** Answers creation options. */
    create(options: { challenge: string }, faults: DeviceFaults = {}) {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, credentialId, coseKey(publicKey)]);
      const attestation = Buffer.concat([
        Buffer.from([0xa3]),
        text('fmt'),
        text('none'),
        text('attStmt'),
        Buffer.from([0xa0]),
        text('authData'),
        bytes(authData(flags(faults, FLAG_NEW_CREDENTIAL), attested)),
      ]);
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData('webauthn.create', options.challenge, faults).toString('base64url'),
          attestationObject: attestation.toString('base64url'),
          transports: ['internal'],
        },
      };
    },
    /** Answers request options. */
    get(options: { challenge: string }, faults: DeviceFaults = {}) {
      const client = clientData('webauthn.get', options.challenge, faults);
      const data = authData(flags(faults));
      const signature = sign('sha256', Buffer.concat([data, createHash('sha256').update(client).digest()]), privateKey);
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signature.toString('base64url'),
        },
      };
    },
    /** A copied device: its counter runs behind. */
    turnBack(by: number) {
      counter -= by;
    },
  };
}

/** The key in COSE form: EC2, ES256, P-256. */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    bytes(Buffer.from(x, 'base64url')),
    Buffer.from([0x22]),
    bytes(Buffer.from(y, 'base64url')),
  ]);
}

function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 | value.length]), Buffer.from(value)]);
}

function bytes(value: Buffer): Buffer {
  const head =
    value.length < 256
      ? Buffer.from([0x58, value.length])
      : Buffer.from([0x59, value.length >> 8, value.length & 0xff]);
  return Buffer.concat([head, value]);
}
