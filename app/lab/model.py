"""What a person chooses in the lab: one param model, without widgets."""

from typing import Any

import param

from app.stage.cards import TO_CHOOSE
from lessons.held import HELD
from locales.language import mark, say, say_error, written
from solver.controls import CHOICES, TEXTS, Controls
from solver.errors import InvalidInput, short
from solver.ranges import DERIVED, RANGES, OneOf, Range, Text


def number(span: Range) -> param.Number:
    """A bounded number whose label carries its unit; None where it follows from the others."""
    return param.Number(
        default=None if span.name in DERIVED else span.default,
        bounds=(span.low, span.high),
        step=span.step,
        label=f"{span.label} ({span.unit})",
        doc=span.doc,
    )


def selector(choice: OneOf) -> param.Selector:
    return param.Selector(
        default=choice.default, objects=list(choice.options), label=choice.label, doc=choice.doc
    )


def typed(text: Text) -> param.String:
    return param.String(default=text.default, label=text.label, doc=text.doc)


def checked(parameter: param.Parameter, value: Any) -> Any:
    """The value, if the parameter can have it; else a ValueError that says the rule."""
    if isinstance(parameter, param.Selector):
        if isinstance(value, str) and value in parameter.objects:
            return value
        allowed = ", ".join(say(str(known)) for known in parameter.objects)
        rule = mark("{control} must be one of {allowed}, got “{value}”.")
        raise ValueError(
            say(rule, control=label_of(parameter), allowed=allowed, value=short(value))
        )
    if isinstance(parameter, param.String):
        return readable(TEXTS[str(parameter.name)], value)
    if value is None and parameter.allow_None:
        return None
    low, high = parameter.bounds
    real = isinstance(value, (int, float)) and not isinstance(value, bool)
    if real and low <= value <= high:
        return float(value)
    ends = {name: signed(end) for name, end in (("low", low), ("high", high))}
    rule = mark("{control} must be a number from {low} to {high}, got “{value}”.")
    raise ValueError(say(rule, control=label_of(parameter), value=short(value), **ends))


def signed(value: float) -> str:
    return written(f"{value:g}").replace("-", "−")


def label_of(parameter: param.Parameter) -> str:
    """What heads a control, a number with its unit."""
    span = {**RANGES, **DERIVED}.get(str(parameter.name))
    return f"{say(span.label)} ({say(span.unit)})" if span else say(str(parameter.label))


def readable(text: Text, value: Any) -> str:
    """The text, if it can be read; else a ValueError that says why not."""
    try:
        text.check(value)
    except InvalidInput as error:
        raise ValueError(f"{say_error(error)}.") from None
    return str(value)


Chosen: Any = param.parameterized_class(
    "Chosen",
    {
        **{name: selector(choice) for name, choice in CHOICES.items()},
        **{name: number(span) for name, span in {**RANGES, **DERIVED}.items()},
        **{name: typed(text) for name, text in TEXTS.items()},
    },
    param.Parameterized,
)
"""A parameter for each control, as the tables of the solver have it."""


class Lab(Chosen):
    """The controls of the lab; `chosen` is all of them as one value."""

    held = param.Selector(
        default="none",
        objects={"each as given": "none", **{text: name for name, text in HELD.items()}},
        label="Held equal",
        doc="What the two barriers have in common; the second one's width follows.",
    )

    show = param.ListSelector(
        default=["phase space"],
        objects=list(TO_CHOOSE),
        label="Shown below",
        doc="The cards below the wave packet.",
    )

    @property
    def chosen(self) -> Controls:
        """The present choices as one value."""
        return Controls(**{name: getattr(self, name) for name in Controls.names()})
