"""Asking whether the particle is behind the barrier, and what its wave does from there on.

A detector tells "behind" with a probability g(x) for a particle at x, which rises from 0 to 1 over
an edge of some width: no detector is sharper than that, and a sharper one would give more energy.
After "yes" the wave is sqrt(g) psi, after "no" sqrt(1 - g) psi, each normalized (G. Lüders' rule
for such a detector). The two probabilities add to 1, the two energies do not average to the one
before: cutting a wave costs (hbar^2/2m) times the integral of |psi|^2 (d theta/dx)^2, where
g = sin^2(theta), whatever the answer is.
"""
