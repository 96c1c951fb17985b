"""`tunnelscope serve --processes N`: N servers on loopback, and nginx before them."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn
from urllib.request import urlopen

import typer

from app.operate.balancer import site, write

CACHE = "/var/cache/nginx/tunnelscope"
"""Where nginx keeps static files, in a configuration that is printed."""

PAUSE = 1.0
"""Seconds between two looks at what runs."""

PROMISED = 8.0
"""Seconds in which a process ends after SIGTERM."""

SERVER = (sys.executable, "-c", "from app.cli.entry import main; main()", "serve")


def nginx_path() -> str | None:
    """Where nginx is; Debian keeps it out of the PATH of all but root."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin")


def serve_several(
    count: int,
    *,
    port: int,
    host: str,
    prefix: str,
    options: Sequence[str],
    ready: Callable[[], None],
) -> int:
    """Start `count` servers and nginx at `port`, or print its configuration; the exit code.

    `prefix` is "" or like "/lab"; `ready` is called once all servers take visitors.
    """
    ports = range(port + 1, port + 1 + count)
    replicas = [f"127.0.0.1:{one}" for one in ports]
    listen = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    nginx = nginx_path()
    if nginx is None:
        typer.echo(site(replicas, listen, prefix, CACHE))
        typer.echo("nginx is not on PATH: this is its configuration for them.", err=True)
        return 1
    with TemporaryDirectory(prefix="tunnelscope-") as folder:
        whole = write(Path(folder), replicas, listen, prefix)
        words = [(*SERVER, "--port", str(one), "--prefix", prefix, *options) for one in ports]
        addresses = [f"http://{one}{prefix}/health" for one in replicas]
        signal.signal(signal.SIGTERM, told_to_end)
        return attend(words, (nginx, "-p", folder, "-c", str(whole)), addresses, ready)


def attend(
    servers: Sequence[Sequence[str]],
    balancer: Sequence[str],
    health: Sequence[str],
    ready: Callable[[], None],
) -> int:
    """Run servers and their balancer until a Ctrl-C or SIGTERM; 0 then.

    One that ends before all were ready ends all, with 1; a later one begins anew.
    """
    programs, told = [*servers, balancer], False
    running: list[subprocess.Popen[bytes]] = []
    try:
        running.extend(map(begin, programs))
        while True:
            time.sleep(PAUSE)
            for place, words in enumerate(programs):
                if running[place].poll() is None:
                    continue
                if not told:
                    return 1
                running[place] = begin(words)
            if not told and all(is_ready(address) for address in health):
                told = True
                ready()
    except KeyboardInterrupt:
        return 0
    finally:
        # What pages are told at the end still comes through the balancer.
        end(running[: len(servers)])
        end(running[len(servers) :])


def begin(words: Sequence[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, start_new_session=True)


def is_ready(address: str) -> bool:
    try:
        with urlopen(address, timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def end(programs: "Sequence[subprocess.Popen[bytes]]") -> None:
    """Tell programs to end and wait for it; one that does not is killed."""
    for program in programs:
        program.terminate()
    for program in programs:
        try:
            program.wait(PROMISED)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()


def told_to_end(*_: object) -> NoReturn:
    """SIGTERM does what a Ctrl-C does, once."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt
