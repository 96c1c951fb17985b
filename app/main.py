"""The served entry: `panel serve app`."""

from app.pages import lab_page
from solver.warm import warm_up

warm_up()
lab_page().servable(title="Tunnelscope")
