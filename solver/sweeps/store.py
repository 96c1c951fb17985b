"""The finished batches of a sweep in a folder: one NetCDF file each, never half written."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from solver.errors import InvalidInput
from solver.grid import Array
from solver.netcdf import Variable, read_netcdf, write_netcdf
from solver.numbers import NUMBERS, unit_in
from solver.sweeps.batch import COLUMNS
from solver.writing import writing

Part = tuple[int, int]

NAME = re.compile(r"runs-(\d{8,})-(\d{8,})\.nc")
MOST = 4096
"""Runs in one file at most: batches are kept as they come, and a file grows up to here."""


def fingerprint(plan: Iterable[Any]) -> str:
    """What tells one plan from another: every input of every run, and the program's version."""
    digest = hashlib.sha256(f"tunnelscope {version('tunnelscope')}\n".encode())
    for text in [repr(plan)] if hasattr(plan, "axes") else map(repr, plan):
        digest.update(text.encode())
    return digest.hexdigest()


def encoded(identity: dict[str, Any]) -> bytes:
    return json.dumps(identity).encode()


@dataclass(frozen=True)
class SweepStore:
    """The `folder` that a sweep keeps its finished batches in, and goes on from.

    Runs first to stop - 1 are in `runs-FIRST-STOP.nc`; `sweep.json` says of which plan. Raises
    InvalidInput for a folder of another plan, or one that cannot be written.

    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> from solver import Axis, Controls, Points, SweepStore, sweep
    >>> plan = Points.of(Controls(height=6.0, quality="draft"), Axis.parse("width=0.2:0.3:4"))
    >>> store = SweepStore(Path(mkdtemp()))
    >>> first, again = sweep(plan, store=store), sweep(plan, store=store)  # again from the files
    >>> bool((again["transmitted"] == first["transmitted"]).all())
    True
    >>> sorted(file.name for file in store.folder.iterdir())
    ['runs-00000000-00000004.nc', 'sweep.json']
    """

    folder: Path

    def __post_init__(self) -> None:
        object.__setattr__(self, "folder", Path(self.folder))

    def load(self, plan: Any) -> dict[Part, dict[str, Array]]:
        """The parts that are there; InvalidInput if the folder belongs to another sweep."""
        self._claim({"runs": len(plan), "plan": fingerprint(plan)})
        found: dict[Part, dict[str, Array]] = {}
        for part in sorted(self._parts(), key=lambda part: (part[0], -part[1])):
            last = max((stop for _, stop in found), default=0)
            if last <= part[0] < part[1] <= len(plan):
                found[part] = self._read(part)
        return found

    def _parts(self) -> list[Part]:
        names = (NAME.fullmatch(file.name) for file in self.folder.glob("runs-*.nc"))
        return [(int(name[1]), int(name[2])) for name in names if name]

    def _read(self, part: Part) -> dict[str, Array]:
        """The numbers of one file; InvalidInput for a file that holds none."""
        rule = f"hold {part[1] - part[0]} runs of this sweep; remove it to have them run again"
        try:
            found = read_netcdf(self.file(part))[0]
        except InvalidInput:
            raise InvalidInput("file", rule, self.file(part)) from None
        if any(found.get(name, np.empty(0)).shape != (part[1] - part[0],) for name in COLUMNS):
            raise InvalidInput("file", rule, self.file(part))
        return {name: found[name] for name in COLUMNS}

    def _claim(self, identity: dict[str, Any]) -> None:
        card = self.folder / "sweep.json"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            known = card.read_bytes() if card.exists() else encoded(identity)
        except OSError as error:
            rule = f"be a folder that can be written ({error.strerror})"
            raise InvalidInput("the store", rule, self.folder) from None
        if known != encoded(identity):
            rule = "belong to this sweep and be whole; remove the folder or name another"
            raise InvalidInput("the store", rule, self.folder)
        with writing(card) as beside:
            beside.write_bytes(encoded(identity))

    def file(self, part: Part) -> Path:
        """The file of these runs."""
        return self.folder / f"runs-{part[0]:08d}-{part[1]:08d}.nc"

    def save(self, part: Part, found: dict[str, Array]) -> None:
        """Keep the numbers of one batch, in one file with those before it while that is small."""
        before = next(
            (p for p in self._parts() if p[1] == part[0] and part[1] - p[0] <= MOST), None
        )
        if before is not None:
            known = self._read(before)
            found = {name: np.concatenate([known[name], found[name]]) for name in COLUMNS}
        variables = {
            name: Variable(
                ("run",), found[name], unit_in(NUMBERS[name].unit), NUMBERS[name].meaning
            )
            for name in COLUMNS
        }
        write_netcdf(self.file(((before or part)[0], part[1])), variables)
        if before is not None:
            self.file(before).unlink()

    def remove(self) -> None:
        """Delete the files that belong to a sweep, and the folder if nothing else is in it."""
        for file in (*self.folder.glob("runs-*.nc"), self.folder / "sweep.json"):
            file.unlink(missing_ok=True)
        if not any(self.folder.iterdir()):
            self.folder.rmdir()
