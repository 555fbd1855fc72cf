"""Checks a receipt's signed tables with Python alone: heads, the root of RFC 6962, the note of C2SP, the way to every file.

    python3 check_receipt.py FILE

Ends with 0 if the root (and, where the package `cryptography` is there, the signature) holds, 1 if not, 2 if unreadable.
It shares no code with the rest of this repository; docs/shelves.md is all it was written from.
"""
import base64
import hashlib
import json
import struct
import sys

NONE = bytes(32)
# A shelf as heads and pages of heads name it; its hash comes last.
ENTRY = 28 + 4 + 64 + 8 + 32


def sha(data):
    return hashlib.sha256(data).digest()


def canonical(value):
    """RFC 8785, for texts and whole numbers, which is all that a weights file holds."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def root(leaves):
    """RFC 6962, section 2.1."""
    if len(leaves) == 1:
        return sha(b"\0" + leaves[0])
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha(b"\1" + root(leaves[:split]) + root(leaves[split:]))


def named_by_heads(heads):
    """Epoch, hash of the weights in force, and the hashes of files that the heads name, in their order."""
    magic, version, dimensions, epoch = struct.unpack_from("<4sHHI", heads, 0)
    if (magic, version, dimensions) != (b"VHD1", 1, 64):
        raise ValueError("these are no heads")
    at = 64 + 72
    weights = heads[at : at + 32]
    owed = heads[at + 36 : at + 68]
    at += 68
    (shelves,) = struct.unpack_from("<I", heads, at)
    at += 4
    names = [owed]
    for _ in range(shelves):
        at += ENTRY
        names.append(heads[at - 32 : at])
    names.append(heads[at : at + 32])
    if at + 32 != len(heads):
        raise ValueError("something follows the end of the heads")
    return epoch, weights, names


def named_by(data):
    """The hashes that a file of the epoch names."""
    magic = data[:4]
    if magic == b"VDR1":
        at = 8 + 11 * 4
        (tags,) = struct.unpack_from("<I", data, at)
        at += 4 + 8 * tags
        names = []
        for size in (64 + 8 + 32, 32, 32):
            (count,) = struct.unpack_from("<I", data, at)
            at += 4
            names += [data[at + size * i - 32 : at + size * i] for i in range(1, count + 1)]
            at += size * count
    elif magic in (b"VHP1", b"VBP1", b"VLP1"):
        size = {b"VHP1": ENTRY, b"VBP1": 32, b"VLP1": 37}[magic]
        (count,) = struct.unpack_from("<I", data, 8)
        at = 12 + size * count
        names = [data[12 + size * i - 32 : 12 + size * i] for i in range(1, count + 1)]
    else:
        return []
    if at != len(data):
        raise ValueError("something follows the end of a file")
    return [name for name in names if name != NONE]


def strangers(files, names):
    """Files that neither the heads name nor a file of the epoch does."""
    known, waiting = set(), list(names)
    while waiting:
        name = waiting.pop()
        if name in known:
            continue
        known.add(name)
        waiting += named_by(files.get(name, b""))
    return [name for name in files if name not in known]


def signature_holds(text, lines, verifier):
    """True, False, or None where Ed25519 is not at hand."""
    name, key_id, encoded = verifier.strip().split("+", 2)
    key = base64.b64decode(encoded)
    if key[:1] != b"\1" or sha(name.encode() + b"\n" + key)[:4].hex() != key_id:
        return False
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return None
    for line in lines:
        dash, signer, signed = line.split(" ")
        raw = base64.b64decode(signed)
        if dash != "\u2014" or signer != name or raw[:4].hex() != key_id:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(key[1:]).verify(raw[4:], text.encode())
            return True
        except InvalidSignature:
            return False
    return False


def main(path):
    try:
        with open(path, encoding="utf-8") as file:
            receipt = json.load(file)
        heads = bytes.fromhex(receipt["heads"])
        files = {bytes.fromhex(name): bytes.fromhex(data) for name, data in receipt["files"].items()}
        epoch, in_force, names = named_by_heads(heads)
        own = sha(canonical(receipt["weights"]))
        is_chosen = receipt["weightsOf"] == "viewer"
        strange = strangers(files, names)
        text, _, signatures = receipt["note"].rpartition("\n\n")
        text += "\n"
        origin, size, expected, *rest = text.split("\n")
        lines = signatures.strip("\n").split("\n")
    except (OSError, ValueError, KeyError, TypeError, struct.error) as error:
        print(f"unreadable: {error}")
        return 2
    leaves = [sha(heads), *names]
    is_root = str(len(leaves)) == size and base64.b64encode(root(leaves)).decode() == expected
    print(f"root       {'holds' if is_root else 'DIFFERS'}: {len(leaves)} leaves of {origin}")
    is_epoch = f"epoch {epoch}" in rest
    print(f"epoch      {'holds' if is_epoch else 'DIFFERS'}: {epoch}")
    wrong = [name for name, data in files.items() if sha(data) != name]
    print(f"files      {'DIFFER' if wrong else 'hold'}: {len(files)} by their hashes")
    print(f"epoch's    {'DIFFER' if strange else 'hold'}: {len(files) - len(strange)} files are named by the signed heads or below them")
    is_weights = own == in_force or is_chosen
    words = "hold: the file in force" if own == in_force else "hold: the viewer's own choice" if is_chosen else "DIFFER"
    print(f"weights    {words}, {own.hex()}")
    signed = signature_holds(text, lines, receipt["verifierKey"])
    words = {True: "holds", False: "DIFFERS", None: "not checked: the package cryptography is not there"}
    print(f"signature  {words[signed]}")
    return 0 if is_root and is_epoch and not wrong and not strange and is_weights and signed is not False else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
