"""Each quirk of a library that the code leans on: a trap comment there, and here what would tell.

A trap is a private part or an unwritten behavior. If a new version changes it, one of these tests
fails, and its line leads to the place.
"""

import gzip
import math
import re
from typing import Any

import panel as pn
import pytest
from bokeh.document import Document
from bokeh.document.json import PatchJson
from panel.custom import JSComponent
from panel.models.esm import DataEvent
from param.parameterized import Event as Change

from app.stage.component import Stage
from app.stage.drawn import figures_block
from app.stage.figures import holoviews
from tests.test_docs import ROOT

SOURCES = ("solver", "locales", "lessons", "app", "assets")
TRAPS = {
    "app/component.py": (
        "test_a_message_arrives_as_the_browser_sent_it",
        "test_a_join_is_light_and_all_that_it_names_is_there",
        "test_what_a_browser_changes_is_checked_on_its_way",
        "test_what_a_browser_changes_is_checked_on_its_way",
        "test_a_change_works_out_no_style_sheets",
        "test_a_message_makes_nothing_of_all_pages_busy",
    ),
    "app/web/handlers.py": (
        "test_who_asks_for_a_page_and_does_not_connect_is_not_waited_for_long",
        "test_a_thousand_hostile_addresses",
        "test_an_unknown_path_leads_home_below_a_prefix_too",
        "test_the_page_and_its_answers_say_their_language",
    ),
    "app/lab/visit.py": ("test_a_goal_tells_what_is_missing_and_then_the_explanation_is_next",),
    "app/memory.py": (
        "test_a_server_that_begins_anew_gives_back_objects_beside_those_that_stay",
        "test_arrays_take_the_memory_of_those_before",
        "test_nobody_who_leaves_has_everybody_wait_while_all_is_looked_through",
        "test_names_that_were_looked_for_once_are_let_go",
    ),
    "app/server.py": ("test_a_page_whose_line_is_cut_has_minutes_to_come_back",),
    "app/shell.py": (
        "test_pages_that_are_gone_leave_no_watcher_and_no_visit",
        "test_who_connects_late_loads_nothing_from_elsewhere_either",
    ),
    "app/stage/figures.py": ("test_no_figure_is_drawn_with_webgl",),
    "app/theme.py": ("test_nothing_hinders_anybody_in_any_state",),
    "app/operate/logs.py": ("test_a_log_of_json_lines_knows_no_person",),
    "app/web/reading.py": (
        "test_ten_thousand_hostile_messages",
        "test_who_was_given_up_can_still_close",
        "test_a_message_that_cannot_be_taken_is_answered_without_a_traceback",
        "test_no_answer_takes_the_time_for_a_traceback",
        "test_bokeh_alone_would_send_an_answer_part_by_part",
    ),
    "app/web/resources.py": (
        "test_resources_are_those_that_panel_lists",
        "test_what_a_definition_extends_is_defined_or_known_to_the_browser",
    ),
    "assets/stage/press.js": ("test_a_press_on_a_figure_over_time_goes_to_that_time",),
    "assets/stage/cards/spacetime.js": ("test_the_map_is_the_wave_of_each_time",),
    "assets/stage/handles.js": ("test_what_is_dragged_on_the_figure_follows_the_pointer",),
    "assets/line/letters.js": ("test_a_cut_wire_is_told_and_the_same_session_goes_on",),
    "app/web/static.py": ("test_a_file_is_packed_once_for_who_can_unpack_it",),
    "app/web/writing.py": ("test_panel_alone_would_keep_it",),
    "assets/stage/cards/phase_space.js": ("test_the_wigner_function_is_drawn_as_the_block_has_it",),
    "assets/stage/embed.js": (
        "test_the_tab_key_goes_as_the_eye_does",
        "test_numbers_beside_the_axes_are_written_as_the_language_writes_them",
        "test_a_picture_asks_no_style_of_the_page",
        "test_nothing_is_left_at_the_edge_of_a_picture",
        "test_nothing_is_left_of_figures_that_are_drawn_anew",
        "test_nothing_is_left_of_figures_that_are_drawn_anew",
    ),
    "assets/stage/wire.js": ("test_a_browser_without_a_stream_to_inflate_plays_the_same",),
    "solver/jit.py": ("test_without_any_folder_kernels_are_compiled_and_that_is_told",),
    "solver/transform/passes.py": ("test_a_step_of_any_length_is_what_numpy_makes_of_it",),
    "solver/sweeps/sweep.py": (
        "test_a_process_that_starts_does_not_hear_a_ctrl_c",
        "test_a_ctrl_c_that_another_thread_hears_waits_until_a_process_has_been_started",
    ),
}
"""One test for each trap of a file."""


