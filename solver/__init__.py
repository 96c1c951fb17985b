"""Wave packets and barriers in one dimension, with the exact theory beside every run.

Energies are in eV, lengths in nm, times in fs; the particle is an electron unless `Units` say
otherwise. Inputs are frozen values that are checked when they are made: a wrong one raises
`InvalidInput`, a run that is too dear `CostExceeded`.

**Make** an `Experiment` of a barrier and a `GaussianPacket`, and **run** it. Barriers are
`RectangularBarrier`, `GaussianBarrier`, `EckartBarrier`, `TriangularBarrier`, `FallingBarrier`,
`DoubleBarrier`, `StepBarrier`, `TabulatedBarrier`, `DrawnBarrier`, `TypedBarrier` and `NoBarrier`;
`quality` is "draft", "standard" or "fine".

>>> from solver import Experiment, GaussianPacket, RectangularBarrier
>>> wall = RectangularBarrier(height=6.0, width=0.4)
>>> packet = GaussianPacket(energy=5.0, sigma=1.0)
>>> run = Experiment(barrier=wall, packet=packet, quality="draft").run()
>>> round(run.fate.transmitted, 3), round(run.exact.transmitted, 3)
(0.044, 0.044)

`simulate` gives the same run block by block. An `Ensemble` averages runs in a random environment,
`Dephasing` or `OrnsteinUhlenbeckNoise`. At the ends of the box are an `AbsorbingLayer` or `Walls`.

**Read** a `Trajectory`: its `fate`, `exact` fate, `psi`, `density`, `current`, `position`,
`momentum` and `energy` at all `times`; `wigner` makes its phase space. `solver.observables` and
`solver.statistics` work on any arrays. Theory needs no run: `transmission_coefficient` and
`stationary` for an energy, `packet_average` for a packet, `scan` for a curve or a map.
`solver.times` has phase and dwell times, and when what gets through arrives.

**Save** a run with `save_run`. `open_run` gives its arrays as an xarray dataset, and
`load_experiment` what it was a run of. `describe` turns an experiment into a table,
`make_experiment` a table into an experiment.

**Sweep** many experiments on all cores with `sweep`. A list of them is a plan, and so are `Points`
of `Controls` over an `Axis` or two; a `SweepStore` keeps what is done.

>>> from solver import Axis, Controls, scan
>>> curve = scan(Controls(height=6.0, energy=5.0), Axis.parse("width=0.1:0.5:3"))
>>> curve.transmitted.round(3).tolist()
[0.66, 0.105, 0.016]
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from solver.absorber import AbsorbingLayer, Walls
from solver.averages import EnsembleTrajectory
from solver.barriers import (
    DoubleBarrier,
    EckartBarrier,
    FallingBarrier,
    GaussianBarrier,
    NoBarrier,
    RectangularBarrier,
    StepBarrier,
    TabulatedBarrier,
    TriangularBarrier,
)
from solver.ensemble import Ensemble
from solver.environment import Dephasing, Environment, OrnsteinUhlenbeckNoise
from solver.errors import CostExceeded, InvalidInput
from solver.experiment import Experiment
from solver.grid import Grid
from solver.own.drawn import DrawnBarrier
from solver.own.typed import TypedBarrier
from solver.packet import GaussianPacket
from solver.packet_average import ExactFate, packet_average
from solver.potential import Barrier
from solver.scattering import Amplitudes, stationary, transmission_coefficient
from solver.simulation import simulate
from solver.trajectory import Block, Fate, FateError, Result, Trajectory
from solver.units import ELECTRON, NATURAL, Units

if TYPE_CHECKING:
    from solver.controls import Controls
    from solver.description import describe, described, make_experiment
    from solver.phase_space import PhaseSpace, wigner
    from solver.storage import load_experiment, open_run, save_run
    from solver.sweeps.scans import Axis, Points, Scan, save_scan, scan
    from solver.sweeps.store import SweepStore
    from solver.sweeps.sweep import sweep

__all__ = [
    "ELECTRON",
    "NATURAL",
    "AbsorbingLayer",
    "Amplitudes",
    "Axis",
    "Barrier",
    "Block",
    "Controls",
    "CostExceeded",
    "Dephasing",
    "DoubleBarrier",
    "DrawnBarrier",
    "EckartBarrier",
    "Ensemble",
    "EnsembleTrajectory",
    "Environment",
    "ExactFate",
    "Experiment",
    "FallingBarrier",
    "Fate",
    "FateError",
    "GaussianBarrier",
    "GaussianPacket",
    "Grid",
    "InvalidInput",
    "NoBarrier",
    "OrnsteinUhlenbeckNoise",
    "PhaseSpace",
    "Points",
    "RectangularBarrier",
    "Result",
    "Scan",
    "StepBarrier",
    "SweepStore",
    "TabulatedBarrier",
    "Trajectory",
    "TriangularBarrier",
    "TypedBarrier",
    "Units",
    "Walls",
    "describe",
    "described",
    "load_experiment",
    "make_experiment",
    "open_run",
    "packet_average",
    "save_run",
    "save_scan",
    "scan",
    "simulate",
    "stationary",
    "sweep",
    "transmission_coefficient",
    "wigner",
]

LATER = {
    "solver.controls": ("Controls",),
    "solver.description": ("describe", "described", "make_experiment"),
    "solver.phase_space": ("PhaseSpace", "wigner"),
    "solver.sweeps.scans": ("Axis", "Points", "Scan", "save_scan", "scan"),
    "solver.storage": ("load_experiment", "open_run", "save_run"),
    "solver.sweeps.sweep": ("sweep",),
    "solver.sweeps.store": ("SweepStore",),
}
"""Names that are loaded when they are first used: their modules need files, processes, filters."""

if not TYPE_CHECKING:  # or every name would pass for one of ours

    def __getattr__(name: str) -> Any:
        for module, names in LATER.items():
            if name in names:
                globals()[name] = getattr(import_module(module), name)
                return globals()[name]
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
