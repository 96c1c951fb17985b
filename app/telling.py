"""How a probability is told, the same as in assets/stage/telling.js.

A place where the particle may be has nothing finer than 0.01 %; a result (exact theory, a run that
is separated) keeps two figures however small it is, a run's down to its round-off. A difference of
two probabilities is in percentage points (pp), and relative as well where they are small.
"""

import re

from lessons.prose import scientific
from locales.language import mark, say, say_error, say_many, say_rule, written
from solver.controls import CHOICES, SIZES
from solver.errors import CostExceeded, InvalidInput, Rule
from solver.experiment import Experiment
from solver.own.formulas import BadFormula
from solver.own.typed import TypedBarrier
from solver.potential import Barrier
from solver.ranges import RANGES
from solver.trajectory import Result
from solver.units import NATURAL, Units

NOTHING, FINEST, SMALL, SEEN = 1e-12, 1e-4, 1e-2, 5e-6


def place(p: float) -> str:
    """The probability of being in a place."""
    if p < NOTHING:
        return "0 %"
    return written("< 0.01 %" if p < FINEST else f"{100 * p:.{3 if p < 1e-3 else 2}f} %")


def result(p: float) -> str:
    """A probability that is the answer."""
    if p < NOTHING or p >= FINEST:
        return place(p)
    return f"{dotted(100 * p)} %"


def theory(p: float, whole: float = 0.0) -> str:
    """What exact theory says, which has no round-off; a part of it only that of the whole."""
    if p <= NOTHING * whole or p >= FINEST:
        return place(p)
    return f"{dotted(100 * p)} %"


def dotted(value: float) -> str:
    return scientific(value).replace(" × ", "·")


def signed(value: float, digits: int) -> str:
    """A number with its sign."""
    return written(f"{'−' if value < 0 else '+'}{abs(value):.{digits}f}")


def points(d: float) -> str:
    """A difference of two probabilities in percentage points."""
    if abs(d) < SEEN:
        return say("{points} pp", points="0" if abs(d) < NOTHING else written("< 0.001"))
    return say("{points} pp", points=signed(100 * d, 3 if abs(d) < SMALL else 2))


def relative(d: float, of: float, least: float | None = None) -> str:
    """The same relative to the first of the two, where the smaller one is below 1 %."""
    if of < NOTHING or (of if least is None else least) >= SMALL or abs(d / of) < 5e-4:
        return ""
    part = d / of
    if part < 9:
        return f" ({signed(100 * part, 1 if abs(part) < 0.1 else 0)} %)"
    times = f"{1 + part:.0f}" if part < 1e4 else dotted(1 + part)
    return say(" ({times} times)", times=times)


def promise(error: float) -> str:
    """A promised error, such as 0.1."""
    return say("{points:.2g} percentage points", points=100 * error)


def worth(d: float, of: float, promised: float | None) -> str:
    """What a run's difference from exact theory is worth; None where nothing is promised."""
    if promised is None:
        return say("In percentage points; nothing is promised for these settings.")
    limit = promise(promised)
    if abs(d) > promised:
        return say("More than this quality promises, {limit}.", limit=limit)
    if of >= promised:
        return say("Below what this quality resolves, {limit}.", limit=limit)
    return say(
        "So small a part is below what this quality resolves, {limit}: trust exact theory.",
        limit=limit,
    )


def worth_of_average(d: float, error: float) -> str:
    """What the difference of an average is worth, with its standard error."""
    if abs(d) > 2 * error:
        return say("In percentage points, with one standard error.")
    return say("In percentage points: less than two standard errors, not resolved.")


def difference(first: float, second: float) -> str:
    """Second minus first."""
    d = second - first
    return points(d) + relative(d, first, min(first, second))


def subject(experiment: Experiment) -> str:
    """Such as: Rectangular barrier, height 1.5 eV, width 0.3 nm; packet energy 1 eV."""
    units = experiment.units
    shape = getattr(experiment.barrier, "shape", experiment.barrier)
    sizes = {name: getattr(shape, name, None) for name in SIZES}
    told = [
        say("{name} {size:.4g} {unit}", name=say(name), size=size, unit=unit_of(name, units))
        for name, size in sizes.items()
        if size is not None
    ]
    energy = say(
        "packet energy {energy:.4g} {unit}",
        energy=experiment.packet.packet_energy(units),
        unit=say(units.energy),
    )
    text = "; ".join([", ".join([kind_of(shape), *told]), energy]).replace("-", "−")
    return units_once(text)


