"""Compile every kernel before the first visitor comes; later starts read them from the cache."""

import os
import subprocess
import sys
from dataclasses import replace

import numpy as np

from solver.barriers import GaussianBarrier, RectangularBarrier
from solver.ensemble import Ensemble
from solver.environment import Dephasing
from solver.experiment import Experiment
from solver.foretold import Foretold, turn_of
from solver.interpolation import draw_frames, drawn
from solver.jit import is_kept
from solver.packet import GaussianPacket
from solver.phase_space import Levels, picture, picture_levels, wigner
from solver.times.delays import stationary_times


def warm_up() -> None:
    """Small experiments through the propagator, theory, phase space, display and an environment."""
    packet = GaussianPacket(energy=5.0, sigma=0.5)
    for barrier in (
        RectangularBarrier(height=6.0, width=0.2),
        GaussianBarrier(height=6.0, width=0.2),
    ):
        run = Experiment(barrier=barrier, packet=packet, quality="draft", t_end=1.0).run()
        assert run.exact.transmitted > 0
        stationary_times(barrier, 5.0)
    noise = Dephasing(t2=20.0, length=1.0)
    Ensemble(experiment=run.experiment, environment=noise, members=2).run()
    places = run.grid, run.experiment.used_window
    for psi in (run.psi[:2], run.psi[:4:2]):
        wigner(psi, *places, 15.0)
        picture_levels(psi, *places, 15.0)
    space = picture(run.psi[:2], *places, 15.0)
    averaged = np.concatenate([space.values, space.values], axis=2)[:, :, : space.x.size]
    Levels.of(replace(space, values=averaged))
    seen = drawn(run.psi[:2], *places, points=64, steps=100)
    Foretold.of(seen.re, turn_of(seen.re))


def compile_apart() -> None:
    """Compile in a process that ends, if kernels can be kept and none are.

    It takes the 150 MB with it that the compiler leaves in the memory of who compiles.
    """
    if not is_kept(draw_frames):
        words = [sys.executable, "-c", f"from {__name__} import warm_up; warm_up()"]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        # What fails there fails here, too, and is told then.
        subprocess.run(words, check=False, stderr=subprocess.DEVNULL, env=environment)
