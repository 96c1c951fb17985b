"""Students at a server of their own, judged by counts; times are for `make load`."""

from tests.app.apart import run_apart
from tests.browser.serving import WAITING, serving
from tests.load.report import parsed
from tests.load.school import all_at_once

SAME, HEIGHT = 30, 3.21


def test_thirty_students_who_ask_the_same_cost_one_solve() -> None:
    with serving(*WAITING) as address:
        found = run_apart(all_at_once(address, SAME, HEIGHT))
    assert found["solved"] == 1
    assert sum(found.values()) == SAME


def test_a_run_can_be_repeated_and_is_another_one_unless_asked() -> None:
    assert parsed([]).seed is None
    assert parsed(["--seed", "7"]).seed == 7
