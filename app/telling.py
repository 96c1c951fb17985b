"""How a probability is told, the same as in assets/stage/telling.js.

A place where the particle may be has nothing finer than 0.01 %; a result (exact theory, a run that
is separated) keeps two figures however small it is, a run's down to its round-off. A difference of
two probabilities is in percentage points (pp), and relative as well where they are small.
"""

import re

from lessons.prose import scientific
from solver.controls import CHOICES, SIZES
from solver.errors import CostExceeded, InvalidInput
from solver.experiment import Experiment
from solver.own.formed import FormedBarrier
from solver.own.typed import TypedBarrier
from solver.potential import SUPPORT_LEVEL, SmoothBarrier
from solver.ranges import RANGES
from solver.trajectory import Result
from solver.units import NATURAL, Units

NOTHING, FINEST, SMALL, SEEN = 1e-12, 1e-4, 1e-2, 5e-6


def place(p: float) -> str:
    """The probability of being in a place."""
    if p < NOTHING:
        return "0 %"
    return "< 0.01 %" if p < FINEST else f"{100 * p:.{3 if p < 1e-3 else 2}f} %"


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
    return f"{'−' if value < 0 else '+'}{abs(value):.{digits}f}"


def points(d: float) -> str:
    """A difference of two probabilities in percentage points."""
    if abs(d) < SEEN:
        return "0 pp" if abs(d) < NOTHING else "< 0.001 pp"
    return f"{signed(100 * d, 3 if abs(d) < SMALL else 2)} pp"


def relative(d: float, of: float, least: float | None = None) -> str:
    """The same relative to the first of the two, where the smaller one is below 1 %."""
    if of < NOTHING or (of if least is None else least) >= SMALL or abs(d / of) < 5e-4:
        return ""
    part = d / of
    if part < 9:
        return f" ({signed(100 * part, 1 if abs(part) < 0.1 else 0)} %)"
    return f" ({f'{1 + part:.0f}' if part < 1e4 else dotted(1 + part)} times)"


def promise(error: float) -> str:
    """A promised error, such as 0.1."""
    return f"{100 * error:.2g} percentage points"


def worth(d: float, of: float, promised: float | None) -> str:
    """What a run's difference from exact theory is worth; None where nothing is promised."""
    if promised is None:
        return "In percentage points; nothing is promised for these settings."
    limit = promise(promised)
    if abs(d) > promised:
        return f"More than this quality promises, {limit}."
    if of >= promised:
        return f"Below what this quality resolves, {limit}."
    return f"So small a part is below what this quality resolves, {limit}: trust exact theory."


def worth_of_average(d: float, error: float) -> str:
    """What the difference of an average is worth, with its standard error."""
    if abs(d) > 2 * error:
        return "In percentage points, with one standard error."
    return "In percentage points: less than two standard errors, not resolved."


def difference(first: float, second: float) -> str:
    """Second minus first."""
    d = second - first
    return points(d) + relative(d, first, min(first, second))


def subject(experiment: Experiment) -> str:
    """Such as: Rectangular barrier, height 1.5 eV, width 0.3 nm; packet energy 1 eV."""
    units = experiment.units
    shape = getattr(experiment.barrier, "shape", experiment.barrier)
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(shape).__name__).capitalize()
    if isinstance(shape, TypedBarrier):
        name = f"{name} {' '.join(shape.expression.split())}"
    sizes = {name: getattr(shape, name, None) for name in SIZES}
    told = [f"{n} {s:.4g} {unit_of(n, units)}" for n, s in sizes.items() if s is not None]
    energy = f"packet energy {experiment.packet.packet_energy(units):.4g} {units.energy}"
    text = "; ".join([", ".join([name, *told]), energy]).replace("-", "−")
    return units_once(text)


def unit_of(size: str, units: Units) -> str:
    """The unit of a barrier's size, in these units."""
    if units.length == NATURAL.length:
        return NATURAL.energy
    return RANGES[size].unit.replace("eV", units.energy).replace("nm", units.length)


def units_once(text: str) -> str:
    """Natural units are told once, at the end."""
    plain = text.replace(f" {NATURAL.energy}", "")
    return text if plain == text else f"{plain} ({NATURAL.energy})"


def inside_of(experiment: Experiment) -> str:
    """What the inside of this barrier is."""
    (a, b), units = experiment.barrier.support, experiment.units
    unit = "" if units.length == units.energy else f" {units.length}"
    if a == b:
        return f"There is none: left and right meet at x = {number(a)}{unit}."
    where = f"It is x from {number(a)} to {number(b)}{unit}"
    level = f"{100 * SUPPORT_LEVEL:g} %"
    if isinstance(experiment.barrier, FormedBarrier):
        return (
            f"{where}, from where V leaves 0 by {level} of its largest to where it comes to rest."
        )
    if isinstance(experiment.barrier, SmoothBarrier):
        return f"{where}, where V is more than {level} of its peak: wider than the bump one sees."
    return f"{where}, from the first edge of V to the last."


TOUCHING = (
    "The packet touches the barrier: at the start {inside} of it is inside and {beyond} beyond."
    " What ends on the far side counts as transmitted, and so does what began there; exact theory"
    " is of a packet that comes from afar."
)
BEYOND = (
    "The packet begins at the edge: {beyond} of it is beyond it at the start."
    " What ends on the far side counts as transmitted, and so does what began there; exact theory"
    " is of a packet that comes from afar."
)


def number(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")


def begun(experiment: Experiment) -> str:
    """What of a packet is at the barrier when it starts, if anything; and what T then is."""
    if not experiment.touches:
        return ""
    inside, beyond = map(place, experiment.begun)
    a, b = experiment.barrier.support
    if a == b:
        return BEYOND.format(beyond=beyond)
    return TOUCHING.format(inside=inside, beyond=beyond)


def beside_theory(run: Result) -> tuple[str, str]:
    """The difference of a separated run from exact theory, and what it is worth."""
    exact = run.experiment.exact.transmitted
    d = run.fate.transmitted - exact
    if run.fate_error is None:
        return points(d) + relative(d, exact), worth(d, exact, run.source.promised)
    error = run.fate_error.transmitted
    return f"{signed(100 * d, 2)} ± {100 * error:.1f} pp", worth_of_average(d, error)


LONG = 2.0
"""Seconds from which on a run says beforehand how long it takes, and can be cancelled."""


def how_long(seconds: float) -> str:
    """How long a run takes that takes long, else nothing."""
    return f"about {seconds:.0f} seconds" if seconds > LONG else ""


def wait_told(seconds: float, before: int) -> str:
    """What a person is told who waits for a run, with so many others before it; or nothing."""
    long = how_long(seconds)
    told = [f"This run takes {long}."] if long else []
    if before:
        others = "Another long run comes" if before == 1 else f"{before} other long runs come"
        told.append(f"{others} before it.")
    return " ".join(told)


CHEAPER = f"{CHOICES['quality'].label}, {RANGES['mass'].told} or {RANGES['energy'].told}"
"""The controls that make a run cheaper when they are lower."""


def require_short(seconds: float, limit: float) -> None:
    """InvalidInput for a run that takes longer than one may."""
    if seconds > limit:
        rule = f"be lower: a run may take {limit:g} s here"
        raise InvalidInput(CHEAPER, rule, f"one of about {seconds:.3g}", "s")


def refusal(error: Exception) -> str:
    """Why the solver refuses settings, and what a person can do about it."""
    return f"{error}. Lower {CHEAPER}." if isinstance(error, CostExceeded) else str(error)