def kind_of(barrier: Barrier) -> str:
    """Such as: Rectangular barrier."""
    name = say(name_of_kind(type(barrier)))
    typed = barrier.expression if isinstance(barrier, TypedBarrier) else ""
    return " ".join([name, *typed.split()])


def name_of_kind(kind: type) -> str:
    """The name of a class in words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).capitalize()


def unit_of(size: str, units: Units) -> str:
    """The unit of a barrier's size, in these units."""
    if units.length == NATURAL.length:
        return say(NATURAL.energy)
    return RANGES[size].unit.replace("eV", units.energy).replace("nm", units.length)


def units_once(text: str) -> str:
    """Natural units are told once, at the end."""
    unit = say(NATURAL.energy)
    plain = text.replace(f" {unit}", "")
    return text if plain == text else f"{plain} ({unit})"


TOUCHING = mark(
    "The packet touches the barrier: at the start {inside} of it is inside and {beyond} beyond."
    " What ends on the far side counts as transmitted, and so does what began there; exact theory"
    " is of a packet that comes from afar."
)
BEYOND = mark(
    "The packet begins at the edge: {beyond} of it is beyond it at the start."
    " What ends on the far side counts as transmitted, and so does what began there; exact theory"
    " is of a packet that comes from afar."
)


def begun(experiment: Experiment) -> str:
    """What of a packet is at the barrier when it starts, if anything; and what T then is."""
    if not experiment.touches:
        return ""
    inside, beyond = map(place, experiment.begun)
    a, b = experiment.barrier.support
    if a == b:
        return say(BEYOND, beyond=beyond)
    return say(TOUCHING, inside=inside, beyond=beyond)


def beside_theory(run: Result) -> tuple[str, str]:
    """The difference of a separated run from exact theory, and what it is worth."""
    exact = run.experiment.exact.transmitted
    d = run.fate.transmitted - exact
    if run.fate_error is None:
        return points(d) + relative(d, exact), worth(d, exact, run.source.promised)
    error = run.fate_error.transmitted
    apart = say("{points} ± {error:.1f} pp", points=signed(100 * d, 2), error=100 * error)
    return apart, worth_of_average(d, error)


LONG = 2.0
"""Seconds from which on a run says beforehand how long it takes, and can be cancelled."""


def how_long(seconds: float) -> str:
    """How long a run takes that takes long, else nothing."""
    if seconds <= LONG:
        return ""
    return say_many("about one second", "about {count:.0f} seconds", count=round(seconds))


def wait_told(seconds: float, before: int) -> str:
    """What a person is told who waits for a run, with so many others before it; or nothing."""
    long = how_long(seconds)
    told = [say("This run takes {long}.", long=long)] if long else []
    if before:
        told.append(
            say_many(
                "Another long run comes before it.",
                "{count} other long runs come before it.",
                count=before,
            )
        )
    return " ".join(told)


def cheaper() -> str:
    """The controls that make a run cheaper when they are lower."""
    quality, others = CHOICES["quality"].label, (RANGES["mass"].told, RANGES["energy"].told)
    mass, energy = map(say, others)
    return say("{quality}, {mass} or {energy}", quality=say(quality), mass=mass, energy=energy)


def require_short(seconds: float, limit: float) -> None:
    """InvalidInput for a run that takes longer than one may."""
    if seconds > limit:
        rule = Rule("be lower: a run may take {limit:g} s here", limit=limit)
        raise InvalidInput(
            cheaper(), rule, Rule("one of about {seconds:.3g}", seconds=seconds), "s"
        )


def refusal(error: Exception) -> str:
    """Why the solver refuses settings, and what a person can do about it."""
    if isinstance(error, CostExceeded):
        return say("{error}. Lower {controls}.", error=say_error(error), controls=cheaper())
    if isinstance(error, BadFormula):
        return say_rule(error.args[0])
    return say_error(error) if isinstance(error, InvalidInput) else str(error)