def test_every_trap_has_a_test() -> None:
    found = {}
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".js"):
                count = path.read_text("utf-8").count("Trap: ")
                if count:
                    found[path.relative_to(ROOT).as_posix()] = count
    assert found == {path: len(names) for path, names in TRAPS.items()}
    texts = [path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    tests = set(re.findall(r"^def (test_\w+)", "\n".join(texts), re.MULTILINE))
    assert {name for names in TRAPS.values() for name in names} <= tests


def change(model: Any, name: str, value: object) -> PatchJson:
    """What a browser sends when a value of a model changes."""
    event: Any = {"kind": "ModelChanged", "model": {"id": model.id}, "attr": name, "new": value}
    return {"events": [event]}


@pytest.mark.parametrize("nonsense", ["nan", "inf", "-inf"])
def test_what_a_browser_changes_is_checked_on_its_way(nonsense: str) -> None:
    """As Bokeh's server does it: a patch of the document, in Bokeh's own encoding."""
    stage, document = Stage(), Document()
    root: Any = stage.get_root(document)
    document.add_root(root)
    document.apply_json_patch(change(root.data, "playhead", 3.5))
    assert stage.playhead == 3.5
    infinite = {"type": "number", "value": nonsense}
    document.apply_json_patch(change(root.data, "playhead", infinite))
    assert not math.isfinite(root.data.playhead)
    assert stage.playhead == 3.5


def test_a_message_arrives_as_the_browser_sent_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Bokeh's server does it: an event of the document's message handler."""
    stage, document = Stage(), Document()
    sent: list[dict[str, bytes]] = []
    monkeypatch.setattr(stage, "_send_msg", sent.append)
    root = stage.get_root(document)
    document.add_root(root)
    document.callbacks.trigger_event(DataEvent(root, data={"want": "figures", "theme": "dark"}))
    assert sent == [{"figures": figures_block("dark")}]


def noted(monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> list[object]:
    """What a method is called with from now on; it does what it did."""
    calls: list[object] = []
    does = getattr(owner, name)

    def note(self: object, *given: object, **named: object) -> object:
        calls.append(given)
        return does(self, *given, **named)

    monkeypatch.setattr(owner, name, note)
    return calls


def test_a_change_works_out_no_style_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    stage, document = Stage(), Document()
    root: Any = stage.get_root(document)
    worked_out = noted(monkeypatch, type(stage._design), "params")
    stage.message = "Told."
    assert (root.data.message, worked_out) == ("Told.", [])
    stage.stylesheets = [*stage.stylesheets, ":host { color: red }"]
    assert worked_out
    assert ":host { color: red }" in root.stylesheets
    count = len(worked_out)
    event: Any = Change("value", stage, Stage, "message", "", "", "changed")
    JSComponent._update_properties(stage, event, doc=document)
    assert len(worked_out) > count, "the trap is gone"


def test_a_message_makes_nothing_of_all_pages_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    stage, document = Stage(), Document()
    root = stage.get_root(document)
    document.add_root(root)
    busy = noted(monkeypatch, type(pn.state), "_add_busy_event")
    event = DataEvent(root, data={"want": "runs"})
    document.callbacks.trigger_event(event)
    assert busy == []
    JSComponent._process_bokeh_event(stage, document, event)
    assert busy, "the trap is gone"


def test_no_figure_is_drawn_with_webgl() -> None:
    assert holoviews().renderer("bokeh").param["webgl"].default is True, "the trap is gone"
    assert b"webgl" not in gzip.decompress(figures_block("light"))
