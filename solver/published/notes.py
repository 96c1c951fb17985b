"""Why a published number cannot be had again, or why there is no right value beside it."""

from solver.statistics import TESTS

ROUND_OFF = (
    "not reproducible: angles are taken where psi is only round-off, which changes with the"
    " FFT library"
)
TINY = "not reproducible: the median of the round-off far from the packet"

ANGLES = (
    "circular_mean",
    "circular_variance",
    "resultant",
    "circular_std",
    "resultant_difference",
)

NOT_REPRODUCIBLE = {
    "re_median": TINY,
    "im_median": TINY,
    **dict.fromkeys(ANGLES, ROUND_OFF),
}
"""By name without the case; the computed value is given all the same."""

POINTS = (
    "treats grid points of one computed field as independent draws: the size of the sample, a free"
    " choice, decides the value"
)
PHASE = "changes with the overall phase of psi, which nothing measurable depends on"
CHOICE = "set by the threshold, the bins or the sample, not by the physics"
UNBOUNDED = "infinite: the Gaussian case has densities that the other never reaches"
NO_ANGLE = "psi has no angle where it vanishes, and every cell counts alike"
LAYER = "set by where the mask begins and when the run stops"

NO_RIGHT = {
    "A": LAYER,
    "A_left": LAYER,
    "A_right": LAYER,
    "kl_gr": UNBOUNDED,
    "kl_asymmetry": UNBOUNDED,
    "ce_gr": UNBOUNDED,
    "ce_excess_gr": UNBOUNDED,
    **dict.fromkeys(("points", "min", "max", "bins", "bins_common"), CHOICE),
    **dict.fromkeys(("significant", "radius_ks", "radius_ks_p"), POINTS),
    **dict.fromkeys(ANGLES, NO_ANGLE),
}
"""By name without the case; what is not named here has a reason by its group."""

SAMPLED = ("mean", "std", "median", "q1", "q3", "iqr", "skew", "kurtosis")

REMARKS = {
    **dict.fromkeys(SAMPLED, "of a sample of 100,000; right is of all values above 1e-10"),
    "T": "read while some is still at the barrier and some already in the mask; right is exact",
    "mean_k": "weighs the current with the density once more; right is the spectral mean",
    "kinetic": "central differences see k as sin(k dx)/dx; right is spectral",
    "sigma_x": "the rounded dx of the data file makes the norm differ from 1, and so the spread",
    "t": "requested times; right is when the snapshot was taken",
    "shannon": "own bins for each case; right is on common bins",
    "shannon_normalized": "own bins for each case; right is on common bins",
    "ce_excess_rg": "below zero only because two binnings are mixed",
    "significant": "several of the tests ask the same question",
    "cliffs_delta": "one draw of 10,000 from each; right uses all pairs of the samples",
    "angular_entropy": "cells of a square on a circle, the last digit round-off; right: 36 sectors",
    "area": "hull of the points; right is the circle that holds 95 % of them",
    "pci": "the k = 0 part of psi, tiny for any moving packet, also at t = 0",
}


def note_for(name: str, has_right: bool) -> str:
    """What must be said about the quantity `name`, empty if nothing."""
    parts = [NOT_REPRODUCIBLE.get(name, ""), REMARKS.get(name, "")]
    if not has_right:
        parts.append("no right value: " + reason_for(name))
    return "; ".join(part for part in parts if part)


def reason_for(name: str) -> str:
    """Why nothing is right."""
    if name in NO_RIGHT:
        return NO_RIGHT[name]
    if name.removesuffix("_p") in TESTS:
        return POINTS
    return CHOICE if name.startswith("bins") else PHASE
