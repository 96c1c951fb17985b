"""The files that pages load: packed once, at their first use, and kept by the browser."""

import gzip
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from tornado.web import StaticFileHandler

from app.web.resources import FOREVER

A_DAY = "public, max-age=86400"
ASK_AGAIN = "no-cache"
"""Kept, but the browser asks each time whether it has changed."""

HASHED = re.compile(r"(v=)?[0-9a-f]{32,}")
"""A query that changes with what is in the file: Bokeh's, and that of a component's bundle."""
NUMBERED = re.compile(r"@\^?\d+\.\d+\.\d+/")
"""The version of a library, in the path to its files."""

TEXT = ("text/", "application/javascript", "application/json", "image/svg+xml")


@lru_cache(maxsize=64)
def packed_file(path: str, modified: float, size: int) -> bytes:
    """The file as it is sent, made again if the file is another one."""
    return gzip.compress(Path(path).read_bytes())


class Static(StaticFileHandler):
    """A file, packed if the browser can unpack it, with how long it may be kept."""

    packed = b""

    def set_headers(self) -> None:
        if self.get_content_type().startswith(TEXT):
            self.set_header("Vary", "Accept-Encoding")
            if self.takes_packed():
                self.pack()
        super().set_headers()

    def takes_packed(self) -> bool:
        """Whether the whole file is asked for, by who knows gzip."""
        known = re.search(r"\bgzip\b(?!;q=0(\.0*)?(,|$))", self.header("Accept-Encoding"))
        return bool(known) and not self.header("Range")

    def header(self, name: str) -> str:
        return self.request.headers.get(name, "").replace(" ", "")

    def pack(self) -> None:
        place = str(self.absolute_path)
        about = Path(place).stat()
        self.packed = packed_file(place, about.st_mtime, about.st_size)
        self.set_header("Content-Encoding", "gzip")
        # Trap: the method of the class makes the version, too; this answer alone reads otherwise.
        vars(self)["get_content"] = lambda *_: self.packed

    def get_content_size(self) -> int:
        return len(self.packed) or super().get_content_size()

    def compute_etag(self) -> str | None:
        """One for each form of the file."""
        plain = super().compute_etag()
        return f'{plain[:-1]}-gzip"' if plain and self.packed else plain

    def set_extra_headers(self, path: str) -> None:
        self.clear_header("Expires")
        self.set_header("Cache-Control", self.kept_for(path))

    def kept_for(self, path: str) -> str:
        """How long: for ever under an address that tells the version, else until it has changed.

        Panel's own number stands behind the files of others, too: they may change under it.
        """
        if HASHED.fullmatch(self.request.query) or NUMBERED.search(path):
            return FOREVER
        return A_DAY if "v" in self.request.arguments else ASK_AGAIN


def is_file(handler: type[Any]) -> bool:
    return issubclass(handler, StaticFileHandler)
