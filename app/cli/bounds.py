"""Measured figures beside their bounds, on a machine that may be slower than the reference."""

from collections.abc import Callable
from dataclasses import dataclass, field

import typer

TIMES = ("us", "ms", "s")
"""Units in which a bound stands for the reference machine."""


@dataclass
class Bounds:
    """Prints each figure beside its bound, and keeps those that miss it.

    `slowness` measures how many times longer than the reference machine this one takes. Machines
    change from minute to minute, so it is asked at the start and after each figure: a bound on a
    time is multiplied by the mean of the last two answers. Other bounds stand as they are.
    """

    slowness: Callable[[], float]
    missed: list[str] = field(default_factory=list)
    latest: float = field(init=False)

    def __post_init__(self) -> None:
        self.latest = self.slowness()

    def __call__(
        self, what: str, value: float, bound: float, unit: str = "", at_least: bool = False
    ) -> None:
        """One figure, its bound, the bound on this machine, and whether that holds."""
        before, self.latest = self.latest, self.slowness()
        allowed = scaled(bound, unit, (before + self.latest) / 2)
        good = value >= allowed if at_least else value <= allowed
        told = f"{'>=' if at_least else '<='} {bound:g}"
        if unit in TIMES:
            told += f", here {allowed:.3g}"
        typer.echo(f"{what:<66} {value:>10.4g} {unit:<4} {told}  {'ok' if good else 'MISSED'}")
        if not good:
            self.missed.append(what)

    def verdict(self) -> int:
        """Tell what was missed; the exit code: 1 if anything was."""
        typer.echo(f"Missed: {'; '.join(self.missed) or 'nothing'}.")
        return int(bool(self.missed))


def scaled(bound: float, unit: str, slowness: float) -> float:
    """A bound for the reference machine on one that takes `slowness` times as long.

    >>> from app.cli.bounds import scaled
    >>> scaled(20.0, "ms", 1.5), scaled(20.0, "MB", 1.5)
    (30.0, 20.0)
    """
    return bound * slowness if unit in TIMES else bound
