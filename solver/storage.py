"""Runs as NetCDF-4 files: frames in float32, numbers in float64, and all inputs.

A file holds enough to run again: `load_experiment` gives back what was run, equal to what it was.
`open_run` gives the arrays as an xarray dataset; any NetCDF program can read the same file.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from solver.description import describe, make_experiment
from solver.ensemble import Ensemble
from solver.errors import InvalidInput
from solver.experiment import Experiment
from solver.netcdf import Variable, encoded, frame, number, read_netcdf, write_netcdf
from solver.numbers import NUMBERS, unit_in
from solver.trajectory import Result
from solver.units import Units

if TYPE_CHECKING:
    import xarray


def save_run(run: Result, file: Path) -> None:
    """Write a run, or the averages of an ensemble, with all its inputs, as a NetCDF-4 file.

    Raises InvalidInput for a file that cannot be written; a file is never half written.

    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> from solver import Experiment, GaussianPacket, RectangularBarrier, open_run, save_run
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> packet = GaussianPacket(energy=5.0, sigma=1.0)
    >>> file = Path(mkdtemp()) / "run.nc"
    >>> save_run(Experiment(barrier=wall, packet=packet, quality="draft").run(), file)
    >>> round(float(open_run(file).transmitted), 3)
    0.044
    """
    write_netcdf(file, variables(run), **attributes(run))


def netcdf_of(run: Result) -> bytes:
    """What `save_run` writes, in memory."""
    return bytes(encoded(variables(run), attributes(run)))


def variables(run: Result) -> dict[str, Variable]:
    """All arrays and numbers of a run."""
    units = run.experiment.units
    told = numbers(run.summary(), units)
    return {**axes(run, units), **frames(run), **probabilities(run), **told}


def attributes(run: Result) -> dict[str, Any]:
    """What was run: all of it in one text, and each input under a name of its own."""
    table, what = describe(run.source), "A run" if run.fate_error is None else "Averaged runs"
    title = f"{what} of a wave packet at a barrier"
    return {"title": title, "experiment": json.dumps(table), **flat(table)}


def axes(run: Result, units: Units) -> dict[str, Variable]:
    x = run.grid.x
    length, time = unit_in("nm", units), unit_in("fs", units)
    profile = run.experiment.barrier.profile(x)
    return {
        "x": Variable(("x",), x, length, "position", {"axis": "X"}),
        "time": Variable(("time",), run.times, time, "time since the start", {"axis": "T"}),
        "potential": Variable(("x",), profile, unit_in("eV", units), "potential of the barrier"),
    }


def frames(run: Result) -> dict[str, Variable]:
    """What a result has at each frame; all of an ensemble are averages but the errors.

    The unit of psi is one over a root, which UDUNITS has no word for: psi is a plain number.
    """
    units = run.experiment.units
    density, energy = unit_in("1/nm", units), unit_in("eV", units)
    root = "" if density == "1" else f", times the root of 1 {units.length}"
    mean = "" if run.fate_error is None else ", averaged"
    told = {
        "psi_real": ("1", f"real part of the wave function{root}"),
        "psi_imag": ("1", f"imaginary part of the wave function{root}"),
        "density": (density, f"probability density{mean}"),
        "density_error": (density, "standard error of density"),
        "energy_in_box": (energy, f"mean energy of what is still in the box{mean}"),
        "energy_in_box_error": (energy, "standard error of energy_in_box"),
    }
    return {
        name: frame(values, *told[name])
        if values.ndim == 2
        else Variable(("time",), values, *told[name])
        for name, values in run.variables.items()
    }


def probabilities(run: Result) -> dict[str, Variable]:
    """Probability by region and time; what the layers have absorbed is booked on its side."""
    places = {"left": "left of", "inside": "inside", "right": "right of"}
    return {
        f"probability_{place}": Variable(("time",), column, "1", f"probability {words} the barrier")
        for (place, words), column in zip(places.items(), run.regions.T, strict=True)
    }


def numbers(summary: dict[str, float | bool], units: Units) -> dict[str, Variable]:
    """The numbers of a run, but for how long it took."""
    return {
        name: number(value, unit_in(NUMBERS[name].unit, units), NUMBERS[name].meaning)
        for name, value in summary.items()
        if name != "seconds"
    }


def flat(table: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """The inputs as attributes of their own, such as barrier_height."""
    found: dict[str, Any] = {}
    for key, value in table.items():
        inner = flat(value, f"{prefix}{key}_") if isinstance(value, dict) else {prefix + key: value}
        found |= inner
    return found


def load_experiment(file: Path) -> Experiment | Ensemble:
    """What a file of `save_run` holds the run of; InvalidInput for any other file.

    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> from solver import Experiment, GaussianPacket, RectangularBarrier, load_experiment, save_run
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> packet = GaussianPacket(energy=5.0, sigma=1.0)
    >>> run = Experiment(barrier=wall, packet=packet, quality="draft").run()
    >>> file = Path(mkdtemp()) / "run.nc"
    >>> save_run(run, file)
    >>> load_experiment(file) == run.experiment
    True
    """
    attributes = read_netcdf(file, arrays=False)[1]
    if "experiment" not in attributes:
        raise InvalidInput("file", "hold a run, with the attribute experiment", file)
    try:
        table = json.loads(attributes["experiment"])
    except (ValueError, TypeError, RecursionError):
        raise InvalidInput("file", "hold a run that can be read", file) from None
    return make_experiment(table)


def open_run(file: Path) -> "xarray.Dataset":
    """The arrays of a file as an xarray dataset, read when they are used.

    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> from solver import Experiment, GaussianPacket, RectangularBarrier, open_run, save_run
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> packet = GaussianPacket(energy=5.0, sigma=1.0)
    >>> file = Path(mkdtemp()) / "run.nc"
    >>> save_run(Experiment(barrier=wall, packet=packet, quality="draft").run(), file)
    >>> with open_run(file) as data:
    ...     data.density.dims, data.density.units, data.time.units
    (('time', 'x'), 'nm-1', 'fs')
    """
    import xarray

    read_netcdf(file, arrays=False)
    return xarray.open_dataset(file, engine="h5netcdf")
