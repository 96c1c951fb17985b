"""Where the command begins: before anything that takes long to import."""

import sys

from app.memory import begin_anew_on_c_memory

INTERRUPTED = 130


def main() -> None:
    """`app.cli.main.main`; a Ctrl-C while modules are loaded ends quietly, too."""
    try:
        if sys.argv[1:2] == ["serve"]:
            begin_anew_on_c_memory()
        from app.cli.main import main as run

        run()
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
