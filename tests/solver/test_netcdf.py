"""NetCDF files: units as UDUNITS reads them, and a full disk that costs nothing but the file."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import cf_units
import netCDF4
import numpy as np
import pytest

from solver import Axis, Controls, Dephasing, Ensemble, InvalidInput, SweepStore, save_run, sweep
from solver.netcdf import Variable, write_netcdf
from solver.published.cases import CASES
from solver.published.config import PublishedConfig
from solver.published.program import run_published
from solver.published.storage import save_published
from solver.sweeps.scans import Points, save_scan, scan
from tests.solver.test_description import PLAIN

QUICK = replace(PLAIN, quality="draft")
EV = 1.60217733e-19
"""Joule, as UDUNITS has it; the value of today differs by 4e-7."""

MEANT = {
    **dict.fromkeys(("x", "dx", "width", "gap", "sigma"), ("m", 1e-9)),
    **dict.fromkeys(("time", "dt", "t_end"), ("s", 1e-15)),
    **dict.fromkeys(("potential", "energy", "height"), ("J", EV)),
    **dict.fromkeys(("energy_in_box", "energy_in_box_error"), ("J", EV)),
    **dict.fromkeys(("density", "density_error"), ("m-1", 1e9)),
    **dict.fromkeys(("heating_rate", "heating_rate_error"), ("W", EV / 1e-15)),
    "field": ("J m-1", EV / 1e-9),
}
"""What one of a variable's unit is in SI units; all others are plain numbers."""


def electron_run(file: Path) -> None:
    save_run(QUICK.run(), file)


def averaged_run(file: Path) -> None:
    noise = Dephasing(t2=20.0, length=1.0)
    save_run(Ensemble(experiment=QUICK, environment=noise, members=3).run(), file)


def natural_run(file: Path) -> None:
    save_run(replace(CASES["rectangular"], t_end=0.1).run(), file)


def curve(name: str) -> Callable[[Path], None]:
    def write(file: Path) -> None:
        controls = Controls(shape={"gap": "Double", "field": "Triangular"}.get(name, "Gaussian"))
        low = 1.0 if name != "gap" else 0.5
        save_scan(scan(controls, Axis(name=name, low=low, high=1.5, count=2)), file, controls)

    write.__name__ = f"curve_over_{name}"
    return write


def batch(file: Path) -> None:
    store = SweepStore(file.parent / "store")
    sweep(Points.of(Controls(quality="draft"), Axis.parse("width=0.2:0.3:2")), store=store)
    next(store.folder.glob("*.nc")).rename(file)


def published(file: Path) -> None:
    save_published(run_published(PublishedConfig(nx=64, t_final=0.02, n_snapshots=2)), file)


CURVES = [curve(name) for name in ("height", "width", "gap", "field", "energy", "sigma", "mass")]
WRITERS = [electron_run, averaged_run, natural_run, batch, published, *CURVES]
NATURAL = (natural_run, published)


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.__name__)
def test_every_unit_is_what_is_meant(writer: Callable[[Path], None], tmp_path: Path) -> None:
    file = tmp_path / "x.nc"
    writer(file)
    with netCDF4.Dataset(file) as data:
        assert data.variables
        for name, variable in data.variables.items():
            unit = cf_units.Unit(variable.units)
            meant, size = MEANT.get(name, ("1", 1.0))
            if writer in NATURAL:
                meant, size = "1", 1.0
            assert unit.convert(1.0, meant) == pytest.approx(size, rel=1e-6), name
        for name in ("units_energy", "units_length", "units_time"):
            told = getattr(data, name, "1")
            assert told == "natural units" or cf_units.Unit(told), name


def test_udunits_reads_a_root_as_another_number() -> None:
    """Why no unit here is a root: the trap that this file is about."""
    assert cf_units.Unit("nm-0.5").is_dimensionless()


@contextmanager
def disk_of(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes, as on a full disk."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize("size", [0, 100, 8_000, 60_000])
def test_a_full_disk_is_told_and_leaves_what_was_there(size: int, tmp_path: Path) -> None:
    file = tmp_path / "x.nc"
    file.write_text("old")
    large = {"a": Variable(("x",), np.ones(10_000), "1", "too large")}
    with disk_of(size), pytest.raises(InvalidInput, match="can be written"):
        write_netcdf(file, large)
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_store_on_a_full_disk_is_told_and_keeps_what_was_done(tmp_path: Path) -> None:
    store = SweepStore(tmp_path)
    plan = Points.of(Controls(quality="draft"), Axis.parse("width=0.2:0.3:4"))
    store.load(plan)
    store.save((0, 2), sweep(plan[0:2]))
    with disk_of(4_000), pytest.raises(InvalidInput, match="can be written"):
        store.save((2, 4), sweep(plan[2:4]))
    assert list(store.load(plan)) == [(0, 2)]
