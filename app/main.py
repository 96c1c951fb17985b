"""The served entry: `panel serve app`."""

from app.visitor import visitor_page
from app.warm import prepare
from app.web.limits import given_limits
from lessons.library import Library

prepare(Library())
visitor_page(limits=given_limits()).servable(title="Tunnelscope", location=False)
