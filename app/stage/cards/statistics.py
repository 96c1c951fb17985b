"""The density values of two runs, compared in a table."""

from app.stage.card import Card, Settings
from app.stage.comparison import compare_table, comparison
from app.stage.solved import Solved
from app.stage.wire import bundle
from lessons.lesson import Step


def statistics(step: Step | None, settings: Settings, solved: list[Solved]) -> bytes:
    """The table of both runs."""
    first, second = (one.sampled for one in solved if one.sampled is not None)
    return bundle(compare_table(settings, comparison(first, second)), {})


STATISTICS = Card(
    name="statistics",
    title="The density values of both runs, compared",
    feed=statistics,
    sampled=True,
)
