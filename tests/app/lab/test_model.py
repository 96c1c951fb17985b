"""The lab's model, without a browser."""

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from app.lab import links
from app.lab.model import Lab
from locales.language import speaking
from solver import CostExceeded, Experiment, GaussianBarrier
from solver.barriers import SHAPES
from solver.controls import DIRECTIONS, TEXTS
from solver.resolution import QUALITIES


def test_every_parameter_has_a_label_a_doc_and_bounds() -> None:
    for name in links.NAMES:
        parameter = Lab.param[name]
        assert parameter.doc, name
        assert parameter.label != name, name
        known = name in TEXTS or getattr(parameter, "bounds", None) or parameter.objects
        assert known, name


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("shape", "Barrier shape"),
        ("height", "Barrier height (eV)"),
        ("width", "Barrier width (nm)"),
        ("energy", "Packet energy (eV)"),
        ("sigma", "Packet width (nm)"),
    ],
)
def test_labels_carry_their_units(name: str, label: str) -> None:
    assert Lab.param[name].label == label


def values() -> SearchStrategy[dict[str, Any]]:
    numbers = {
        name: st.floats(*Lab.param[name].bounds)
        for name in ("height", "width", "gap", "field", "energy", "sigma", "room")
    }
    return st.fixed_dictionaries(
        {
            **numbers,
            "shape": st.sampled_from(list(SHAPES)),
            "direction": st.sampled_from(list(DIRECTIONS)),
            "quality": st.sampled_from(list(QUALITIES)),
        }
    )


@settings(max_examples=80, deadline=None)
@given(values())
def test_any_controls_make_an_experiment_or_say_what_it_costs(chosen: dict[str, Any]) -> None:
    lab = Lab(**chosen)
    if chosen["quality"] == "fine":
        with contextlib.suppress(CostExceeded):
            lab.chosen.experiment()
        return
    experiment = lab.chosen.experiment()
    assert isinstance(experiment, Experiment)
    assert experiment.used_grid.left < experiment.center < experiment.used_grid.right


@settings(max_examples=50, deadline=None)
@given(values())
def test_a_link_leads_back_to_the_same_state(chosen: dict[str, Any]) -> None:
    lab = Lab(**chosen)
    found, ignored = links.from_query(links.to_query(lab))
    assert ignored == []
    for name in links.NAMES:
        value = getattr(Lab(**found), name)
        if isinstance(value, float):
            assert value == pytest.approx(getattr(lab, name), rel=1e-5, abs=1e-6)
        else:
            assert value == getattr(lab, name)


def test_a_bad_link_keeps_what_is_good_and_names_the_rest() -> None:
    found, ignored = links.from_query("?height=abc&width=0.5&foo=1&shape=gaussian&energy=99")
    assert found == {"width": 0.5, "shape": "Gaussian"}
    assert "Barrier height (eV) must be a number from −10 to 20, got “abc”." in ignored
    assert "Packet energy (eV) must be a number from 0.5 to 20, got “99”." in ignored
    assert "“foo” is not a control of this lab." in ignored


def test_a_link_holds_what_is_drawn_or_typed_and_tells_what_cannot_be_read() -> None:
    lab = Lab(shape="Drawn", points="-0.5 0 0 1.25 0.5 -1", lines="Smooth")
    link = "?shape=drawn&points=-0.5+0+0+1.25+0.5+-1&lines=smooth"
    assert links.to_query(lab) == link
    assert links.from_query(link) == (
        {"shape": "Drawn", "points": "-0.5 0 0 1.25 0.5 -1", "lines": "Smooth"},
        [],
    )
    typed = Lab(shape="Typed", expression="2*exp(-x^2/0.1) + step(x)")
    found, ignored = links.from_query(links.to_query(typed))
    assert (found["expression"], ignored) == (typed.expression, [])
    found, ignored = links.from_query("?expression=1/x&points=0+0+1&width=0.5")
    assert found == {"width": 0.5}
    finite, pairs = ignored
    assert finite == (
        "The expression must be finite where x is from -5 to 5 nm, got inf at x = 0 nm."
    )
    assert pairs == "The points must be 2 to 24 pairs of numbers, x and V, got 3 numbers."


def test_a_link_holds_what_stands_below() -> None:
    lab = Lab(show=["coefficient", "phase space"], height=2.0)
    assert links.to_query(lab) == "?height=2&show=coefficient+phase-space"
    found, ignored = links.from_query(links.to_query(lab))
    assert (found, ignored) == ({"height": 2.0, "show": ["phase space", "coefficient"]}, [])
    assert links.from_query(links.to_query(Lab(show=[]))) == ({"show": []}, [])
    found, ignored = links.from_query("?show=clicks+scan+clicks")
    assert found == {"show": ["clicks"]}
    (told,) = ignored
    names = (
        "phase-space, regions, spacetime, complex, momentum, current, times, spectrum, "
        "coefficient, stationary, clicks, measurement"
    )
    assert told == f"“show” can have {names}, and not “scan”."
    _, (told,) = links.from_query("?show=scan+clicks+maps")
    assert told == f"“show” can have {names}, and not “scan”, “maps”."


def test_controls_follow_the_shape() -> None:
    assert Lab(shape="Double").chosen.own == ("height", "width", "gap")
    assert Lab(shape="None").chosen.own == ()
    assert isinstance(Lab(shape="Gaussian").chosen.barrier, GaussianBarrier)


def test_extra_room_widens_the_window_only() -> None:
    plain, wide = Lab().chosen.experiment(), Lab(room=10.0).chosen.experiment()
    width = [right - left for left, right in (plain.used_window, wide.used_window)]
    assert width[1] - width[0] == pytest.approx(10)
    assert plain.center == wide.center


@pytest.mark.parametrize("word", ["right-to-left", "Right+to+left", "RIGHT to left"])
def test_a_link_names_an_option_by_its_identifier_and_older_links_still_lead_there(
    word: str,
) -> None:
    values, ignored = links.from_query(f"?direction={word}&edges=Published+mask&shape=Gaussian")
    assert (values["direction"], ignored) == ("Right to left", [])
    link = links.to_query(Lab(**values))
    assert link == "?shape=gaussian&direction=right-to-left&edges=published-mask"
    with speaking("id"):
        assert links.to_query(Lab(**values)) == link
        assert links.from_query(link) == (values, [])
