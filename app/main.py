"""The served entry: `panel serve app`."""

from app.lab.visit import visitor_page
from app.warm import prepare
from lessons.library import Library

prepare(Library())
visitor_page().servable(title="Tunnelscope", location=False)
