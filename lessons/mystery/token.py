"""The word of a link that carries a barrier without showing it.

It hides, and does not protect: the key stands here. A word is the version and, in base32, a salt
and the barrier's place and a check of it, covered by a stream that the salt begins.
"""

import base64
import binascii
import secrets
from hashlib import blake2b

from lessons.mystery.hidden import ALL, Hidden
from locales.language import mark
from solver.errors import InvalidInput

VERSION = "1"
"""Of the prior, too: a word is a place among its barriers."""

SALT, PLACE, CHECK = 4, 2, 4
"""Bytes of each."""

RULE = mark("be the word of a link of a mystery barrier, whole and of this version")


def sealed(hidden: Hidden, salt: bytes | None = None) -> str:
    """The word for a barrier: another one each time."""
    salt = secrets.token_bytes(SALT) if salt is None else salt
    place = hidden.place.to_bytes(PLACE, "big")
    covered = crossed(place + stream(salt + place, CHECK), stream(salt, PLACE + CHECK))
    return VERSION + base64.b32encode(salt + covered).decode().rstrip("=").lower()


def opened(word: str) -> Hidden:
    """The barrier of a word; InvalidInput if it is none, or has a fault."""
    try:
        data = base64.b32decode(word[1:].upper().encode() + b"=" * (-(len(word) - 1) % 8))
    except (binascii.Error, ValueError):
        data = b""
    salt, covered = data[:SALT], data[SALT:]
    if word[:1] != VERSION or len(covered) != PLACE + CHECK:
        raise InvalidInput("The mystery", RULE, word)
    plain = crossed(covered, stream(salt, PLACE + CHECK))
    place, check = plain[:PLACE], plain[PLACE:]
    number = int.from_bytes(place, "big")
    if check != stream(salt + place, CHECK) or number >= len(ALL):
        raise InvalidInput("The mystery", RULE, word)
    return ALL[number]


def stream(seed: bytes, size: int) -> bytes:
    """Bytes that look like chance, the same for the same seed."""
    return blake2b(seed, digest_size=size, person=b"tunnelscope").digest()


def crossed(a: bytes, b: bytes) -> bytes:
    return bytes(x ^ y for x, y in zip(a, b, strict=True))
