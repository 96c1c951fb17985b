"""What a browser sends beside its messages: values of parameters, of which none is trusted."""

import pytest
from panel.models.esm import DataEvent

from app.lab.guide import Guide
from app.lab.model import Lab
from app.stage.component import Stage
from app.stage.solved import one_frame
from app.stage.wire import unbundle

NONE = float("nan"), float("inf"), -float("inf")


@pytest.mark.parametrize(
    ("component", "name", "values"),
    [
        (Stage(), "playhead", (*NONE, "abc", None, [], {})),
        (Stage(), "cancelled", ("yes", [], 0.5)),
        (Stage(), "no_such_parameter", (1,)),
        (Guide(), "address", (1, [], None)),
        (Guide(), "again", ("x", 1.5, *NONE)),
    ],
    ids=lambda part: str(type(part).__name__),
)
def test_a_value_that_a_parameter_cannot_have_is_passed_over(
    component: Guide | Stage, name: str, values: tuple[object, ...]
) -> None:
    before = component.param.values()
    for value in values:
        component._process_events({name: value})
    assert component.param.values() == before


def test_a_value_that_it_can_have_is_taken_beside_others() -> None:
    stage = Stage()
    stage._process_events({"playhead": 3.5, "cancelled": "yes"})
    assert (stage.playhead, stage.cancelled) == (3.5, 0)


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("\ud83d", "\ufffd"),
        ("x\udca9\ud83d", "x\ufffd\ufffd"),
        ("\ud83d\udca9", "\U0001f4a9"),
        ("\ufeffħ", "\ufeffħ"),
        ({"\udfff": ["\ud800", 1.5, None]}, {"\ufffd": ["\ufffd", 1.5, None]}),
        (b"\xff", b"\xff"),
    ],
    ids=ascii,
)
def test_half_a_character_is_read_as_a_sign(
    sent: object, read: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text with one could be written neither in a link nor in a log."""
    taken: list[object] = []
    guide = Guide()
    monkeypatch.setattr(guide, "take", taken.append)
    guide._process_event(DataEvent(None, data=sent))
    assert taken == [read]
    guide._process_events({"address": sent})
    assert not isinstance(sent, str) or guide.address == read


@pytest.mark.parametrize(
    "message", [None, 1, "dark", [], {}, {"theme": "x"}, {"theme": [1]}], ids=str
)
def test_any_message_to_the_stage_asks_for_its_figures(message: object) -> None:
    Stage().take(message)


@pytest.mark.parametrize("time", [-1e300, 1e300])
def test_no_instant_lies_outside_its_run(time: float) -> None:
    experiment = Lab().chosen.changed(quality="draft").experiment()
    meta, _ = unbundle(one_frame(experiment, time).block)
    assert 0 <= meta["time"] <= experiment.last_step * experiment.used_dt
