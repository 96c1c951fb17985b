"""One file of gzip, of parts that are compressed and then of parts that are only carried.

Bytes that a quick compression leaves nearly as many as they were take most of its time.
"""

import struct
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from isal import isal_zlib
from numpy.typing import NDArray

LEVEL, SMALLEST = 1, 3
"""Of 0 to 3, for a film and for one frame: smaller than by the quickest of zlib, in a tenth of its
time or less; what has a few kB costs nothing at any level."""

FEW = 100_000
"""Bytes up to which parts are made as small as can be."""

BARE = -15
"""The largest window of the format, and neither header nor check."""

HEADER = bytes.fromhex("1f8b 0800 0000 0000 04ff")
LAST = bytes.fromhex("01 0000 ffff")
"""What a file begins with, and a last block with nothing in it (RFC 1952, 1951)."""

LONGEST = 65_535
"""Bytes in a block that is only carried."""

Bytes = NDArray[np.uint8]


def gzipped(parts: Sequence[Bytes], carried: Sequence[Bytes] = ()) -> bytes:
    """The parts, compressed, and behind them those that are only carried."""
    size = sum(part.size for part in parts)
    packer = isal_zlib.compressobj(LEVEL if size > FEW else SMALLEST, wbits=BARE)
    packed = [packer.compress(part) for part in parts]
    packed.append(packer.flush(isal_zlib.Z_FULL_FLUSH))
    check = 0
    for part in (*parts, *carried):
        check = isal_zlib.crc32(part, check)
    size += sum(part.size for part in carried)
    blocks = [block for part in carried for block in carried_blocks(part)]
    return b"".join([HEADER, *packed, *blocks, LAST, struct.pack("<II", check, size)])


def carried_blocks(part: Bytes) -> Iterator[Any]:
    """A part in blocks as it is, each behind its length and the complement of that."""
    for begin in range(0, part.size, LONGEST):
        block = part[begin : begin + LONGEST]
        yield struct.pack("<BHH", 0, block.size, LONGEST - block.size)
        yield block
