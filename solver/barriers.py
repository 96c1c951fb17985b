"""The shapes: barriers as frozen values with their parameters. A negative height is a well."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.errors import InvalidInput, Rule, require_finite, require_numbers, require_positive
from solver.grid import Array, Grid
from solver.own.drawn import DrawnBarrier
from solver.own.typed import TypedBarrier
from solver.potential import Barrier, Pieces, PiecewiseBarrier, SmoothBarrier


@dataclass(frozen=True, kw_only=True)
class NoBarrier(PiecewiseBarrier):
    """Free space, V = 0: a packet keeps its velocity and spreads.

    Its width grows as sigma sqrt(1 + (hbar t / (2 m sigma^2))^2). `center` (nm) is the place that
    tells what is transmitted from what is not.

    >>> from solver import ELECTRON, Experiment, GaussianPacket, NoBarrier
    >>> packet = GaussianPacket(energy=5.0, sigma=0.5)
    >>> run = Experiment(barrier=NoBarrier(), packet=packet, t_end=2.0, quality="draft").run()
    >>> position, spread = run.position
    >>> round(float(spread[-1]), 3)
    0.551
    >>> round(0.5 * (1 + (ELECTRON.hbar * 2.0 / (2 * ELECTRON.mass * 0.5**2)) ** 2) ** 0.5, 3)
    0.551
    """

    @property
    def pieces(self) -> Pieces:
        return ()


@dataclass(frozen=True, kw_only=True)
class RectangularBarrier(PiecewiseBarrier):
    """A rectangle: V = `height` (eV) over `width` (nm) around `center` (nm).

    Below its top 1/T = 1 + V0^2 sinh^2(kappa L) / (4 E (V0 - E)), kappa^2 = 2 m (V0 - E) / hbar^2.
    A negative height is a well. Raises InvalidInput unless the width is positive.

    >>> from math import sinh
    >>> from solver import ELECTRON, RectangularBarrier, transmission_coefficient
    >>> wall = RectangularBarrier(height=6.0, width=0.4)
    >>> round(float(transmission_coefficient(wall, 5.0)), 4)
    0.0367
    >>> kappa = ((6.0 - 5.0) / ELECTRON.kinetic) ** 0.5
    >>> round(1 / (1 + 6.0**2 * sinh(kappa * 0.4) ** 2 / (4 * 5.0 * (6.0 - 5.0))), 4)
    0.0367
    """

    height: float
    width: float

    def __post_init__(self) -> None:
        super().__post_init__()
        require_finite("RectangularBarrier.height", self.height, "eV")
        require_positive("RectangularBarrier.width", self.width, "nm")

    @property
    def pieces(self) -> Pieces:
        half = self.width / 2
        return ((self.center - half, self.center + half, self.height, self.height),)


@dataclass(frozen=True, kw_only=True)
class StepBarrier(PiecewiseBarrier):
    """A step: V = 0 left of `center` (nm) and `height` (eV) right of it.

    T = 4 k k' / (k + k')^2 above it, with the wavenumbers k and k' of either side, and 0 below.
    At an energy of 4/3 of the height k' = k/2, so T = 8/9.

    >>> import numpy as np
    >>> from solver import StepBarrier, transmission_coefficient
    >>> transmission_coefficient(StepBarrier(height=3.0), np.array([2.0, 4.0])).round(4).tolist()
    [0.0, 0.8889]
    """

    height: float

    def __post_init__(self) -> None:
        super().__post_init__()
        require_finite("StepBarrier.height", self.height, "eV")

    @property
    def pieces(self) -> Pieces:
        return ((self.center, math.inf, self.height, self.height),)

    def pieces_on(self, grid: Grid) -> Pieces:
        return ((self.center, grid.right, self.height, self.height),)

    def profile(self, x: Array) -> Array:
        return np.where(x >= self.center, self.height, 0.0)

    @property
    def support(self) -> tuple[float, float]:
        return (self.center, self.center)

    @property
    def cells(self) -> Array:
        return np.array([self.center])

    @property
    def jumps(self) -> tuple[tuple[float, float], ...]:
        return ((self.center, self.height),) if self.height else ()

    @property
    def thickness(self) -> float:
        return math.inf

    @property
    def right_level(self) -> float:
        return self.height


@dataclass(frozen=True, kw_only=True)
class DoubleBarrier(PiecewiseBarrier):
    """Two rectangles of `height` (eV) and `width` (nm) with a `gap` (nm) between them.

    `center` (nm) is the middle of the gap. At an energy of a nearly bound state of the gap both
    walls together let all of a wave through, which either alone reflects.

    >>> import numpy as np
    >>> from solver import DoubleBarrier, RectangularBarrier, transmission_coefficient
    >>> energy = np.linspace(0.8, 1.0, 2001)
    >>> T = transmission_coefficient(DoubleBarrier(height=2.0, width=0.3, gap=1.0), energy)
    >>> round(float(T.max()), 3), round(float(energy[T.argmax()]), 3)
    (1.0, 0.885)
    >>> round(float(transmission_coefficient(RectangularBarrier(height=2.0, width=0.3), 0.885)), 3)
    0.143
    """

    height: float
    width: float
    gap: float

    def __post_init__(self) -> None:
        super().__post_init__()
        require_finite("DoubleBarrier.height", self.height, "eV")
        require_positive("DoubleBarrier.width", self.width, "nm")
        require_positive("DoubleBarrier.gap", self.gap, "nm")

    @property
    def thickness(self) -> float:
        return self.width

    @property
    def clearance(self) -> float:
        return self.gap

    @property
    def detail(self) -> float:
        return 1.1

    @property
    def pieces(self) -> Pieces:
        inner, outer = self.gap / 2, self.gap / 2 + self.width
        left = (self.center - outer, self.center - inner, self.height, self.height)
        return left, (self.center + inner, self.center + outer, self.height, self.height)


@dataclass(frozen=True, kw_only=True)
class TriangularBarrier(PiecewiseBarrier):
    """A rectangle of `width` tilted by a field: V = height - field (x - a), never past zero.

    `height` in eV, `width` and `center` in nm, a = center - width/2. The `field` (eV/nm, not
    negative) lowers the far side. By default it is height/width: a full triangle. A smaller field
    leaves a trapezoid, a larger one a shorter triangle, which lets more through: field emission.

    >>> from solver import TriangularBarrier, transmission_coefficient
    >>> weak = TriangularBarrier(height=4.0, width=1.0, field=4.0)
    >>> strong = TriangularBarrier(height=4.0, width=1.0, field=8.0)
    >>> [round(float(transmission_coefficient(b, 1.0)), 5) for b in (weak, strong)]
    [0.00026, 0.02752]
    """

    height: float
    width: float
    field: float | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        require_finite("TriangularBarrier.height", self.height, "eV")
        require_positive("TriangularBarrier.width", self.width, "nm")
        if self.field is not None:
            require_finite("TriangularBarrier.field", self.field, "eV/nm")
            if self.field < 0:
                raise InvalidInput(
                    "TriangularBarrier.field", "be zero or positive", self.field, "eV/nm"
                )

    @property
    def pieces(self) -> Pieces:
        start, size = self.center - self.width / 2, abs(self.height)
        field = size / self.width if self.field is None else self.field
        base = self.width if field * self.width <= size else size / field
        end = math.copysign(max(size - field * base, 0.0), self.height)
        return ((start, start + base, self.height, end),) if base > 0 else ()


@dataclass(frozen=True, kw_only=True)
class FallingBarrier(PiecewiseBarrier):
    """A biased oxide: V = height - field (x - a) up to b = a + width, and V(b) from there on.

    `height` in eV, `width` and `center` (nm) of the stretch that falls, a = center - width/2, the
    `field` (eV/nm) not negative. Unlike a TriangularBarrier it falls past zero, so that the far
    side lies lower. Below V(b) nothing gets through. Where kappa L is large and V(b) is far
    below the energy, T = 4 sqrt(E (V0 - E))/V0 exp(-B/F), B = 4 (V0 - E)^1.5/(3 sqrt(kinetic)):

    >>> from math import exp, sqrt
    >>> from solver import ELECTRON, FallingBarrier, transmission_coefficient
    >>> oxide = FallingBarrier(height=3.6, width=3.0, field=2.0)
    >>> round(oxide.right_level, 9), f"{transmission_coefficient(oxide, 0.5):.1e}"
    (-2.4, '1.1e-08')
    >>> B = 4 * (3.6 - 0.5) ** 1.5 / (3 * sqrt(ELECTRON.kinetic))
    >>> f"{4 * sqrt(0.5 * (3.6 - 0.5)) / 3.6 * exp(-B / 2.0):.1e}"
    '1.1e-08'
    """

    height: float
    width: float
    field: float

    def __post_init__(self) -> None:
        super().__post_init__()
        require_finite("FallingBarrier.height", self.height, "eV")
        require_positive("FallingBarrier.width", self.width, "nm")
        require_finite("FallingBarrier.field", self.field, "eV/nm")
        if self.field < 0:
            raise InvalidInput("FallingBarrier.field", "be zero or positive", self.field, "eV/nm")

    @property
    def slope(self) -> tuple[float, float, float, float]:
        """The piece that falls."""
        a, b = self.support
        return (a, b, self.height, self.right_level)

    @property
    def pieces(self) -> Pieces:
        return (self.slope, (self.support[1], math.inf, self.right_level, self.right_level))

    def pieces_on(self, grid: Grid) -> Pieces:
        end = (self.support[1], grid.right, self.right_level, self.right_level)
        return (self.slope, end)

    def profile(self, x: Array) -> Array:
        a, b = self.support
        fallen = self.height - self.field * (np.minimum(x, b) - a)
        return np.where(x >= a, fallen, 0.0)

    @property
    def support(self) -> tuple[float, float]:
        return (self.center - self.width / 2, self.center + self.width / 2)

    @property
    def cells(self) -> Array:
        return np.array(self.support)

    @property
    def jumps(self) -> tuple[tuple[float, float], ...]:
        return ((self.support[0], self.height),)

    @property
    def right_level(self) -> float:
        return self.height - self.field * self.width


@dataclass(frozen=True, kw_only=True)
class TabulatedBarrier(PiecewiseBarrier):
    """Any potential: straight lines between the points (x, v), zero outside.

    `x` (nm, rising) is counted from `center` (nm), `v` in eV; at least two points. V jumps at the
    ends where v is not 0 there. Raises InvalidInput for points that do not fit.

    >>> from solver import TabulatedBarrier, TriangularBarrier, transmission_coefficient
    >>> table = TabulatedBarrier(x=(-0.5, 0.5), v=(4.0, 0.0))
    >>> triangle = TriangularBarrier(height=4.0, width=1.0)
    >>> float(transmission_coefficient(table, 1.0) / transmission_coefficient(triangle, 1.0))
    1.0
    """

    x: tuple[float, ...]
    v: tuple[float, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        require_numbers("TabulatedBarrier.x", self.x)
        require_numbers("TabulatedBarrier.v", self.v)
        object.__setattr__(self, "x", tuple(map(float, self.x)))
        object.__setattr__(self, "v", tuple(map(float, self.v)))
        if len(self.x) != len(self.v) or len(self.x) < 2:
            rule = Rule("have as many points in x as in v, at least two")
            found = Rule("{x} and {v}", x=len(self.x), v=len(self.v))
            raise InvalidInput("TabulatedBarrier", rule, found)
        for x0, x1 in zip(self.x, self.x[1:], strict=False):
            if x1 <= x0:
                rule = Rule("rise after {before:g} nm", before=x0)
                raise InvalidInput("TabulatedBarrier.x", rule, x1, "nm")

    @property
    def thickness(self) -> float:
        return min(b - a for a, b in zip(self.x, self.x[1:], strict=False))

    @property
    def detail(self) -> float:
        return 1.6 if len(self.x) > 2 else 1.0

    @property
    def pieces(self) -> Pieces:
        x = [self.center + x for x in self.x]
        return tuple(zip(x, x[1:], self.v, self.v[1:], strict=False))


@dataclass(frozen=True, kw_only=True)
class GaussianBarrier(SmoothBarrier):
    """A bell: V = height exp(-(x-center)^2 / (2 s^2)), s = width/sqrt(2 pi).

    `height` in eV; `width` (nm) is the area under V over the height, so that a rectangle of the
    same two numbers has the same peak and area. In its upper half the bell is the thinner one, and
    lets more through up to its top.

    >>> from solver import GaussianBarrier, RectangularBarrier, transmission_coefficient
    >>> kinds = (RectangularBarrier, GaussianBarrier)
    >>> [round(float(transmission_coefficient(k(height=1.5, width=1.0), 1.0)), 4) for k in kinds]
    [0.0025, 0.0222]
    """

    @property
    def decay(self) -> float:
        return self.width / math.sqrt(2 * math.pi)

    def reach(self, level: float) -> float:
        return self.decay * math.sqrt(-2 * math.log(level))

    def profile(self, x: Array) -> Array:
        return self.height * np.exp(-np.minimum(((x - self.center) / self.decay) ** 2 / 2, 700.0))

    def coefficients(self, q: Array, grid: Grid) -> NDArray[np.complex128]:
        bell = np.exp(-np.minimum((q * self.decay) ** 2 / 2, 700.0))
        return self.height * self.width * bell * np.exp(-1j * q * self.center)


@dataclass(frozen=True, kw_only=True)
class EckartBarrier(SmoothBarrier):
    """A bell with a closed form of T: V = height / cosh^2((x-center)/a), a = width/2.

    `height` in eV; `width` (nm) is the area under V over the height. The closed form and the
    transfer matrix agree:

    >>> import numpy as np
    >>> from solver import EckartBarrier, stationary, transmission_coefficient
    >>> bell, energy = EckartBarrier(height=2.0, width=1.0), np.array([1.0, 2.0, 4.0])
    >>> transmission_coefficient(bell, energy).round(4).tolist()
    [0.0016, 0.5542, 0.9999]
    >>> stationary(bell, energy).transmission.round(4).tolist()
    [0.0016, 0.5542, 0.9999]
    """

    @property
    def decay(self) -> float:
        return self.width / 2

    def reach(self, level: float) -> float:
        return self.decay * math.acosh(level**-0.5)

    def profile(self, x: Array) -> Array:
        s = np.minimum(np.abs((x - self.center) / self.decay), 300.0)
        return self.height / np.cosh(s) ** 2

    def coefficients(self, q: Array, grid: Grid) -> NDArray[np.complex128]:
        s = np.minimum(math.pi * self.decay * q / 2, 700.0)
        bell = np.divide(s, np.sinh(s), out=np.ones_like(s), where=s > 0)
        return self.height * self.width * bell * np.exp(-1j * q * self.center)


SHAPES: dict[str, type[Barrier]] = {
    "Rectangular": RectangularBarrier,
    "Gaussian": GaussianBarrier,
    "Eckart": EckartBarrier,
    "Triangular": TriangularBarrier,
    "Falling": FallingBarrier,
    "Double": DoubleBarrier,
    "Step": StepBarrier,
    "Drawn": DrawnBarrier,
    "Typed": TypedBarrier,
    "None": NoBarrier,
}
"""The barriers that a person can choose, by name: of a few numbers, and two of one's own."""
