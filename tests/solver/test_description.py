"""Experiments as tables: what is written comes back equal, and mistakes are named."""

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import solver
from solver import (
    ELECTRON,
    NATURAL,
    AbsorbingLayer,
    Dephasing,
    DoubleBarrier,
    EckartBarrier,
    Ensemble,
    Experiment,
    FallingBarrier,
    GaussianBarrier,
    GaussianPacket,
    Grid,
    InvalidInput,
    NoBarrier,
    OrnsteinUhlenbeckNoise,
    RectangularBarrier,
    StepBarrier,
    TabulatedBarrier,
    TriangularBarrier,
)
from solver.absorber import Walls
from solver.description import KINDS, describe, make_experiment, read_toml
from solver.published.cases import CASES

PLAIN = Experiment(
    barrier=RectangularBarrier(height=1.5, width=0.3), packet=GaussianPacket(energy=1.0, sigma=1.4)
)
BARRIERS = [
    NoBarrier(),
    GaussianBarrier(height=1.5, width=0.3, center=0.25),
    EckartBarrier(height=1.5, width=0.3),
    TriangularBarrier(height=1.5, width=0.3),
    TriangularBarrier(height=1.5, width=0.3, field=2.0),
    FallingBarrier(height=1.5, width=0.3, field=8.0),
    DoubleBarrier(height=1.5, width=0.3, gap=0.5),
    StepBarrier(height=0.5),
    TabulatedBarrier(x=(-0.2, 0.1, 0.3), v=(0.5, 1.0, 0.0)),
]
EXPERIMENTS = [
    PLAIN,
    *(replace(PLAIN, barrier=barrier) for barrier in BARRIERS),
    replace(PLAIN, units=ELECTRON.with_mass(0.067), quality="fine", t_end=80.0),
    replace(PLAIN, layer=Walls(), dt=0.03, grid=Grid(left=-40.0, right=40.0, n=1024)),
    replace(PLAIN, layer=AbsorbingLayer(width=7.0), window=(-40.0, 35.0)),
    replace(PLAIN, packet=GaussianPacket(k0=4.0, sigma=1.0, direction=-1, center=9.0)),
    *CASES.values(),
]
ENSEMBLES = [
    Ensemble(experiment=PLAIN, environment=Dephasing(t2=20.0, length=1.0), members=8, seed=3),
    Ensemble(
        experiment=PLAIN, environment=OrnsteinUhlenbeckNoise(amplitude=0.1, time=2.0, length=1.0)
    ),
]


@pytest.mark.parametrize("value", [*EXPERIMENTS, *ENSEMBLES])
def test_what_is_written_comes_back_equal(value: Ensemble | Experiment) -> None:
    again = make_experiment(json.loads(json.dumps(describe(value))))
    assert again == value
    assert hash(again) == hash(value)


@given(
    height=st.floats(0.1, 19.9),
    width=st.floats(0.05, 2.0),
    energy=st.floats(0.5, 20.0),
    mass=st.floats(0.05, 2000.0),
)
def test_every_digit_survives(height: float, width: float, energy: float, mass: float) -> None:
    value = Experiment(
        barrier=GaussianBarrier(height=height, width=width),
        packet=GaussianPacket(energy=energy, sigma=1.0),
        units=ELECTRON.with_mass(mass),
        budget=1e13,
    )
    assert make_experiment(json.loads(json.dumps(describe(value)))) == value


def test_every_barrier_of_the_solver_can_be_described() -> None:
    from solver.potential import Barrier

    def leaves(kind: type) -> set[type]:
        below: list[type] = kind.__subclasses__()
        return {kind} if not below else {leaf for child in below for leaf in leaves(child)}

    assert leaves(Barrier) == set(KINDS["barrier"].values())


def test_people_write_short_names_and_a_mass() -> None:
    text = """
    mass = 0.067
    members = 4
    [barrier]
    type = "rectangular"
    height = 1.5
    width = 0.3
    [packet]
    energy = 1
    sigma = 1.4
    [environment]
    type = "dephasing"
    t2 = 40
    length = 1
    """
    value = make_experiment(tomllib.loads(text))
    experiment = replace(PLAIN, units=ELECTRON.with_mass(0.067))
    assert value == Ensemble(
        experiment=experiment, environment=Dephasing(t2=40, length=1), members=4
    )
    assert make_experiment({**describe(PLAIN), "units": "natural"}).units == NATURAL


WALL = {"type": "rectangular", "height": 1.5, "width": 0.3}
PACKET = {"energy": 1.0, "sigma": 1.4}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({}, "experiment must have barrier, got none"),
        ({"barrier": WALL}, "experiment must have packet"),
        ({"barrier": 3, "packet": PACKET}, "barrier must be a table with a type, got 3"),
        ({"barrier": WALL, "packet": PACKET, "color": 1}, "experiment: a key must be one of"),
        ({"barrier": {"type": "round"}, "packet": PACKET}, "type must be one of Rectangular"),
        ({"barrier": {"height": 1.5}, "packet": PACKET}, "barrier.type must be one of"),
        ({"barrier": {**WALL, "depth": 1}, "packet": PACKET}, "barrier: a key must be one of"),
        ({"barrier": {**WALL, "width": "3"}, "packet": PACKET}, "width must be a finite number"),
        ({"barrier": WALL, "packet": {"sigma": 1.0}}, "be given either energy or k0"),
        ({"barrier": WALL, "packet": PACKET, "units": "SI"}, "units must be one of electron"),
        ({"barrier": WALL, "packet": PACKET, "mass": 0}, "mass ratio must be positive"),
        ({"barrier": WALL, "packet": PACKET, "window": 3}, "window must be a list of 2 numbers"),
        (
            {"barrier": {"type": "tabulated", "x": 1, "v": [1]}, "packet": PACKET},
            "x must be a list",
        ),
        (
            {"barrier": WALL, "packet": PACKET, "grid": {"left": -40, "right": 40, "n": 512.5}},
            "Grid.n must be an even number",
        ),
        ({"barrier": WALL, "packet": PACKET, "members": 4}, "ensemble must have environment"),
        (
            {"barrier": WALL, "packet": PACKET, "mass": 2.0, "units": "natural"},
            "mass must stand beside no other units",
        ),
    ],
)
def test_mistakes_are_named(table: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        make_experiment(table)


def test_a_file_that_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text("[barrier\n")
    with pytest.raises(InvalidInput, match=r"file must be TOML \(.*line 1.*x.toml"):
        read_toml(file)
    with pytest.raises(InvalidInput, match=r"file must be a file that can be read \(No such file"):
        read_toml(tmp_path / "none.toml")


def test_the_old_name_warns_and_does_the_same() -> None:
    table = describe(PLAIN)
    with pytest.warns(DeprecationWarning, match="described is now make_experiment") as told:
        assert solver.described(table) == make_experiment(table)
    assert told[0].filename == __file__
