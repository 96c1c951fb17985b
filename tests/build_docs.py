"""Write the library's reference from its docstrings: `python tests/build_docs.py FOLDER`."""

import sys
from pathlib import Path

import pdoc
from pdoc.doc import Module

import solver

PAGES = ("solver", r"!solver\.", "solver.observables", "solver.statistics")
"""The public names on one page, without pages of modules; two modules of functions on arrays."""


def build(folder: Path) -> None:
    """HTML pages and a search over them, which load nothing from anywhere."""
    for name in solver.__all__:
        getattr(solver, name)  # pdoc documents what is loaded
    Module.from_name("solver").submodules = []
    pdoc.render.configure(show_source=False)
    pdoc.pdoc(*PAGES, output_directory=folder)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
