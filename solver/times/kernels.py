"""A wave and its derivative by the energy, carried through the cells of a barrier.

A cell's exponent [[c, b], [d, -c]] is linear in E (see `solver.transfer`), so that the derivative
of exp of it is in closed form, too: cosh w and sinh w/w of w^2 = c^2 + b d.
"""

import math

from solver.jit import njit

SMALL = 0.05
"""|w^2| of a cell below which power series are used."""

O1, O2, O3, O4, O5, O6 = (1 / math.factorial(2 * n + 1) for n in range(1, 7))


@njit(nogil=True, cache=True)
def carry(exponents, first, count, back, energies, state, logs):
    """Through `count` cells from `first` on, to the left with `back`; `state` changes in place.

    state (4, E): psi, psi' and their derivatives by E; the true ones are state exp(logs).
    """
    sign, step = (-1.0, -1) if back else (1.0, 1)
    for i in range(energies.size):
        psi, slope, f, g = state[0, i], state[1, i], state[2, i], state[3, i]
        for n in range(count):
            j = first + step * n
            c1, b, d1 = sign * exponents[1, j], sign * exponents[2, j], sign * exponents[4, j]
            c = sign * exponents[0, j] + c1 * energies[i]
            d = sign * exponents[3, j] + d1 * energies[i]
            x, x_e = c * c + b * d, 2 * c * c1 + b * d1
            even, odd, turn, log = series(x)
            even_e, odd_e = odd / 2 * x_e, turn * x_e
            rise, fall = c * psi + b * slope, d * psi - c * slope
            rise_e = c * f + b * g + c1 * psi
            fall_e = d * f - c * g + d1 * psi - c1 * slope
            f = even * f + even_e * psi + odd * rise_e + odd_e * rise
            g = even * g + even_e * slope + odd * fall_e + odd_e * fall
            psi, slope = even * psi + odd * rise, even * slope + odd * fall
            logs[i] += log
        state[0, i], state[1, i], state[2, i], state[3, i] = psi, slope, f, g


@njit(nogil=True, inline="always")
def series(x):
    """cosh w, sinh w/w and d(sinh w/w)/dx of w = sqrt(x), all times exp(-log); and log."""
    if abs(x) < SMALL:
        odd = 1 + x * (O1 + x * (O2 + x * (O3 + x * (O4 + x * (O5 + x * O6)))))
        turn = O1 + x * (2 * O2 + x * (3 * O3 + x * (4 * O4 + x * (5 * O5 + x * 6 * O6))))
        return odd + 2 * x * turn, odd, turn, 0.0
    w = math.sqrt(abs(x))
    if x < 0:
        even, odd, log = math.cos(w), math.sin(w) / w, 0.0
    else:
        less = math.exp(-2 * w)
        even, odd, log = (1 + less) / 2, (1 - less) / (2 * w), w
    return even, odd, (even - odd) / (2 * x), log
