"""The density values of two runs, compared in a table."""

from app.stage.card import Card
from app.stage.comparison import compare_table
from app.stage.wire import bundle

STATISTICS = Card(
    name="statistics",
    title="The density values of both runs, compared",
    feed=lambda step, settings, sources: bundle(compare_table(settings, sources), {}),
)
