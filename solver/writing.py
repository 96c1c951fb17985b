"""Files that appear only when they are complete."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from solver.errors import InvalidInput


@contextmanager
def writing(file: Path) -> Iterator[Path]:
    """A path beside `file` to write to: renamed at the end, removed on an error or an interrupt.

    Raises InvalidInput, at the start where it can, for a file that cannot be written.
    """
    beside = file.with_name(f".{file.stem}-{token_hex(4)}{file.suffix}")
    try:
        beside.touch()
        yield beside
        beside.replace(file)
    except OSError as error:
        rule = f"be a file that can be written ({error.strerror or error})"
        raise InvalidInput("file", rule, file) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
