"""The Wigner function of many frames at once.

W(x, k) = hbar W(x, p) = (1/pi) integral psi*(x+y) psi(x-y) exp(2iky) dy: dimensionless, between
-1/pi and 1/pi, negative where the state has no classical likeness. Its marginals are |psi(x)|^2 and
|phi(k)|^2. A wave of |k| < K needs samples of y closer than pi/(2K), and of x closer than pi/K.
"""

from solver.phase_space.pictures import picture, picture_least, picture_levels
from solver.phase_space.space import Levels, PhaseSpace, levels, wigner

__all__ = [
    "Levels",
    "PhaseSpace",
    "levels",
    "picture",
    "picture_least",
    "picture_levels",
    "wigner",
]
