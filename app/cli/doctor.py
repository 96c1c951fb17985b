"""`tunnelscope doctor`: what is installed, whether the kernels are compiled, and a self-test."""

import json
import os
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from time import perf_counter
from typing import Any

import typer

from app.cli import options
from app.cli.terminal import plain_table, print_table, waiting

PACKAGES = (
    "tunnelscope",
    "numpy",
    "scipy",
    "numba",
    "rocket-fft",
    "h5netcdf",
    "xarray",
    "panel",
    "panel-material-ui",
    "holoviews",
    "bokeh",
    "matplotlib",
)
COMPILED = 2.0
"""Seconds within which kernels are read from the cache; compiling takes many times longer."""


@dataclass(frozen=True)
class Check:
    """Something measured, and the largest value that is right."""

    name: str
    value: float
    bound: float

    @property
    def good(self) -> bool:
        return self.value <= self.bound


def doctor(as_json: options.AsJson = False) -> None:
    """Versions, kernels, and a self-test against exact theory; exit code 1 if one fails."""
    versions = {name: version(name) for name in PACKAGES}
    machine = {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count() or 1,
    }
    with waiting("Compiling and testing"):
        kernels = first_calls()
        checks = list(self_test())
    if as_json:
        found = [{**asdict(check), "good": check.good} for check in checks]
        typer.echo(json.dumps({**machine, "versions": versions, **kernels, "checks": found}))
    else:
        tell({**machine, **versions}, kernels, checks)
    if not all(check.good for check in checks):
        raise typer.Exit(1)


def first_calls() -> dict[str, Any]:
    """How long the first call of every kernel took: compiled then, or before."""
    from solver.warm import warm_up

    start = perf_counter()
    warm_up()
    seconds = perf_counter() - start
    return {"kernels": "in the cache" if seconds < COMPILED else "compiled just now", "s": seconds}


def self_test() -> Iterator[Check]:
    """One check for each thing that the project promises of its numbers."""
    import numpy as np

    from solver import EckartBarrier, Experiment, GaussianPacket, RectangularBarrier
    from solver.phase_space import wigner
    from solver.scattering import stationary, transmission_coefficient

    wall = RectangularBarrier(height=1.5, width=0.3)
    run = Experiment(barrier=wall, packet=GaussianPacket(energy=1.0, sigma=1.4)).run()
    yield Check("transmitted part against 0.341934", abs(run.fate.transmitted - 0.341934), 1e-3)
    yield Check("theory against 0.341934", abs(run.exact.transmitted - 0.341934), 1e-6)
    yield Check("probabilities add to 1", run.norm_error, 1e-10)
    yield Check("energy is kept", run.energy_drift, 1e-3)
    bell, energy = EckartBarrier(height=1.5, width=0.4), np.linspace(0.3, 4.0, 50)
    closed = transmission_coefficient(bell, energy)
    apart = np.abs(stationary(bell, energy).transmission - closed).max()
    yield Check("transfer matrices against Eckart's formula", float(apart), 1e-8)
    space = wigner(run.psi[:2], run.grid, run.experiment.used_window, 15.0)
    cell = space.k[1] - space.k[0]
    apart = np.abs(space.values.sum(axis=1) * cell - space.density_x).max()
    yield Check("marginals of the Wigner function", float(apart), 1e-3)


def tell(known: dict[str, Any], kernels: dict[str, Any], checks: list[Check]) -> None:
    print_table(plain_table((name, str(value)) for name, value in known.items()))
    typer.echo(f"\nKernels: {kernels['kernels']} ({kernels['s']:.1f} s).\n")
    words = {True: "ok", False: "WRONG"}
    rows = [(c.name, f"{c.value:.1e}", f"<= {c.bound:g}", words[c.good]) for c in checks]
    print_table(plain_table(rows))
