"""Read by `panel serve app` before its server is made; Bokeh fixes the name of this file."""

from app.web.handlers import guard

guard()
