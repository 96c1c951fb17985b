"""Files that appear only when they are complete."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from solver.errors import InvalidInput


def writable(file: Path) -> Path:
    """The file itself, behind any links; InvalidInput unless a file can stand there."""
    target = Path(file).resolve()
    if not target.name or target.is_dir() or (target.exists() and not target.is_file()):
        raise InvalidInput("file", "be a file that can be written, no folder or device", file)
    if not target.parent.is_dir():
        rule = "be a file that can be written (No such file or directory)"
        raise InvalidInput("file", rule, file)
    return target


@contextmanager
def writing(file: Path) -> Iterator[Path]:
    """A path beside `file` to write to: renamed at the end, removed on an error or an interrupt.

    Raises InvalidInput, at the start where it can, for a file that cannot be written.
    """
    file = writable(file)
    beside = file.with_name(f".{file.stem}-{token_hex(4)}{file.suffix}")
    try:
        beside.touch()
        yield beside
        settle(beside)
        beside.replace(file)
    except OSError as error:
        rule = f"be a file that can be written ({error.strerror or error})"
        raise InvalidInput("file", rule, file) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def settle(file: Path) -> None:
    """Wait until the file is on the disk: only then may it take another's place."""
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def require_suffix(file: Path, *suffixes: str) -> str:
    """The file's suffix in small letters; InvalidInput if it is none of these."""
    suffix = file.suffix.lower()
    if suffix not in suffixes:
        raise InvalidInput("file", "end in " + ", ".join(suffixes), file)
    return suffix
