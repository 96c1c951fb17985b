"""Read by `panel serve app` before its server is made; Bokeh fixes the name of this file."""

from app.files.routes import ROUTES
from app.web.handlers import guard

guard(*ROUTES)
