"""The finished batches of a sweep in a folder: one NetCDF file each, never half written."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from solver.batch import COLUMNS
from solver.errors import InvalidInput
from solver.grid import Array
from solver.netcdf import Variable, read_netcdf, write_netcdf
from solver.writing import writing

Part = tuple[int, int]


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

    def load(self, plan: Any, parts: Sequence[Part]) -> dict[Part, dict[str, Array]]:
        """The parts that are there; InvalidInput if the folder belongs to another sweep."""
        self._claim({"runs": len(plan), "plan": fingerprint(plan)})
        return {part: self._read(part) for part in parts if self.file(part).exists()}

    def _read(self, part: Part) -> dict[str, Array]:
        """The numbers of one batch; InvalidInput for a file that holds none."""
        found, count = read_netcdf(self.file(part))[0], part[1] - part[0]
        if any(found.get(name, np.empty(0)).shape != (count,) for name in COLUMNS):
            rule = f"hold {count} runs of this sweep; remove it to have them run again"
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
            rule = "belong to this sweep; remove it or name another"
            raise InvalidInput("the store", rule, self.folder)
        with writing(card) as beside:
            beside.write_bytes(encoded(identity))

    def file(self, part: Part) -> Path:
        """The file of one batch."""
        return self.folder / f"runs-{part[0]:08d}-{part[1]:08d}.nc"

    def save(self, part: Part, found: dict[str, Array]) -> None:
        """Keep the numbers of one batch."""
        variables = {name: Variable(("run",), found[name], "1", name) for name in COLUMNS}
        write_netcdf(self.file(part), variables)

    def remove(self) -> None:
        """Delete the files that belong to a sweep, and the folder if nothing else is in it."""
        for file in (*self.folder.glob("runs-*.nc"), self.folder / "sweep.json"):
            file.unlink(missing_ok=True)
        if not any(self.folder.iterdir()):
            self.folder.rmdir()
