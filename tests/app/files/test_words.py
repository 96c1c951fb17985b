"""What is taken home as text makes the same run elsewhere, and leads back to the same link."""

import json
import random
import shlex
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.cli import run as command_line
from app.files.command import command
from app.files.opened import LONGEST, link_of
from app.files.routes import told
from app.files.snippet import snippet
from app.files.table import freed, table_of, toml
from app.lab.address import read_address
from app.lab.links import DEFAULTS, to_query
from app.lab.model import Lab
from solver import Ensemble, Experiment, OrnsteinUhlenbeckNoise, describe, make_experiment
from solver.controls import CHOICES, Controls
from solver.errors import InvalidInput
from solver.ranges import RANGES
from tests.kinds import CommandLine

LONG = "?shape=double&height=-3&width=0.123456789&gap=0.7&energy=2&mass=0.067&show=coefficient"
WORDS = ("direction", "quality", "edges", "environment")


def drawn(seed: int) -> Controls:
    """Settings of all kinds that make a run."""
    draw = random.Random(seed)
    while True:
        values: dict[str, Any] = {"shape": draw.choice(CHOICES["shape"].options)}
        for name in draw.sample(WORDS, draw.randint(0, 2)):
            values[name] = draw.choice(CHOICES[name].options)
        for name in draw.sample(tuple(RANGES), 4):
            span = RANGES[name]
            values[name] = float(f"{draw.uniform(span.low, min(span.high, 4.0)):.4g}")
        try:
            controls = Controls(**values)
            controls.source()
        except InvalidInput:
            continue
        return controls


SETTINGS = [*map(drawn, range(30)), Controls(case="rectangular"), Controls(case="gaussian")]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Experiment | Ensemble]:
    """What `tunnelscope run` is asked to run, in place of running it."""
    found: list[Experiment | Ensemble] = []
    monkeypatch.setattr(command_line, "solved", found.append)
    monkeypatch.setattr(command_line, "finish", lambda *_: None)
    return found


def test_every_form_makes_the_same_run(
    tunnelscope: CommandLine, asked: list[Experiment | Ensemble], tmp_path: Path
) -> None:
    said = 0
    for controls in SETTINGS:
        source, table = freed(controls.source()), table_of(controls)
        file = tmp_path / "run.toml"
        file.write_text(toml(table), "utf-8")
        assert make_experiment(tomllib.loads(toml(table))) == source
        line = shlex.split(command(table, str(file)))
        assert tunnelscope(*line[1:]) == (0, "", ""), line
        assert asked.pop() == source, line
        said += str(file) not in line
        names: dict[str, Any] = {}
        code = snippet(source, table, controls.mass)
        exec(code.partition("\nrun = ")[0], names)
        assert names["source"] == source, code
        link = to_query(Lab(**{name: getattr(controls, name) for name in controls.names()}))
        assert shown_by(link_of(toml(table))) == source, link
    assert 10 < said < len(SETTINGS)


def shown_by(link: str) -> Experiment | Ensemble:
    """The run that the lab shows at a link."""
    address = read_address(link)
    assert address.ignored == ()
    return freed(Controls(**address.values).source())


def test_shell_and_python_print_the_same_numbers(
    tunnelscope: CommandLine, capsys: pytest.CaptureFixture[str]
) -> None:
    words = told("?height=3&width=0.2&energy=2&sigma=1")
    code, out, _ = tunnelscope(*shlex.split(words["command"])[1:], "--json")
    exec(words["python"], {})
    printed = dict(line.rsplit(" ", 1) for line in capsys.readouterr().out.splitlines())
    numbers = json.loads(out)
    assert code == 0
    assert float(printed["transmitted"]) == numbers["transmitted"]
    assert float(printed["exact theory"]) == numbers["exact"]


def test_a_name_tells_the_experiment_and_suits_every_file_system() -> None:
    assert told("?width=0.5&energy=0.8")["name"] == "tunnelscope-rectangular-1.5eV-0.5nm-E0.8eV"
    assert told(LONG)["name"] == "tunnelscope-double-minus3eV-0.1235nm-gap0.7nm-E2eV-m0.067"
    for setting in ("field=3&shape=Falling", "edges=Walls&room=3", "case=gaussian", "t2=3"):
        name = told(f"?{setting}&environment=Dephasing")["name"]
        assert not set(name) - set("abcdefghijklmnopqrstuvwxyzETVm0123456789.-"), name


def test_a_state_comes_back_as_its_link() -> None:
    for link in ("?", LONG, "?sigma=0.7&environment=dephasing&show="):
        words, back = told(link), f"?v=1&{link[1:]}".removesuffix("&")
        assert words["link"] == link
        assert link_of(words["json"]) == back
        assert link_of("﻿".join(["", words["json"]])) == back


