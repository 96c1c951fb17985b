"""Servers in processes of their own, as a person starts them."""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAB = ("-c", "from app.cli.entry import main; main()", "serve", "--port", "0")
LAZY = "from app import warm; warm.behind = lambda library: None; "
AS_IT_IS = "from app.cli.main import main; main()"
"""Serve in this very process: one that begins anew would load the libraries twice."""

WAITING = ("-c", f"{LAZY}{AS_IT_IS}", *LAB[2:])
"""The same, but it works out what a lesson needs when it is asked for, and nothing beforehand."""

PANEL = ("-m", "panel", "serve", "app", "--port", "0")


@contextmanager
def serving(
    *words: str, cwd: Path = ROOT, environment: Mapping[str, str] | None = None
) -> Iterator[str]:
    """The address that a server tells once it is ready."""
    server = subprocess.Popen(
        [sys.executable, "-u", *words],
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout
    try:
        told = []
        for line in server.stdout:
            told.append(line)
            if found := re.search(r"(?:ready at|running at:) (http://\S+)", line):
                yield found[1]
                return
        raise AssertionError("".join(told))
    finally:
        server.terminate()
        server.wait(60)
        server.stdout.close()
