"""Where the command begins: before anything that takes long to import."""

INTERRUPTED = 130


def main() -> None:
    """`app.cli.main.main`; a Ctrl-C while modules are loaded ends quietly, too."""
    try:
        from app.cli.main import main as run

        run()
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