def test_a_state_holds_no_text_of_the_page_and_older_ones_do() -> None:
    """An option has its identifier, in any language; labels are read as before."""
    query = "?direction=right-to-left&shape=gaussian&edges=walls&environment=dephasing"
    state = told(query)["json"]
    lab = json.loads(state)["lab"]
    words = {name: lab[name] for name in ("shape", "direction", "edges", "environment", "quality")}
    assert words == {
        "shape": "gaussian",
        "direction": "right-to-left",
        "edges": "walls",
        "environment": "dephasing",
        "quality": "standard",
    }
    labels = {"direction": "Right to left", "shape": "Gaussian", "edges": "Walls"}
    older = json.dumps({"lab": lab | labels})
    assert link_of(older) == link_of(state)


@pytest.mark.parametrize(
    "moment",
    [
        *("", "&t=3.215", "&look=re+speed-0.5", "&t=1e-05&look=x+%3Cb%3E"),
        "&t=2&pin=v%3D1%26shape%3Dgaussian",
    ],
)
def test_a_state_and_a_run_bring_the_moment_back(moment: str) -> None:
    """The run in TOML, too, if somebody has changed a number of it."""
    for show in ("", "&show=phase-space+clicks", "&show="):
        link = f"?v=1&height=2.5{show}{moment}"
        words = told(link)
        assert link_of(words["json"]) == link
        assert link_of(words["toml"]) == link
        changed = words["toml"].replace("height = 2.5", "height = 2.75")
        assert link_of(changed) == link.replace("2.5", "2.75")


def test_a_line_about_the_view_sets_nothing_of_the_run() -> None:
    text = told("?v=1&height=2.5&t=3")["toml"].replace("?v=1", "?v=1&height=9&energy=x&a[]=b")
    assert link_of(text) == "?v=1&height=2.5&t=3"


def test_a_bad_value_in_a_state_is_told_by_the_page_that_it_leads_to() -> None:
    link = link_of('{"lab": {"height": "<b>", "energy": 1e9, "x": {}, "width": 0.4}}')
    address = read_address(link)
    assert address.values == {"width": 0.4}
    assert len(address.ignored) == 3


TYPED = {"type": "tabulated", "x": [-1.0, 1.0], "v": [1.0, 1.0]}
RUN = describe(freed(Controls().source()))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "experiment must have barrier"),
        ("height = ", "The file must be TOML or JSON"),
        ("{", "The file must be JSON"),
        ('{"lab": [1]}', "must hold the state of the lab, under “lab”"),
        ("[" * 2000, "The file must be TOML or JSON"),
        ('{"a":' * 800, "The file must be JSON"),
        ("x" * (LONGEST + 1), f"must have at most {LONGEST} characters"),
        ("quality = 'best'", "experiment must have barrier"),
        (toml(RUN).replace("1.5", "40.0"), "height must be from -10 to 20"),
        (toml(RUN).replace("1.5", "1e9"), "Experiment must cost at most"),
        (toml({**RUN, "barrier": TYPED}), "The barrier must be one of the lab"),
        (toml({**RUN, "dt": 0.001}), "The run must be one that the lab's controls make, got"),
        (toml(RUN).replace("center = 0.0", "center = 1.0"), "another barrier"),
    ],
)
def test_a_text_that_is_no_state_is_told_in_a_sentence(text: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason) as refused:
        link_of(text)
    assert "\n" not in str(refused.value)


def test_noise_that_the_lab_has_not_is_told() -> None:
    noise = OrnsteinUhlenbeckNoise(length=1.0, amplitude=0.1, time=2.0)
    noisy = Ensemble(experiment=Controls().experiment(), environment=noise, members=4)
    with pytest.raises(InvalidInput, match="The environment must be dephasing"):
        link_of(toml(describe(freed(noisy))))


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@example({"show": [1, {}]})
@given(st.dictionaries(st.sampled_from(sorted(DEFAULTS)) | st.text(max_size=5), PLAIN))
def test_whatever_a_state_holds_leads_to_a_link_that_the_page_can_read(lab: dict[str, Any]) -> None:
    Lab(**read_address(link_of(json.dumps({"lab": lab}))).values)


ODD: tuple[Any, ...] = (
    True,
    0,
    -1,
    2**70,
    1e300,
    "",
    "x",
    [],
    [1],
    [[]],
    {},
    {"type": 1},
    "nan",
    "inf",
)


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_whatever_a_run_holds_is_taken_or_told(odd: Any) -> None:
    table = {**RUN, "mass": 1.0, "dt": 0.01, "t_end": 9.0, "window": [-9.0, 9.0], "members": 4}
    for part, inner in table.items():
        for name in inner if isinstance(inner, dict) else [""]:
            other = {**table, part: {**table[part], name: odd} if name else odd}
            text = toml(other)
            for number in ("nan", "inf"):
                text = text.replace(f'"{number}"', number)
            with suppress(InvalidInput):
                link_of(text)
