"""The block of bytes that carries one run to the browser."""

import gzip
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.stage.squeeze import gzipped
from solver.foretold import Foretold, turn_of
from solver.grid import Array
from solver.interpolation import Drawn
from solver.phase_space import Levels
from solver.phase_space.bricks import Bricks

MOST = 32767
"""Of an array of int16 steps."""

FINEST = 4095
"""Steps from 0 to the largest |Re psi| or |Im psi|: finer than a pixel, small when compressed."""

DENSE, SOME = 0.5, 16
"""Where more of what is left of waves than this part is not 0, it is only carried; some tell."""


@dataclass(frozen=True, eq=False)
class Frames:
    """All that the browser needs to play one run; F frames at their true times (F,) in fs.

    psi (F, nx); `space` is W of G evenly chosen frames, at its own axes;
    regions (F, 3) left, inside, right; separated (F,) bool; the ideal barrier as a line (nm, eV);
    forbidden (F,) the probability of being where V exceeds the packet's energy, (0,) where it never
    does; `setting` is what stands still in the picture;
    `units` are the labels of length, energy and time; `promised` is the largest error of the
    transmitted part, None where nothing is promised.
    """

    times: Array
    psi: Drawn
    space: Levels
    regions: Array
    separated: NDArray[np.bool_]
    barrier_x: Array
    barrier_v: Array
    forbidden: Array
    setting: dict[str, Any]
    units: tuple[str, str, str]
    promised: float | None
    summary: dict[str, float | bool]


def pack(frames: Frames) -> bytes:
    """psi in FINEST steps, foretold, W in 127 on either side, |phi|^2 in MOST; compressed once."""
    space, scale = of_space(frames.space)
    turn = turn_of(frames.psi.re)
    arrays: dict[str, NDArray[Any] | Foretold | Bricks] = {
        "times": frames.times.astype(np.float32),
        "x": frames.psi.x.astype(np.float32),
        "re": Foretold.of(frames.psi.re, turn),
        "im": Foretold.of(frames.psi.im, turn),
        **space,
        "regions": frames.regions.astype(np.float32),
        "separated": frames.separated.astype(np.uint8),
        "forbidden": frames.forbidden.astype(np.float32),
        "barrier_x": frames.barrier_x.astype(np.float32),
        "barrier_v": frames.barrier_v.astype(np.float32),
    }
    meta = {
        "kind": "run",
        "psi_scale": frames.psi.scale,
        "wigner_scale": frames.space.scale,
        **frames.setting,
        "units": frames.units,
        "promised": frames.promised,
        "summary": frames.summary,
    }
    return bundle(meta, arrays, {"density_k": scale})


def of_space(space: Levels) -> tuple[dict[str, NDArray[Any] | Bricks], float]:
    """The arrays of W and beside it, and the scale of the one that has one, `density_k`."""
    scale = float(space.density_k.max()) / MOST or 1.0
    arrays: dict[str, NDArray[Any] | Bricks] = {
        "wigner": space.bricks,
        "wigner_x": space.x.astype(np.float32),
        "wigner_k": space.k.astype(np.float32),
        "density_k": np.rint(space.density_k / scale).astype(np.int16),
        "negativity": space.negativity.astype(np.float32),
    }
    return arrays, scale


def pack_frame(
    *,
    psi: Drawn,
    barrier_x: Array,
    barrier_v: Array,
    regions: Array,
    forbidden: Array,
    setting: dict[str, Any],
    time: float,
) -> bytes:
    """One frame for the drag of a slider, a few kB."""
    arrays: dict[str, NDArray[Any]] = {
        "x": psi.x.astype(np.float32),
        "re": psi.re[0],
        "im": psi.im[0],
        "barrier_x": barrier_x.astype(np.float32),
        "barrier_v": barrier_v.astype(np.float32),
        "regions": regions.astype(np.float32),
        "forbidden": forbidden.astype(np.float32),
    }
    meta = {"kind": "frame", "psi_scale": psi.scale, "time": time, **setting}
    return bundle(meta, arrays)


def bundle(
    meta: dict[str, Any],
    arrays: Mapping[str, NDArray[Any] | Foretold | Bricks],
    scales: dict[str, float] | None = None,
) -> bytes:
    """gzip of: length of the header, JSON header with dtypes, shapes and offsets, the arrays.

    An array that has a scale is one of steps of it, and is multiplied when it is read. What is
    foretold or in bricks has arrays of its own, and is put together when it is read.
    """
    listed: dict[str, dict[str, Any]] = {name: {} for name in arrays}
    sent: list[tuple[NDArray[Any], dict[str, Any]]] = []
    for name, array in arrays.items():
        entry = listed[name]
        if scales and name in scales:
            entry["scale"] = scales[name]
        if isinstance(array, Foretold):
            entry |= {"turn": array.turn, "far": {}}
            sent += [(array.far, entry["far"]), (array.near, entry)]
        elif isinstance(array, Bricks):
            entry |= {"whole": array.shape, "spans": {}}
            sent += [(array.spans, entry["spans"]), (array.values, entry)]
        else:
            sent.append((array, entry))
    sent.sort(key=lambda one: is_dense(one[0]))
    offset, parts, carried = 0, [], []
    for array, entry in sent:
        entry |= {"dtype": array.dtype.name, "shape": array.shape, "offset": offset}
        padding = -array.nbytes % 8
        (carried if is_dense(array) else parts).extend([plain(array), np.zeros(padding, np.uint8)])
        offset += array.nbytes + padding
    header = json.dumps({"meta": meta, "arrays": listed}).encode()
    header += b" " * (-(len(header) + 4) % 8)
    first = struct.pack("<I", len(header)) + header
    return gzipped([np.frombuffer(first, np.uint8), *parts], carried)


def is_dense(array: NDArray[Any]) -> bool:
    """Whether it is what is left of waves nearly everywhere."""
    some = array[::SOME]
    return array.dtype == np.int8 and int(np.count_nonzero(some)) > DENSE * some.size


def plain(array: NDArray[Any]) -> NDArray[np.uint8]:
    return np.ascontiguousarray(array).reshape(-1).view(np.uint8)


def unbundle(data: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Meta and arrays back from `bundle`."""
    raw = gzip.decompress(data)
    (length,) = struct.unpack_from("<I", raw)
    header = json.loads(raw[4 : 4 + length])

    def sent(entry: dict[str, Any]) -> NDArray[Any]:
        count, start = int(np.prod(entry["shape"])), 4 + length + entry["offset"]
        flat = np.frombuffer(raw, dtype=entry["dtype"], count=count, offset=start)
        return flat.reshape(entry["shape"])

    arrays = {}
    for name, entry in header["arrays"].items():
        arrays[name] = sent(entry)
        if "turn" in entry:
            arrays[name] = Foretold(arrays[name], sent(entry["far"]), entry["turn"]).waves
        if "spans" in entry:
            whole = Bricks(tuple(entry["whole"]), arrays[name], sent(entry["spans"]))
            arrays[name] = whole.levels
        if "scale" in entry:
            arrays[name] = (arrays[name] * entry["scale"]).astype(np.float32)
    return header["meta"], arrays
