"""The card of controls: one component of native inputs, described by the model."""

from collections.abc import Callable
from typing import Any, ClassVar

import param

from app.component import Component
from app.lab.links import NAMES
from app.lab.model import Lab, checked, label_of
from app.modules import module, text
from locales.language import mark, once_spoken, say
from solver.barriers import SHAPES
from solver.controls import ENVIRONMENTS, SIZES, TEXTS, WORDED
from solver.errors import short
from solver.own.drawn import CLOSEST, MOST_POINTS
from solver.own.formed import HIGHEST, LOWEST, REACH
from solver.ranges import DERIVED, PARTICLES, RANGES

GROUPS = {
    mark("Barrier"): ("shape", *SIZES, *WORDED, "held"),
    mark("Packet"): ("energy", "sigma", "start", "direction"),
    mark("Advanced"): ("quality", "mass", "room", "edges", "environment", "t2", "noise_length"),
}
FOLDED = "Advanced"
"""The group that is folded up until it is asked for."""

CONTROLS = tuple(name for names in GROUPS.values() for name in names)
WHEN: dict[str, dict[str, Any]] = {
    "held": {"unlocked": True},
    "t2": {"environment": list(ENVIRONMENTS[1:])},
    "noise_length": {"environment": list(ENVIRONMENTS[1:])},
}
"""Where a control is shown only beside certain choices, besides the shapes that have it."""

NAMED = {"mass": (mark("Particle"), PARTICLES)}
"""Numbers that can be chosen by name, too."""

PAD = {
    "reach": REACH,
    "lowest": LOWEST,
    "highest": HIGHEST,
    "most": MOST_POINTS,
    "closest": CLOSEST,
}
"""Between what points can be drawn."""

SHORT_UNITS = {"electron masses": "mₑ"}
"""Units as they stand beside a number, where there is little room."""

PUBLISHED = mark("A run of the published study: its barrier, packet and box belong to it.")


@once_spoken
def description() -> dict[str, Any]:
    """Every control: all that the browser has to know to show it."""
    groups = [
        {"title": say(title), "folded": title == FOLDED, "controls": [about(n) for n in names]}
        for title, names in GROUPS.items()
    ]
    return {"groups": groups, "nothing": say(PUBLISHED)}


def about(name: str) -> dict[str, Any]:
    """One control: a number with its range, or a choice with its options."""
    parameter = Lab.param[name]
    told = {"full": label_of(parameter), "doc": say(str(parameter.doc))}
    common = {"name": name, **told, "when": when(name)}
    if isinstance(parameter, param.Selector):
        options = [[value, say(text)] for text, value in parameter.get_range().items()]
        words = {"label": say(str(parameter.label)), "default": parameter.default}
        return {**common, "kind": "choice", **words, "options": options}
    if text := TEXTS.get(name):
        examples = {say(name): example for name, example in text.examples.items()}
        own = {"label": say(text.label), "examples": examples, "default": text.default}
        pad = {"kind": "pad", "limits": PAD} if name == "points" else {"kind": "text"}
        return {**common, **pad, **own}
    span = {**RANGES, **DERIVED}[name]
    limits = {key: getattr(span, key) for key in ("low", "high", "step", "scale")}
    words = {"label": say(span.label), "unit": SHORT_UNITS.get(span.unit, span.unit)}
    kind, usual = "derived" if name in DERIVED else "number", parameter.default
    return {**common, "kind": kind, "default": usual, **limits, **words, "named": named(name)}


def named(name: str) -> dict[str, Any] | None:
    """The values of a number that have names."""
    if name not in NAMED:
        return None
    label, values = NAMED[name]
    return {"label": say(label), "values": {say(text): value for text, value in values.items()}}


def when(name: str) -> dict[str, Any]:
    """What must be chosen elsewhere for this control to be shown; a published case has none."""
    shapes = [shape for shape, kind in SHAPES.items() if name in kind.sizes()]
    return {"case": ["none"], **({"shape": shapes} if shapes else {}), **WHEN.get(name, {})}


def entered(message: Any, free: frozenset[str] | None) -> tuple[str, Any]:
    """Name and value of a change that the browser sends; a ValueError says why it is none."""
    change = message if isinstance(message, dict) else {}
    name = change.get("name")
    if not isinstance(name, str) or name not in CONTROLS:
        raise ValueError(say("“{name}” is not a control.", name=short(name)))
    parameter = Lab.param[name]
    if free is not None and name not in free:
        raise ValueError(say("{control} is locked in this step.", control=label_of(parameter)))
    return name, checked(parameter, change.get("value"))


class ControlsCard(Component):
    """Barrier, packet, and a fold.

    The browser sends each change of a drag, and what was entered or let go at last; the server
    answers only with what stands elsewhere: the values of another address, a refusal, or a start
    that is given and goes to the other side with the direction.
    """

    about = param.Dict(doc="Every control.")
    state = param.Dict(doc="Values, the controls that are free (none: all), and what is said.")
    read = param.Dict(default={}, doc="The text that was read last, and what is said of it.")

    _esm = module("controls/controls.js")
    _stylesheets: ClassVar[list[str]] = [text("base.css", "controls/controls.css")]

    def __init__(
        self,
        lab: Lab,
        dragged: Callable[[], None],
        released: Callable[[], None],
        **params: Any,
    ) -> None:
        super().__init__(about=description(), **params)
        self._lab, self._dragged, self._released = lab, dragged, released
        self._serial = 0
        self.put(None)

    def put(self, free: frozenset[str] | None, only: bool = False) -> None:
        """Show the model's values; only `free` can be changed, and stands first or alone.

        None frees all controls of the lab.
        """
        self._free, self._only = free, only
        self._tell()

    def _tell(self, said: str = "") -> None:
        self._serial += 1
        self.state = {
            "serial": self._serial,
            "values": {name: getattr(self._lab, name) for name in (*NAMES, "held")},
            "free": None if self._free is None else sorted(self._free),
            "only": self._only,
            "said": said,
        }

    def _refuse(self, message: Any, said: str) -> None:
        """A text that cannot be read stays as it was typed, with what is wrong with it."""
        change = message if isinstance(message, dict) else {}
        name, text = change.get("name"), change.get("value")
        if isinstance(name, str) and name in TEXTS and isinstance(text, str):
            self._say_of(name, text, said)
        else:
            self._tell(said)

    def _say_of(self, name: str, text: str, said: str) -> None:
        self._serial += 1
        self.read = {"serial": self._serial, "name": name, "text": text, "said": said}

    def take(self, message: Any) -> None:
        """A person moved or entered something; what cannot be, is told and changes nothing."""
        try:
            name, value = entered(message, self._free)
        except ValueError as error:
            self._refuse(message, str(error))
            return
        if name in TEXTS:
            self._say_of(name, value, "")
        turned = name == "direction" and value != self._lab.direction
        setattr(self._lab, name, value)
        if turned and self._lab.start is not None:
            self._lab.start = 0.0 - self._lab.start
            self._tell()
        (self._dragged if message.get("drag") is True else self._released)()
