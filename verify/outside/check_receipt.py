"""Checks a receipt's signed tables with Python alone: heads, the root of RFC 6962, the note of C2SP.

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


def sha(data):
    return hashlib.sha256(data).digest()


def root(leaves):
    """RFC 6962, section 2.1."""
    if len(leaves) == 1:
        return sha(b"\0" + leaves[0])
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha(b"\1" + root(leaves[:split]) + root(leaves[split:]))


def files_of(heads):
    """The hashes that the heads name, in their order."""
    magic, version, dimensions, epoch = struct.unpack_from("<4sHHI", heads, 0)
    if (magic, version, dimensions) != (b"VHD1", 1, 64):
        raise ValueError("these are no heads")
    at = 64 + 72 + 11 * 4
    (tags,) = struct.unpack_from("<I", heads, at)
    at += 4 + 8 * tags
    (shelves,) = struct.unpack_from("<I", heads, at)
    at += 4
    names = []
    for _ in range(shelves):
        at += 28 + 4 + 64 + 8 + 32
        names.append(heads[at - 32 : at])
    for _ in ("book", "pages of lists"):
        (count,) = struct.unpack_from("<I", heads, at)
        at += 4
        names += [heads[at + 32 * i : at + 32 * (i + 1)] for i in range(count)]
        at += 32 * count
    if at != len(heads):
        raise ValueError("something follows the end of the heads")
    return epoch, [name for name in names if name != NONE]


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
        epoch, names = files_of(heads)
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
    wrong = [name for name, data in receipt["files"].items() if sha(bytes.fromhex(data)).hex() != name]
    print(f"files      {'DIFFER' if wrong else 'hold'}: {len(receipt['files'])} by their hashes")
    signed = signature_holds(text, lines, receipt["verifierKey"])
    words = {True: "holds", False: "DIFFERS", None: "not checked: the package cryptography is not there"}
    print(f"signature  {words[signed]}")
    return 0 if is_root and is_epoch and not wrong and signed is not False else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
