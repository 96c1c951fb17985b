"""The paper's statistics of Re psi and Im psi over all snapshots, by its recipe and by definition.

A constant phase of psi, which nothing measurable depends on, turns the cloud of points and changes
most of these numbers; those of |psi| alone it leaves. Angles are taken of every point alike, also
where psi is only round-off.
"""

import math

import numpy as np
import scipy.stats
from numpy.typing import NDArray
from scipy.spatial import ConvexHull

from solver import statistics
from solver.grid import Array
from solver.published.frames import Single, stored_psi
from solver.statistics import entropy, plane_fractions
from solver.trajectory import Trajectory

CELLS = 60
SECTORS = 36
INNER = 0.95
"""The area is that of the hull of this part of the points, the innermost."""

Cloud = NDArray[np.complex64]


def phases_by_recipe(run: Trajectory) -> dict[str, float]:
    """The numbers of one run by name."""
    psi: Cloud = stored_psi(run).ravel()
    re, im, r = psi.real, psi.imag, np.hypot(psi.real, psi.imag)
    low, high = np.percentile(r, [25, 75])
    numbers = {f"re_{name}": value for name, value in component(re).items()}
    numbers |= {f"im_{name}": value for name, value in component(im).items()}
    numbers |= {f"r_{name}": value for name, value in component(r).items()}
    del numbers["r_min"], numbers["r_max"]
    return {
        **numbers,
        "r_iqr": float(high - low),
        **angles(np.arctan2(im, re)),
        **information(re, im),
        "pci": float(np.abs(psi.mean()) / r.mean()),
        **ellipse(re, im),
        "area": hull_area(re, im, r),
        "re2": float(np.mean(re**2)),
        "im2": float(np.mean(im**2)),
        "reim": float((psi * psi).mean().imag / 2),
        **correlation(re, im),
    }


def component(values: Single) -> dict[str, float]:
    found = {
        "mean": values.mean(),
        "std": values.std(),
        "median": np.median(values),
        "min": values.min(),
        "max": values.max(),
        "skew": scipy.stats.skew(values),
        "kurtosis": scipy.stats.kurtosis(values),
    }
    return {name: float(value) for name, value in found.items()}


def angles(theta: Single) -> dict[str, float]:
    """Mean direction, its length R, 1 - R, the circular deviation, and the paper's entropy.

    That entropy is of the cells of a square that a circle crosses, not of angles.
    """
    across, up = np.cos(theta), np.sin(theta)
    mean = complex(across.mean(dtype=float), up.mean(dtype=float))
    return {
        "circular_mean": math.atan2(mean.imag, mean.real),
        "circular_variance": 1 - abs(mean),
        "resultant": abs(mean),
        "circular_std": math.sqrt(-2 * math.log(abs(mean))),
        "angular_entropy": entropy(plane_fractions(across, up, SECTORS)),
    }


def information(re: Single, im: Single) -> dict[str, float]:
    """Entropies of the 60 x 60 histogram and of its two margins, bits."""
    p = plane_fractions(re, im, CELLS)
    h_re, h_im, shared = (
        entropy(p.sum(axis=1)),
        entropy(p.sum(axis=0)),
        statistics.mutual_information(p),
    )
    return {
        "entropy_plane": entropy(p),
        "mutual_information": shared,
        "entropy_re": h_re,
        "entropy_im": h_im,
        "mutual_information_normalized": shared / min(h_re, h_im),
    }


def ellipse(re: Array, im: Array) -> dict[str, float]:
    """Principal axes of the covariance: l1 >= l2 and the shapes made of them."""
    l2, l1 = map(float, np.linalg.eigvalsh(np.cov(re, im)))
    return {
        "anisotropy": (l1 - l2) / (l1 + l2),
        "l1": l1,
        "l2": l2,
        "aspect": math.sqrt(l1 / l2),
        "ellipticity": math.sqrt(1 - l2 / l1),
        "semi_major": math.sqrt(l1),
        "semi_minor": math.sqrt(l2),
    }


def hull_area(re: Single, im: Single, r: Single) -> float:
    """Area of the convex hull of the innermost points; those deep inside cannot matter."""
    edge = float(np.quantile(r, INNER))
    near = (r <= edge) & (r > edge / 2)
    return float(ConvexHull(np.column_stack([re[near], im[near]])).volume)


def correlation(re: Single, im: Single) -> dict[str, float]:
    result = scipy.stats.pearsonr(re, im)
    return {"pearson": float(result.statistic), "pearson_p": float(result.pvalue)}


def phases_between(rect: dict[str, float], gauss: dict[str, float]) -> dict[str, float]:
    """Differences and ratios between the two runs' numbers."""
    return {
        "entropy_plane_difference": abs(rect["entropy_plane"] - gauss["entropy_plane"]),
        "mutual_information_difference": abs(
            rect["mutual_information"] - gauss["mutual_information"]
        ),
        "area_ratio": rect["area"] / gauss["area"],
        "resultant_difference": abs(rect["resultant"] - gauss["resultant"]),
    }


def radius_test(runs: tuple[Trajectory, Trajectory]) -> dict[str, float]:
    """Two-sample Kolmogorov-Smirnov test of |psi| at all points."""
    result = scipy.stats.ks_2samp(*(np.abs(stored_psi(run)).ravel() for run in runs))
    return {"radius_ks": float(result.statistic), "radius_ks_p": float(result.pvalue)}


def phases_by_definition(run: Trajectory) -> dict[str, float]:
    """What does not depend on the overall phase, in double precision and with true sectors."""
    psi: NDArray[np.complex128] = run.psi.ravel()
    r: Array = np.abs(psi)
    theta = np.angle(psi)
    sectors = np.histogram(theta, SECTORS, (-math.pi, math.pi))[0] / theta.size
    low, high = np.percentile(r, [25, 75])
    edge = float(np.quantile(r, INNER))
    found = {
        "r_mean": r.mean(),
        "r_std": r.std(),
        "r_median": np.median(r),
        "r_iqr": high - low,
        "r_skew": scipy.stats.skew(r),
        "r_kurtosis": scipy.stats.kurtosis(r),
        "angular_entropy": entropy(sectors),
        "area": math.pi * edge**2,
        "pci": np.abs(psi.mean()) / r.mean(),
    }
    plain = {name: float(value) for name, value in found.items()}
    return plain | ellipse(psi.real, psi.imag)
