"""Text files that a person names: of ordinary size, in UTF-8."""

from pathlib import Path

from solver.errors import InvalidInput

LARGEST = 2**26
"""Bytes of a text file at most."""


def text_of(file: Path, thing: str) -> str:
    """The text of a file; InvalidInput about `thing` if it is none, or has no end."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise InvalidInput(thing, f"be a file of at most {LARGEST:,} bytes", file)
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput(thing, "be UTF-8 text", file) from None
    except OSError as error:
        rule = f"be a file that can be read ({error.strerror or error})"
        raise InvalidInput(thing, rule, file) from None
