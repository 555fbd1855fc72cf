/** Whether a region has signed an epoch: the note's key, its root, its number. */
import { isEqual, leafHash, NoteError, openNote, readCheckpoint, readVerifier, rootOf } from '@vitrine/ledger';
import { bytesOf, decodeHeads, epochLeaves, hexOf } from '@vitrine/ranking';
import { verifyEd25519 } from './ed25519.ts';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Finding, messageOf } from './finding.ts';

/** An epoch as a region has given it out. */
interface SignedEpoch {
  heads: Uint8Array;
  note: string;
  /** Line of the key by which the note is opened. */
  verifierKey: string;
}

/** Opens the note and holds its root against the one over the heads and the files that they name. */
export function checkSignature({ heads, note, verifierKey }: SignedEpoch): Finding[] {
  try {
    const key = readVerifier(verifierKey);
    const { text } = openNote(note, [key], verifyEd25519);
    const signature: Finding = { what: 'signature', verdict: 'holds', detail: `Ed25519 of ${key.name}` };
    return [signature, checkOrigin(key.name, text), ...checkRoot(heads, text)];
  } catch (cause) {
    if (!(cause instanceof NoteError)) throw cause;
    return [{ what: 'signature', verdict: 'differs', detail: messageOf(cause) }];
  }
}

function checkOrigin(name: string, text: string): Finding {
  const { origin } = readCheckpoint(text);
  const isOwn = origin === name;
  return {
    what: 'origin',
    verdict: isOwn ? 'holds' : 'differs',
    detail: isOwn ? name : `${origin}, signed by ${name}`,
  };
}

function checkRoot(heads: Uint8Array, text: string): Finding[] {
  const { root, size, extension } = readCheckpoint(text);
  const leaves = epochLeaves(heads, sha256).map((hash) => leafHash(bytesOf(hash)));
  const own = rootOf(leaves);
  const isRoot = size === leaves.length && isEqual(own, root);
  const { epoch } = decodeHeads(heads);
  const isEpoch = extension.includes(`epoch ${epoch}`);
  return [
    {
      what: 'root',
      verdict: isRoot ? 'holds' : 'differs',
      detail: isRoot
        ? `${hexOf(root)} over ${size} leaves`
        : `the note says ${hexOf(root)} over ${size} leaves, the heads give ${hexOf(own)} over ${leaves.length}`,
    },
    {
      what: 'epoch',
      verdict: isEpoch ? 'holds' : 'differs',
      detail: isEpoch ? String(epoch) : `the heads say ${epoch}, the note ${extension.join(', ') || 'nothing'}`,
    },
  ];
}
