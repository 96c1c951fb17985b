"""One round of a visitor: a hidden barrier, a notebook of trials, and at last a proposal."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.mystery.telling import revealed, told
from lessons.mystery.hidden import Hidden, drawn
from lessons.mystery.hint import expected_bits, hint
from lessons.mystery.posterior import posterior
from lessons.mystery.token import opened, sealed
from lessons.mystery.trials import MOST, Design, Trial, fired
from locales.language import mark
from solver.errors import InvalidInput, Rule, short
from solver.ranges import SIGMA

OVER = mark("be made before the reveal; a new barrier begins another round")


@dataclass
class Round:
    """What is hidden, what was counted, and what was proposed; `word` is that of its link."""

    word: str
    trials: list[Trial] = field(default_factory=list)
    proposal: Hidden | None = None
    sigma: float = SIGMA.default

    @property
    def hidden(self) -> Hidden:
        return opened(self.word)

    @property
    def block(self) -> bytes:
        """What the browser may know of it."""
        if self.proposal is None:
            return told(self.word, self.trials, self.sigma)
        return revealed(self.word, self.trials, self.sigma, self.proposal, self.hidden)

    def fire(self, message: Any, random: np.random.Generator) -> None:
        """Make one experiment more; the bands follow the width of its packets."""
        design = design_of(message)
        if self.proposal is not None:
            raise InvalidInput("The experiment", OVER, Rule("one after it"))
        if len(self.trials) >= MOST:
            raise InvalidInput(
                "The notebook", Rule("hold at most {most} trials", most=MOST), MOST + 1
            )
        self.trials.append(fired(self.hidden, design, random))
        self.sigma = design.sigma

    def hint(self, message: Any) -> dict[str, Any]:
        """The experiment that gains most, with so many shots, and what the one in hand would."""
        design, found = design_of(message), posterior(self.trials)
        best = hint(found, design.shots)
        return {
            "energy": best.design.energy,
            "sigma": best.design.sigma,
            "shots": design.shots,
            "bits": best.bits,
            "own": expected_bits(found, design),
        }

    def propose(self, message: Any) -> None:
        """The barrier that it is held to be, once; what comes then is the truth."""
        if self.proposal is None:
            self.proposal = hidden_of(message)

    def restore(self, message: Any) -> None:
        """The notebook that the browser has kept, if this round has none yet."""
        if self.trials or self.proposal is not None:
            return
        kept = message.get("trials")
        self.trials = [trial_of(row) for row in kept[:MOST]] if isinstance(kept, list) else []
        if self.trials:
            self.sigma = self.trials[-1].design.sigma
        if message.get("proposal") is not None:
            self.proposal = hidden_of(message["proposal"])


def new_round(random: np.random.Generator) -> Round:
    """A barrier drawn by lot."""
    return Round(sealed(drawn(random)))


def design_of(message: Any) -> Design:
    """The experiment that a browser asks for; InvalidInput says why it cannot be made."""
    given = named(message, ("energy", "sigma", "direction", "shots"))
    return Design(**given)


def hidden_of(message: Any) -> Hidden:
    """The barrier that a browser names."""
    return Hidden(**named(message, ("shape", "height", "width")))


def trial_of(message: Any) -> Trial:
    """A row of the notebook as the browser has kept it."""
    return Trial(design_of(message), named(message, ("right",))["right"])


def named(message: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """These of a message, all of which it must have."""
    if not isinstance(message, dict) or any(name not in message for name in names):
        rule = Rule("have {names}", names=", ".join(names))
        raise InvalidInput("The message", rule, short(message))
    return {name: message[name] for name in names}
