"""A wire between browser and server that a test cuts and mends."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit


class Wire:
    """Carries bytes to a server; cut, it drops what is connected, and takes nobody."""

    def __init__(self, address: str) -> None:
        there = urlsplit(address)
        self.there = there.hostname or "", there.port or 0
        self.pairs: list[tuple[socket.socket, socket.socket]] = []
        self.deaf: set[socket.socket] = set()
        self.threads: list[Thread] = []
        self.flows, self.port = Event(), 0
        self.flows.set()
        self.mend()
        self.address = f"http://127.0.0.1:{self.port}/"

    def mend(self) -> None:
        """Take whoever comes, at the same address as before."""
        self.door = socket.create_server(("127.0.0.1", self.port), backlog=64)
        self.port = self.door.getsockname()[1]
        self.start(self.receive, self.door)

    def cut(self) -> None:
        """Nothing goes through, and who is connected is told so."""
        shut(self.door)
        self.door.close()
        for pair in self.pairs:
            shut(*pair)

    def forget(self) -> None:
        """The server loses all who are connected, and they are not told, as in a sleep."""
        for near, far in self.pairs:
            self.deaf.add(near)
            shut(far)

    def swallow(self) -> None:
        """What the server says to those who are connected is lost."""
        self.deaf |= {far for _, far in self.pairs}

    def end(self) -> None:
        self.flows.set()
        self.cut()
        for thread in self.threads:
            thread.join()
        for pair in self.pairs:
            for end in pair:
                end.close()

    def start(self, work: Callable[..., None], *words: Any) -> None:
        thread = Thread(target=work, args=words, daemon=True)
        self.threads.append(thread)
        thread.start()

    def receive(self, door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = door.accept()
                far = socket.create_connection(self.there)
                self.pairs.append((near, far))
                self.start(self.carry, near, far)
                self.start(self.carry, far, near)

    def carry(self, one: socket.socket, other: socket.socket) -> None:
        """Bytes of one to the other; while nothing flows they wait, as in packets sent again."""
        with suppress(OSError):
            while part := one.recv(65536):
                self.flows.wait()
                if one not in self.deaf:
                    other.sendall(part)
        shut(*({one, other} - self.deaf))


def shut(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@contextmanager
def wired(address: str) -> Iterator[Wire]:
    """A wire to this server."""
    wire = Wire(address)
    try:
        yield wire
    finally:
        wire.end()
