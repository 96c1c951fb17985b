"""A file of gzip whose last parts are only carried."""

import gzip

import numpy as np
import pytest

from app.stage.squeeze import FEW, LONGEST, gzipped

NOISE = np.random.default_rng(1).integers(0, 256, 3 * LONGEST, np.uint8)


@pytest.mark.parametrize("size", [0, 1, LONGEST - 1, LONGEST, LONGEST + 1, 3 * LONGEST])
@pytest.mark.parametrize("packed", [0, 100, 2 * FEW])
def test_any_reader_finds_all_parts_one_behind_the_other(packed: int, size: int) -> None:
    parts = [np.zeros(packed, np.uint8), np.arange(packed // 2, dtype=np.uint8)]
    found = gzip.decompress(gzipped(parts, [NOISE[:size], NOISE[:3]]))
    assert found == b"".join(one.tobytes() for one in (*parts, NOISE[:size], NOISE[:3]))


def test_what_is_carried_takes_its_size_and_the_rest_is_small() -> None:
    packed = gzipped([np.zeros(10 * FEW, np.uint8)], [NOISE])
    assert NOISE.size < len(packed) < NOISE.size + 0.002 * 10 * FEW


def test_a_byte_that_is_lost_or_changed_is_noticed() -> None:
    packed = bytearray(gzipped([np.zeros(9, np.uint8)], [NOISE[:50]]))
    packed[-30] ^= 1
    with pytest.raises(gzip.BadGzipFile):
        gzip.decompress(bytes(packed))
