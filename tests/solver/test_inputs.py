"""Bad input is refused with the thing, the rule, the value and its unit."""

import math
from collections.abc import Callable

import pytest

from solver import (
    ELECTRON,
    AbsorbingLayer,
    CostExceeded,
    DoubleBarrier,
    Experiment,
    FallingBarrier,
    GaussianBarrier,
    GaussianPacket,
    Grid,
    InvalidInput,
    NoBarrier,
    RectangularBarrier,
    StepBarrier,
    TabulatedBarrier,
    TriangularBarrier,
    Units,
)
from solver.errors import short

PACKET = GaussianPacket(energy=5.0, sigma=1.0)
WALL = RectangularBarrier(height=6.0, width=0.4)

REFUSED = [
    (
        lambda: GaussianPacket(energy=1.0, sigma=-0.3),
        "GaussianPacket.sigma must be positive, got -0.3 nm",
    ),
    (lambda: GaussianPacket(energy=math.nan, sigma=1.0), "GaussianPacket.energy must be a finite"),
    (lambda: GaussianPacket(sigma=1.0), "either energy or k0, got neither"),
    (lambda: GaussianPacket(energy=1.0, k0=1.0, sigma=1.0), "either energy or k0, got both"),
    (
        lambda: GaussianPacket(energy=1.0, sigma=1.0, direction=0),
        "direction must be one of 1, -1, got 0",
    ),
    (
        lambda: RectangularBarrier(height=math.inf, width=1.0),
        "height must be a finite number, got inf eV",
    ),
    (
        lambda: RectangularBarrier(height=1.0, width=0.0),
        "RectangularBarrier.width must be positive, got 0 nm",
    ),
    (
        lambda: GaussianBarrier(height=1.0, width=-1.0),
        "GaussianBarrier.width must be positive, got -1 nm",
    ),
    (lambda: StepBarrier(height=math.nan), "StepBarrier.height must be a finite number"),
    (
        lambda: DoubleBarrier(height=1.0, width=1.0, gap=0.0),
        "DoubleBarrier.gap must be positive, got 0 nm",
    ),
    (
        lambda: TriangularBarrier(height=1.0, width=1.0, field=-1.0),
        "field must be zero or positive, got -1 eV/nm",
    ),
    (
        lambda: FallingBarrier(height=1.0, width=1.0, field=-1.0),
        "FallingBarrier.field must be zero or positive, got -1 eV/nm",
    ),
    (
        lambda: FallingBarrier(height=1.0, width=0.0, field=1.0),
        "FallingBarrier.width must be positive, got 0 nm",
    ),
    (lambda: TabulatedBarrier(x=(0.0, 1.0), v=(1.0,)), "as many points in x as in v"),
    (
        lambda: TabulatedBarrier(x=(0.0, 0.0), v=(1.0, 1.0)),
        "TabulatedBarrier.x must rise after 0 nm",
    ),
    (lambda: AbsorbingLayer(width=0.0), "AbsorbingLayer.width must be positive, got 0 nm"),
    (
        lambda: Units(hbar=1.0, mass=0.0, energy="", length="", time=""),
        "Units.mass must be positive",
    ),
    (lambda: ELECTRON.with_mass(-1.0), "mass ratio must be positive, got -1"),
    (
        lambda: Grid(left=1.0, right=0.0, n=64),
        "Grid.right must be greater than left = 1 nm, got 0 nm",
    ),
    (lambda: Grid(left=0.0, right=1.0, n=63), "Grid.n must be an even number"),
    (
        lambda: Experiment(barrier=WALL, packet=PACKET, quality="best"),
        "one of draft, standard, fine, got best",
    ),
    (
        lambda: Experiment(barrier=WALL, packet=PACKET, dt=-1.0),
        "Experiment.dt must be positive, got -1 fs",
    ),
    (
        lambda: Experiment(barrier=WALL, packet=GaussianPacket(energy=5.0, sigma=1.0, center=-0.1)),
        "GaussianPacket.center must lie left of the barrier, which begins at -0.2 nm, got -0.1 nm",
    ),
    (
        lambda: Experiment(barrier=WALL, packet=GaussianPacket(energy=5.0, sigma=1.0, center=9.0)),
        "which begins at -0.2 nm, got 9 nm",
    ),
    (
        lambda: Experiment(barrier=WALL, packet=PACKET, window=(-8.0, 5.0)),
        "Experiment.window must hold",
    ),
]


@pytest.mark.parametrize(("make", "message"), REFUSED, ids=[message[:40] for _, message in REFUSED])
def test_bad_input_names_thing_rule_and_value(make: Callable[[], object], message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        make()
    assert message in str(caught.value)


def test_too_dear_an_experiment_says_by_how_much() -> None:
    with pytest.raises(CostExceeded) as caught:
        Experiment(barrier=NoBarrier(), packet=PACKET, budget=1000.0)
    assert caught.value.ratio > 10
    assert f"{caught.value.ratio:.3g} times less" in str(caught.value)


def test_equal_experiments_are_equal_and_hash_equally() -> None:
    first, second = (Experiment(barrier=WALL, packet=PACKET) for _ in range(2))
    assert first == second
    assert len({first, second, Experiment(barrier=WALL, packet=PACKET, quality="fine")}) == 2


@pytest.mark.parametrize(
    ("value", "told"),
    [("\ud800", "\\ud800"), ("ħ", "ħ"), ("😀", "😀"), ("a\udfff", "a\\udfff")],
)
def test_a_value_is_told_in_what_every_file_takes(value: str, told: str) -> None:
    assert short(value).encode() == told.encode()
