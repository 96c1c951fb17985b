"""Which language a person asks for: by the address, else by what the browser says of them."""

from locales.language import ENGLISH, LANGUAGES


def language_asked(named: str | None, accepted: str) -> str:
    """The language that an address names or, if it names none, the first that a browser accepts.

    `accepted` is the header Accept-Language, such as "id-ID,id;q=0.9,en;q=0.8".

    >>> from locales.asked import language_asked
    >>> language_asked("id", "en"), language_asked(None, "id-ID,id;q=0.9,en;q=0.8")
    ('id', 'id')
    >>> language_asked("tlh", "fr, en;q=0.7, id;q=0.8"), language_asked(None, "")
    ('id', 'en')
    """
    wanted = named.lower() if named else ""
    if wanted in LANGUAGES:
        return wanted
    codes = [code for code in preferred(accepted) if code in LANGUAGES]
    return next(iter(codes), ENGLISH)


def preferred(accepted: str) -> list[str]:
    """The languages of the header, without their countries, the dearest first."""
    parts = [part.strip().lower().split(";") for part in accepted.split(",")[:MOST]]
    rated = sorted(parts, key=lambda part: -weight(part[1:]))
    return [part[0].split("-")[0] for part in rated if weight(part[1:]) > 0]


MOST = 20
"""Languages of a header that are looked at."""


def weight(options: list[str]) -> float:
    """How dear a language is, from 0 to 1."""
    for option in options:
        name, _, value = option.strip().partition("=")
        if name == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
