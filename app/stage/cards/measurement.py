"""Is it behind the barrier? The server goes on from the wave of the answer."""

from app.stage.card import Card

MEASUREMENT = Card(
    name="measurement",
    title="A measurement: is it behind the barrier?",
    runs=(1, 1),
    choice="Measurement",
)
