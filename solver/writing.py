"""Files that appear only when they are complete."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from solver.errors import InvalidInput


@contextmanager
def writing(file: Path) -> Iterator[Path]:
    """A path beside `file` to write to: renamed at the end, removed on an error or an interrupt.

    Raises InvalidInput when the folder or the file cannot be written.
    """
    beside = file.with_name(f".{file.stem}.part{file.suffix}")
    try:
        yield beside
        beside.replace(file)
    except OSError as error:
        rule = f"be a file that can be written ({error.strerror or error})"
        raise InvalidInput("file", rule, file) from None
    finally:
        if beside.parent.is_dir():
            beside.unlink(missing_ok=True)
