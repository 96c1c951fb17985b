"""Compile every kernel before the first visitor comes; later starts read them from the cache."""

from solver.barriers import GaussianBarrier, RectangularBarrier
from solver.ensemble import Ensemble
from solver.environment import Dephasing
from solver.experiment import Experiment
from solver.packet import GaussianPacket
from solver.phase_space import wigner


def warm_up() -> None:
    """Small experiments through the propagator, theory, phase space and an environment."""
    packet = GaussianPacket(energy=5.0, sigma=0.5)
    for barrier in (
        RectangularBarrier(height=6.0, width=0.2),
        GaussianBarrier(height=6.0, width=0.2),
    ):
        run = Experiment(barrier=barrier, packet=packet, quality="draft", t_end=1.0).run()
        assert run.exact.transmitted > 0
        wigner(run.psi[:2], run.grid, run.experiment.used_window, 15.0)
    noise = Dephasing(t2=20.0, length=1.0)
    Ensemble(experiment=run.experiment, environment=noise, members=2).run()
