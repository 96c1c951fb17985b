"""Many runs of one experiment in a random environment, and their average.

The averaged density is the diagonal of the density matrix, the only one of its numbers that a
screen shows. Every average comes with its standard error, the spread of the members over the root
of their number. Member i draws from a stream of its own, which `seed` and i fix: the same ensemble
gives the same numbers, in whatever order its members run.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from numbers import Integral
from typing import TYPE_CHECKING, Any

from solver.environment import Environment
from solver.errors import CostExceeded, InvalidInput, Rule, require_kind
from solver.experiment import Experiment
from solver.grid import Array
from solver.propagator import Complex
from solver.resolution import make_grid
from solver.units import Units

if TYPE_CHECKING:
    from solver.averages import EnsembleTrajectory
    from solver.trajectory import Trajectory

FEWEST, MOST = 2, 100_000
"""Members that an ensemble may have."""

STILL = 4.0
"""Between two kicks the packet's fastest waves move at most this part of the length."""

FAR = 4.0
"""The grid carries so many standard deviations of the packet's wavenumbers, as without kicks."""


@dataclass(frozen=True, kw_only=True)
class Ensemble:
    """`members` runs of an experiment, each in its own noise of the environment.

    All follow the steps of the coherent run, on a grid that is made finer where the noise needs it.
    `seed` fixes every random number. Raises InvalidInput for fewer than two members, for a grid
    given by hand that does not carry the noise, and for more than the experiment's budget.

    >>> from solver import Dephasing, Ensemble, Experiment, GaussianPacket, RectangularBarrier
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> packet = GaussianPacket(energy=5.0, sigma=1.0)
    >>> alone = Experiment(barrier=wall, packet=packet, quality="draft")
    >>> noise = Dephasing(t2=20.0, length=1.0)
    >>> noisy = Ensemble(experiment=alone, environment=noise, members=8, seed=1).run()
    >>> abs(noisy.fate.transmitted - alone.exact.transmitted) < 3 * noisy.fate_error.transmitted
    True
    """

    experiment: Experiment
    environment: Environment
    members: int = 64
    seed: int = 0

    def __post_init__(self) -> None:
        require_kind("Ensemble.experiment", self.experiment, Experiment)
        require_kind("Ensemble.environment", self.environment, Environment)
        for name, low, high in (("members", FEWEST, MOST), ("seed", 0, 2**63)):
            value: Any = getattr(self, name)
            whole = isinstance(value, Integral) and not isinstance(value, bool)
            if not whole or not low <= value <= high:
                rule = Rule("be a whole number from {low} to {high}", low=low, high=high)
                raise InvalidInput(f"Ensemble.{name}", rule, value)
        if self.needed_k_max > self.refined.used_grid.k_max:
            rule = Rule(
                "carry wavenumbers up to {k_max:.3g} 1/nm of {environment}",
                k_max=self.needed_k_max,
                environment=self.environment.name,
            )
            raise InvalidInput("Experiment.grid", rule, self.refined.used_grid.k_max, "1/nm")
        cost = self.members * self.refined.cost
        if cost > self.experiment.budget:
            raise CostExceeded("Ensemble", cost, self.experiment.budget)

    @property
    def kicks(self) -> float:
        """Standard deviation (1/nm) of the wavenumbers that kicks add in the main part."""
        return self.environment.kick_spread(self.experiment.used_t_end, self.units)

    @property
    def needed_k_max(self) -> float:
        """What the grid must carry, 1/nm: the noise, and the packet with what kicks it takes up."""
        packet, wave = self.experiment.packet, self.experiment.wave
        fastest = wave.fastest + FAR * (math.hypot(packet.sigma_k, self.kicks) - packet.sigma_k)
        deep = math.sqrt(max(wave.largest**2 - wave.fastest**2, 0.0))
        return max(self.environment.finest, math.hypot(fastest, deep))

    @cached_property
    def refined(self) -> Experiment:
        """The experiment, on a finer grid where it needs one and none was given by hand."""
        given = self.experiment
        if given.grid is not None or self.needed_k_max <= given.used_grid.k_max:
            return given
        return replace(
            given, grid=make_grid(given.used_window, given.used_layer, self.needed_k_max)
        )

    @property
    def expected_seconds(self) -> float:
        """How long all members take on one core, roughly."""
        return (1 + self.members) * self.refined.expected_seconds

    @property
    def promised(self) -> float | None:
        """What the experiment promises."""
        return self.experiment.promised

    @property
    def units(self) -> Units:
        """The units of the experiment."""
        return self.experiment.units

    @cached_property
    def every(self) -> int:
        """Steps between two kicks: the largest part of a stride that is short enough."""
        fast = self.units.velocity(self.experiment.wave.largest)
        pause = min(self.environment.pause(self.units), self.environment.length / (STILL * fast))
        wanted, stride = max(1.0, pause / self.refined.used_dt), self.refined.stride
        return max(d for d in range(1, stride + 1) if stride % d == 0 and d <= wanted)

    def run(
        self,
        progress: Callable[[float], None] | None = None,
        also: Callable[[Complex], Array] | None = None,
        coherent: "Trajectory | None" = None,
    ) -> "EnsembleTrajectory":
        """The averages over all members; `progress` is told the part that is done.

        `also` makes of a member's psi (F, n) one more array to be averaged, such as W. `coherent`
        is the run of `refined`, without the environment, for who has it already.
        """
        from solver.members import average  # the one late call: an input stands below its result

        return average(self, progress, also, coherent)
