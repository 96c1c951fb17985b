"""Wave packets and barriers in one dimension, with the exact theory beside every run.

Values (`Experiment` and its parts) are frozen and checked when they are made; jitted kernels do
the work below; `Trajectory` and `observables` read the result. Nothing here knows of a browser.
"""

from solver.absorber import AbsorbingLayer
from solver.barriers import (
    DoubleBarrier,
    EckartBarrier,
    GaussianBarrier,
    NoBarrier,
    RectangularBarrier,
    StepBarrier,
    TabulatedBarrier,
    TriangularBarrier,
)
from solver.ensemble import Ensemble, EnsembleTrajectory
from solver.environment import Dephasing, Environment, OrnsteinUhlenbeckNoise
from solver.errors import CostExceeded, InvalidInput
from solver.experiment import Experiment
from solver.grid import Grid
from solver.packet import GaussianPacket
from solver.packet_average import ExactFate, packet_average
from solver.potential import Barrier
from solver.scattering import stationary, transmission_coefficient
from solver.simulation import simulate
from solver.trajectory import Fate, Trajectory
from solver.units import ELECTRON, NATURAL, Units

__all__ = [
    "ELECTRON",
    "NATURAL",
    "AbsorbingLayer",
    "Barrier",
    "CostExceeded",
    "Dephasing",
    "DoubleBarrier",
    "EckartBarrier",
    "Ensemble",
    "EnsembleTrajectory",
    "Environment",
    "ExactFate",
    "Experiment",
    "Fate",
    "GaussianBarrier",
    "GaussianPacket",
    "Grid",
    "InvalidInput",
    "NoBarrier",
    "OrnsteinUhlenbeckNoise",
    "RectangularBarrier",
    "StepBarrier",
    "TabulatedBarrier",
    "Trajectory",
    "TriangularBarrier",
    "Units",
    "packet_average",
    "simulate",
    "stationary",
    "transmission_coefficient",
]
