"""Is it behind the barrier? The server goes on from the wave of the answer."""

from app.stage.card import Card

MEASUREMENT = Card(
    name="measurement",
    title="A measurement: is it behind the barrier?",
    runs=(1, 1),
    choice="Measurement",
    note="A detector behind the barrier is asked once, at the time on screen. Whatever it says, "
    "the wave is another one afterwards, and goes on from there: it does not come back by itself.",
)
