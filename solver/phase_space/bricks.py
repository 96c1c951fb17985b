"""Levels of the Wigner function without most of what is dark, nine tenths of a film."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.phase_space.kernels import cut, lay
from solver.transform.lanes import SINGLES


@dataclass(frozen=True, eq=False)
class Bricks:
    """Levels `shape` (F, nk, nx) uint8, 128 for W = 0, in bricks that are SINGLES columns wide.

    Of each frame f and SINGLES columns s rows from spans[f, s, 0] up to spans[f, s, 1] are in
    `values` (m,), row after row; all others are 128. The last columns of a frame may be more than
    nx. `spans` (F, S, 2) int16.

    >>> import numpy as np
    >>> from solver.phase_space.bricks import Bricks
    >>> levels = np.full((2, 9, 20), 128, np.uint8)
    >>> levels[1, 3:5, 17] = 200
    >>> bricks = Bricks.of(levels)
    >>> bricks.values.size, bricks.spans[1].tolist()
    (32, [[0, 0], [3, 5]])
    >>> np.array_equal(bricks.levels, levels)
    True
    """

    shape: tuple[int, int, int]
    values: NDArray[np.uint8]
    spans: NDArray[np.int16]

    @classmethod
    def of(cls, levels: NDArray[np.uint8]) -> "Bricks":
        """Of levels (F, nk, nx) that are there already."""
        values, spans = room_for(levels.shape)
        return cls(levels.shape, values[: cut(levels, values, spans)], spans)

    @property
    def levels(self) -> NDArray[np.uint8]:
        """All of them, (F, nk, nx)."""
        levels = np.empty(self.shape, np.uint8)
        lay(self.values, self.spans, levels)
        return levels


def room_for(shape: tuple[int, int, int]) -> tuple[NDArray[np.uint8], NDArray[np.int16]]:
    """Room for bricks and spans of any levels of this shape."""
    frames, nk, nx = shape
    strips = -(-nx // SINGLES)
    values = np.empty(frames * strips * nk * SINGLES, np.uint8)
    return values, np.empty((frames, strips, 2), np.int16)
