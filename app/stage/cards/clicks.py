"""Single detections, drawn by lot in the browser from the run's transmitted part."""

from app.stage.card import Card

CLICKS = Card(name="clicks", title="One particle, one click", choice="Detections")
