"""The served entry: `panel serve app`."""

from app.pages import visitor_page
from app.warm import prepare
from lessons.library import Library

prepare(Library())
visitor_page().servable(title="Tunnelscope", location=False)
