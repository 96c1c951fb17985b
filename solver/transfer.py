"""Jitted transfer matrix of the stationary Schroedinger equation: plain arrays, nothing checked."""

import math

import numpy as np
from numba import njit


@njit(nogil=True, cache=True)
def hyperbolic(square):
    """cosh(w) and sinh(w)/w for w^2 = square, real for either sign."""
    if square > 1e-12:
        w = math.sqrt(square)
        return math.cosh(w), math.sinh(w) / w
    if square < -1e-12:
        w = math.sqrt(-square)
        return math.cos(w), math.sin(w) / w
    return 1 + square / 2, 1 + square / 6


@njit(nogil=True, cache=True)
def transfer(widths, v1, v2, energies, kinetic, matrices, logs):
    """(psi, psi') from the left end to the right end at each energy: matrices (E, 4), row by row.

    Fourth-order Magnus step per cell from V at its two Gauss points (exact where V is constant);
    the true matrix is matrices * exp(logs), so that opaque barriers do not overflow.
    """
    for i in range(energies.size):
        m00, m01, m10, m11, scale = 1.0, 0.0, 0.0, 1.0, 0.0
        for j in range(widths.size):
            h = widths[j]
            g1 = (v1[j] - energies[i]) / kinetic
            g2 = (v2[j] - energies[i]) / kinetic
            mean = (g1 + g2) / 2
            tilt = -math.sqrt(3.0) / 12 * h * h * (g2 - g1)
            square = tilt * tilt + h * h * mean
            part = max(1, math.ceil(math.sqrt(abs(square)) / 100))
            c, s = hyperbolic(square / part**2)
            a, b, d, e = c + tilt / part * s, h / part * s, h * mean / part * s, c - tilt / part * s
            for _ in range(part):
                m00, m10 = a * m00 + b * m10, d * m00 + e * m10
                m01, m11 = a * m01 + b * m11, d * m01 + e * m11
                size = max(abs(m00), abs(m01), abs(m10), abs(m11))
                if size > 1e50:
                    m00, m01, m10, m11 = m00 / size, m01 / size, m10 / size, m11 / size
                    scale += math.log(size)
        matrices[i, 0], matrices[i, 1], matrices[i, 2], matrices[i, 3] = m00, m01, m10, m11
        logs[i] = scale


def transfer_matrices(widths, v1, v2, energies, kinetic):
    """Allocate and fill: matrices (E, 4) and logs (E,)."""
    matrices, logs = np.empty((energies.size, 4)), np.empty(energies.size)
    transfer(widths, v1, v2, energies, kinetic, matrices, logs)
    return matrices, logs
