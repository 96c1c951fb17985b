"""Addresses of pages: the lab, the list of lessons, a step of a lesson, a lesson to print."""

from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, parse_qsl

from app.lab import links
from app.lab.model import Lab
from locales.language import LANGUAGES, mark, say
from solver.errors import short
from solver.reading import read_number

DIGITS = 9
"""Of a step's number at most."""

VERSION = "1"
"""Of links as they are shared; one without a version is taken as this one."""

PAGES = (
    *("lessons", "lesson", "step", "teach", "print", "answers"),
    *("embed", "v", "t", "look", "pin", "lang"),
)
OF_A_LESSON, OF_THE_LAB = ("step", "print", "answers"), ("t", "look", "pin")


@dataclass(frozen=True)
class Address:
    """Where a query string leads; `ignored` tells what of it was not understood.

    `time` (fs) is what a shared link of the lab has on screen, `look` how it looks there, in
    words that the browser knows (assets/stage/looks.js), `pin` the link of a run that is pinned,
    with its controls in `pinned`; None leaves each as it is. That a page is in a frame (`embed`)
    only the browser need know.
    """

    query: str
    slug: str = ""
    step: int = 1
    index: bool = False
    teach: bool = False
    printed: bool = False
    answers: bool = False
    time: float | None = None
    look: str | None = None
    pin: str | None = None
    pinned: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()

    @property
    def moment(self) -> dict[str, str]:
        """Time, look and pinned run as a link has them, as far as they are not as usual."""
        time = str(links.written(self.time)) if self.time else ""
        given = {"t": time, "look": self.look or "", "pin": self.pin or ""}
        return {name: text for name, text in given.items() if text}


def read_address(query: str) -> Address:
    """The page that a query string asks for."""
    given = parse_qs(query.lstrip("?"), keep_blank_values=True)
    page = {name: given[name][-1] for name in PAGES if name in given}
    rest = [(k, v) for k, vs in given.items() if k not in PAGES for v in vs]
    values, ignored = links.from_query(links.join(rest))
    if "lesson" in page or "lessons" in page:
        values, ignored = {}, not_for_lessons(rest)
    ignored = [*ignored, *of_other_version(page), *of_other_language(page)]
    teach = is_on(page, "teach")
    step, bad = whole(page.get("step", "1"))
    if "lesson" not in page:
        lost = [say("“{name}” belongs to a lesson.", name=n) for n in OF_A_LESSON if n in page]
        if "lessons" in page:
            lost += not_of_lab(page)
            return Address(query, index=True, teach=teach, ignored=(*ignored, *lost))
        time, wrong = time_of(page.get("t"))
        lost += wrong
        usual = "" if "v" in page else None
        moment: dict[str, Any] = {"time": time, "look": page.get("look", usual), "pin": usual}
        if "pin" in page:
            moment["pin"], moment["pinned"], wrong = pinned_of(page["pin"])
            lost += wrong
        told = (*ignored, *lost)
        return Address(query, teach=teach, **moment, values=values, ignored=told)
    return Address(
        query,
        page["lesson"],
        step,
        teach=teach,
        printed=is_on(page, "print"),
        answers=is_on(page, "answers"),
        ignored=(*ignored, *bad, *not_of_lab(page)),
    )


def of_other_version(page: dict[str, str]) -> list[str]:
    """A link of another version may hold what this one does not know."""
    version = page.get("v", VERSION)
    if version == VERSION:
        return []
    given = short(version)
    return [
        say(
            "“v”, the version of a link, is {version} here, got “{given}”.",
            version=VERSION,
            given=given,
        )
    ]


def of_other_language(page: dict[str, str]) -> list[str]:
    """A language that is not spoken here."""
    language = page.get("lang", "").lower()
    if not language or language in LANGUAGES:
        return []
    known = ", ".join(LANGUAGES)
    return [say("“lang” can be {known}, and not “{given}”.", known=known, given=short(language))]


def not_of_lab(page: dict[str, str]) -> list[str]:
    found = [name for name in OF_THE_LAB if name in page]
    return [say("“{name}” belongs to the lab; this page passes it over.", name=n) for n in found]


def time_of(text: str | None) -> tuple[float | None, list[str]]:
    """A time on screen, fs; and a sentence if it is none."""
    try:
        time = None if text is None else float(read_number(text))
    except (OverflowError, ValueError):
        time = -1.0
    if time is None or 0 <= time < float("inf"):
        return time, []
    return None, [say("“t” must be a time of 0 fs or more, got “{given}”.", given=short(text))]


def pinned_of(text: str) -> tuple[str, dict[str, Any], list[str]]:
    """The run of a link within the link: its link as it is written here, and its controls."""
    given = parse_qsl(text.lstrip("?"), keep_blank_values=True)
    values, ignored = links.from_query(links.join([one for one in given if one[0] != "v"]))
    values.pop("show", None)
    link = shared(Address("", values=values)).removeprefix("?")
    return link, values, [say("The pinned run: {told}", told=one) for one in ignored]


def not_for_lessons(rest: list[tuple[str, str]]) -> list[str]:
    """Sentences about what stands in the address of a lesson, whatever its value."""
    of_lab = [name for name in dict(rest) if name in links.STATE]
    _, unknown = links.from_query(links.join([pair for pair in rest if pair[0] not in of_lab]))
    return [
        *unknown,
        *(say(PASSED_OVER, name=name) for name in of_lab),
    ]


PASSED_OVER = mark("“{name}” is a control of the lab; this page passes it over.")


def shared(address: Address) -> str:
    """The link of a state of the lab, as the browser shares it (assets/navigation/link.js)."""
    state, moment = links.to_query(Lab(**address.values)), links.join([*address.moment.items()])
    return "?" + "&".join(filter(None, (f"v={VERSION}", state[1:], moment[1:])))


def view_query(address: Address) -> str:
    """What of it a run says nothing of: the cards, the time, how it looks."""
    show = {name: value for name, value in address.values.items() if name == "show"}
    return shared(replace(address, values=show))


def is_on(page: dict[str, str], name: str) -> bool:
    return page.get(name, "0") not in ("0", "false", "no")


def whole(text: str) -> tuple[int, tuple[str, ...]]:
    if text.isdecimal() and len(text) <= DIGITS and int(text) > 0:
        return int(text), ()
    return 1, (say("“step” must be a whole number from 1, got “{given}”.", given=short(text)),)


def step_address(slug: str, step: int, teach: bool = False) -> str:
    """The query string of a step."""
    return f"?lesson={slug}&step={step}" + ("&teach=1" if teach else "")
