"""The browser's code as it is sent: ES modules and style sheets of `assets/`, each set in one text.

Panel takes a component's code as one module. Here a module and all that it imports are joined in
the order of their imports, each in a scope of its own as in the browser. To serve, nothing but this
is needed; the tests run the files as they are. A browser loads a module once, by an address that
changes with it.
"""

import gzip
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

ASSETS = Path(__file__).parent.parent / "assets"

IMPORT = re.compile(r'^import\s*\{([^}]*)\}\s*from\s*"(\.[^"]*)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|const|function|class) (\w+))", re.MULTILINE)
OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def module(entry: str, assets: Path = ASSETS) -> str:
    """A module of `assets` with all that it imports, as one module that exports what it exports.

    Only `import { name as other } from "./file.js"` and `export` before a declaration can be
    joined; ValueError names any other, a circle of imports, and a name that is not exported.
    """
    parts: dict[Path, frozenset[str]] = {}
    texts: list[str] = []
    exported = join((assets / entry).resolve(), (), parts, texts)
    names = ", ".join(sorted(exported))
    return "\n".join([*texts, f"export const {{ {names} }} = m{len(texts) - 1};\n"])


def join(
    file: Path, above: tuple[Path, ...], parts: dict[Path, frozenset[str]], texts: list[str]
) -> frozenset[str]:
    """Append a file's text behind those that it imports; what it exports."""
    if file in above:
        raise ValueError(f"{file.name} imports itself by way of {above[-1].name}")
    if file in parts:
        return parts[file]
    text = file.read_text("utf-8")
    for names, place in IMPORT.findall(text):
        imported = (file.parent / place).resolve()
        known = join(imported, (*above, file), parts, texts)
        for name in listed(names):
            if name.split(" as ")[0] not in known:
                raise ValueError(f"{file.name}: {imported.name} exports no {name}")
    order = list(parts)

    def taken(found: re.Match[str]) -> str:
        names = ", ".join(listed(found[1])).replace(" as ", ": ")
        return f"const {{ {names} }} = m{order.index((file.parent / found[2]).resolve())};\n"

    exported = frozenset(EXPORT.findall(text))
    body = EXPORT.sub("", IMPORT.sub(taken, text))
    if left := OTHER.search(body):
        raise ValueError(f"{file.name} cannot be joined: {left[0]}")
    parts[file] = exported
    names = ", ".join(sorted(exported))
    texts.append(f"const m{len(texts)} = (() => {{\n{body}return {{ {names} }};\n}})();\n")
    return exported


def listed(names: str) -> list[str]:
    """The names between the braces of an import."""
    return [" ".join(name.split()) for name in names.split(",") if name.strip()]


def text(*names: str) -> str:
    """Files of `assets`, one after the other."""
    return "\n".join((ASSETS / name).read_text("utf-8") for name in names)


def sheets(folder: str) -> list[str]:
    """The style sheets of a folder of `assets`, by name: each beside the module that it is for."""
    return sorted(file.relative_to(ASSETS).as_posix() for file in (ASSETS / folder).glob("*.css"))


@dataclass(frozen=True)
class Sent:
    """A text as it is sent, plain and compressed."""

    text: bytes
    packed: bytes


SENT: dict[str, Sent] = {}
"""What is sent, by the name that it has in its address."""


@cache
def address_of(code: str) -> str:
    """Where a browser finds this module, below the page's own address."""
    encoded = code.encode()
    key = sha256(encoded).hexdigest()[:16]
    SENT[key] = Sent(encoded, gzip.compress(encoded))
    return f"modules/{key}.js"
