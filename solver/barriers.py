"""The shapes: barriers as frozen values with their parameters. A negative height is a well."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.errors import InvalidInput, require_finite, require_numbers, require_positive
from solver.grid import Array, Grid
from solver.potential import Pieces, PiecewiseBarrier, SmoothBarrier


@dataclass(frozen=True, kw_only=True)
class NoBarrier(PiecewiseBarrier):
    """Free space."""

    @property
    def pieces(self) -> Pieces:
        return ()


@dataclass(frozen=True, kw_only=True)
class RectangularBarrier(PiecewiseBarrier):
    """V = height over `width` around the center."""

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
    """V = 0 left of the center and `height` right of it."""

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
    """Two rectangles, each `height` x `width`, with `gap` (nm) between them."""

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
    def pieces(self) -> Pieces:
        inner, outer = self.gap / 2, self.gap / 2 + self.width
        left = (self.center - outer, self.center - inner, self.height, self.height)
        return left, (self.center + inner, self.center + outer, self.height, self.height)


@dataclass(frozen=True, kw_only=True)
class TriangularBarrier(PiecewiseBarrier):
    """A rectangle of `width` tilted by a field: V = height - field (x - a), never past zero.

    The field (eV/nm) lowers the far side. By default it is height/width: a full triangle.
    A smaller field leaves a trapezoid, a larger one a shorter triangle.
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
class TabulatedBarrier(PiecewiseBarrier):
    """Straight lines between the points (x, v), zero outside; x in nm counted from the center."""

    x: tuple[float, ...]
    v: tuple[float, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        require_numbers("TabulatedBarrier.x", self.x)
        require_numbers("TabulatedBarrier.v", self.v)
        object.__setattr__(self, "x", tuple(map(float, self.x)))
        object.__setattr__(self, "v", tuple(map(float, self.v)))
        if len(self.x) != len(self.v) or len(self.x) < 2:
            rule = "have as many points in x as in v, at least two"
            raise InvalidInput("TabulatedBarrier", rule, f"{len(self.x)} and {len(self.v)}")
        for x0, x1 in zip(self.x, self.x[1:], strict=False):
            if x1 <= x0:
                raise InvalidInput("TabulatedBarrier.x", f"rise after {x0:g} nm", x1, "nm")

    @property
    def pieces(self) -> Pieces:
        x = [self.center + x for x in self.x]
        return tuple(zip(x, x[1:], self.v, self.v[1:], strict=False))


@dataclass(frozen=True, kw_only=True)
class GaussianBarrier(SmoothBarrier):
    """V = height exp(-(x-center)^2/(2 sigma_b^2)), sigma_b = width/sqrt(2 pi)."""

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
    """V = height / cosh^2((x-center)/a), a = width/2."""

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
