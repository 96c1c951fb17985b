"""What is measured of films runs: each part once, whatever it takes."""

from collections.abc import Callable

import pytest

from app.cli.bench import Bounds
from tests.benchmarks import films


def test_all_that_is_measured_of_films_can_be_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    def once(work: Callable[[], object], times: int = 9) -> float:
        work()
        return 0.0

    monkeypatch.setattr(films, "seconds", once)
    report = Bounds(lambda: 1.0)
    films.blocks(report)
    films.measure_films(report)
    assert report.verdict() == 0
