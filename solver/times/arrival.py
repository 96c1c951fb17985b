"""When a packet, or what of it gets through, arrives at the far end of a barrier.

From the probability beyond that place at the frames of a run: its growth is what arrives in a fs.
All is counted of what has arrived by the last frame, as if that were all.
"""

import math
from dataclasses import dataclass, field

import numpy as np
from scipy.interpolate import make_interp_spline
from scipy.special import ndtr

from solver.errors import InvalidInput
from solver.experiment import Experiment
from solver.grid import Array

DEGREE = 5
"""Of the spline through the frames."""

FINER = 16
"""Places between two frames at which the largest rate is looked for."""


@dataclass(frozen=True)
class Arrival:
    """When what has arrived by the last frame arrived, fs, and `share`, how much it is.

    `peak` is when most arrives in a fs, `mean` the mean time of arrival; `error` is by how much
    either changes if only every second frame is there, a bound of what lies between the frames.
    """

    peak: float
    mean: float
    share: float
    error: float = field(default=0.0, compare=False)


def arrival(times: Array, beyond: Array) -> Arrival:
    """Peak and mean of the arrival, from the probability `beyond` a place (F,) at times (F,) in fs.

    mean = t_end - (integral of the probability)/(probability at t_end), the mean of the rate.
    Raises InvalidInput where nothing arrives.

    >>> import numpy as np
    >>> from scipy.special import ndtr
    >>> from solver.times.arrival import arrival
    >>> times = np.linspace(0, 20, 101)
    >>> found = arrival(times, 0.3 * ndtr((times - 10.03) / 2))
    >>> round(found.peak, 3), round(found.mean, 3), round(found.share, 3)
    (10.03, 10.03, 0.3)
    """
    share = float(beyond[-1])
    if not share > 0:
        raise InvalidInput("the probability beyond the barrier", "be more than 0", share)
    peak, mean = peak_and_mean(times, beyond / share)
    half = slice((times.size - 1) % 2, None, 2)
    coarse = peak_and_mean(times[half], beyond[half] / share)
    return Arrival(peak, mean, share, max(abs(peak - coarse[0]), abs(mean - coarse[1])))


def peak_and_mean(times: Array, part: Array) -> tuple[float, float]:
    """When most arrives, and the mean, of what grows to 1."""
    line = make_interp_spline(times, part, DEGREE)
    fine = finer(times)
    peak = highest(fine, line.derivative()(fine))
    return peak, float(times[-1] - line.integrate(times[0], times[-1]))


def highest(times: Array, values: Array) -> float:
    """When values are highest, from a parabola through the highest and its neighbors."""
    most = int(values[1:-1].argmax()) + 1
    low, middle, high = values[most - 1 : most + 2]
    bend = low - 2 * middle + high
    shift = (low - high) / (2 * bend) if bend < 0 else 0.0
    return float(times[most] + shift * (times[most + 1] - times[most - 1]) / 2)


def finer(times: Array) -> Array:
    """The times, and FINER - 1 more between any two."""
    part = np.arange(FINER) / FINER
    return np.append((times[:-1, None] + np.diff(times)[:, None] * part).ravel(), times[-1])


def rates(times: Array, beyond: Array) -> Array:
    """What arrives in a fs at the times, (F,) in 1/fs."""
    return np.asarray(make_interp_spline(times, beyond, DEGREE).derivative()(times))


@dataclass(frozen=True, kw_only=True)
class FreePacket:
    """The same packet without the barrier, in closed form, on its way to a place.

    It goes with the velocity v (nm/fs) over the `distance` (nm) from its middle to the place, and
    becomes wider, sigma(t) = sigma sqrt(1 + (t/`spreading`)^2), spreading = 2 m sigma^2/hbar in fs.
    """

    distance: float
    velocity: float
    sigma: float
    spreading: float

    @classmethod
    def of(cls, experiment: Experiment) -> "FreePacket":
        """On its way to the far end of an experiment's barrier."""
        units, packet = experiment.units, experiment.packet
        far = experiment.barrier.support[1 if packet.direction > 0 else 0]
        return cls(
            distance=abs(far - experiment.center),
            velocity=units.velocity(packet.wavenumber(units)),
            sigma=packet.sigma,
            spreading=2 * units.mass * packet.sigma**2 / units.hbar,
        )

    def beyond(self, times: Array) -> Array:
        """The probability beyond the place, (F,)."""
        width = self.sigma * np.sqrt(1 + (times / self.spreading) ** 2)
        return np.asarray(ndtr((self.velocity * times - self.distance) / width))

    def rates(self, times: Array) -> Array:
        """What arrives in a fs, (F,) in 1/fs: the derivative of the probability beyond."""
        growth = 1 + (times / self.spreading) ** 2
        width = self.sigma * np.sqrt(growth)
        z = (self.velocity * times - self.distance) / width
        slope = self.velocity / width - z * times / (self.spreading**2 * growth)
        return np.asarray(np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi) * slope)

    def arrival(self, times: Array) -> Arrival:
        """Peak and mean by the last of the times, from closed forms at finer ones."""
        fine = finer(times)
        beyond = self.beyond(fine)
        share = float(beyond[-1])
        mean = float(fine[-1] - np.trapezoid(beyond / share, fine))
        return Arrival(highest(fine, self.rates(fine)), mean, share)


@dataclass(frozen=True)
class Arrivals:
    """The arrival of what gets through a barrier, `run`, beside that of the free packet, `free`.

    `passed` is the part of the free packet that is beyond the far end when the peak of what gets
    through is there, and `crossed` what of the run is by then. `ahead` is by how much the
    probability beyond the far end is more than the free packet's, at the frame where it is most so.
    """

    run: Arrival
    free: Arrival
    passed: float
    crossed: float
    ahead: float


def arrivals(experiment: Experiment, times: Array, beyond: Array) -> Arrivals:
    """Both arrivals from the probability `beyond` the barrier (F,) at times (F,) in fs.

    Raises InvalidInput where nothing gets through.

    >>> from solver import Experiment, GaussianPacket, RectangularBarrier
    >>> from solver.times.arrival import arrivals
    >>> wall = RectangularBarrier(height=3.0, width=0.6)
    >>> run = Experiment(barrier=wall, packet=GaussianPacket(energy=1.0, sigma=2.0)).run()
    >>> found = arrivals(run.experiment, run.times, run.regions[:, 2])
    >>> round(found.run.peak - found.free.peak), round(found.passed, 1), found.ahead < 1e-9
    (-1, 0.4, True)
    """
    packet, found = FreePacket.of(experiment), arrival(times, beyond)
    peak = np.array([found.peak])
    line = make_interp_spline(times, beyond, DEGREE)
    return Arrivals(
        run=found,
        free=packet.arrival(times),
        passed=float(packet.beyond(peak)[0]),
        crossed=float(line(found.peak)),
        ahead=float((beyond - packet.beyond(times)).max()),
    )
