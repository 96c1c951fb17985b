"""The passes of a step against numpy's transforms, for every length that a run may have."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.fft import next_fast_len

from solver.grid import Array
from solver.kernels import AXES, advance
from solver.propagator import Complex, Factors
from solver.transform.plan import passes_for, plan_for, radices_for

ROUND_OFF = 1e-13
"""Of a wave whose squares sum up to 1."""

LONGEST = 16384
FAST = [n for n in range(16, LONGEST + 1, 2) if next_fast_len(n // 2) == n // 2]
"""Even lengths of small primes: `resolution.make_grid` chooses those that 4 divides."""

UNUSUAL = [16, 18, 52, 250, 1022, 1024 * 13]
"""The shortest of all, and some that have no passes."""


def wave(n: int) -> Complex:
    psi = np.random.default_rng(n).normal(size=(2, n))
    return np.asarray((psi[0] + 1j * psi[1]) / np.linalg.norm(psi))


def made_up(n: int, first: int, last: int) -> Factors:
    """Factors without any pattern: phases, and losses within the layers x[:first], x[last:]."""
    phase, kinetic = np.exp(2j * np.pi * np.random.default_rng(-n % 1000).random((2, n)))
    faded = np.random.default_rng(n + 1).uniform(0.8, 1.0, n)
    faded[first:last] = 1.0
    half, loss = faded * phase, 1 - faded**2
    return half, half**2, kinetic / n, loss, 1 - faded**4, first, last, passes_for(n)


def advanced(psi: Complex, factors: Factors, steps: int) -> tuple[Complex, Array]:
    moved, absorbed = psi.copy(), np.zeros(2)
    advance(moved, factors, steps, AXES, absorbed)
    return moved, absorbed


def by_numpy(psi: Complex, factors: Factors, steps: int) -> tuple[Complex, Array]:
    half, full, kinetic, loss_half, loss_full, first, last, _ = factors
    absorbed = np.zeros(2)
    moved = psi
    for step in range(steps + 1):
        edge = step in (0, steps)
        lost = (loss_half if edge else loss_full) * np.abs(moved) ** 2
        absorbed += lost[:first].sum(), lost[last:].sum()
        moved = moved * (half if edge else full)
        if step < steps:
            moved = np.fft.ifft(np.fft.fft(moved) * kinetic) * psi.size
    return moved, absorbed


def test_a_step_of_any_length_is_what_numpy_makes_of_it() -> None:
    off = {}
    for n in [*FAST, *UNUSUAL]:
        psi, factors = wave(n), made_up(n, n // 5, n - n // 7)
        (ours, lost), (theirs, gone) = advanced(psi, factors, 2), by_numpy(psi, factors, 2)
        off[n] = max(np.linalg.norm(ours - theirs), np.abs(lost - gone).max())
    assert {n: error for n, error in off.items() if not error < ROUND_OFF} == {}


@pytest.mark.parametrize("n", [64, 68, 72, 76, 78, 1024, 1100])
@pytest.mark.parametrize("steps", [1, 2, 3, 10])
@pytest.mark.parametrize("part", [0.0, 0.02, 0.3, 0.499])
def test_each_loss_is_counted_once_on_its_side(n: int, steps: int, part: float) -> None:
    """Wherever a layer ends among the quarters, and where the last four points overlap others."""
    factors = made_up(n, int(part * n), n - int(0.9 * part * n))
    ours, theirs = advanced(wave(n), factors, steps), by_numpy(wave(n), factors, steps)
    np.testing.assert_allclose(ours[0], theirs[0], atol=ROUND_OFF)
    np.testing.assert_allclose(ours[1], theirs[1], atol=ROUND_OFF)


@pytest.mark.parametrize("n", [480, 1024, 2420])
def test_thousands_of_steps_keep_the_norm(n: int) -> None:
    moved, lost = advanced(wave(n), made_up(n, 0, n), 5000)
    assert np.sum(np.abs(moved) ** 2) == pytest.approx(1, abs=1e-12)
    assert not lost.any()


def test_each_length_that_is_a_multiple_of_4_has_passes() -> None:
    for n in FAST:
        radices = radices_for(n)
        assert int(np.prod(radices)) == n // 4 if n % 4 == 0 else not radices


def test_a_plan_is_shared_and_room_is_not() -> None:
    (*plan, x, y), (*same, other, _) = passes_for(480), passes_for(480)
    assert all(a is b and not a.flags.writeable for a, b in zip(plan, same, strict=True))
    assert plan_for(480)[1] is plan[1]
    rooms: list[NDArray[np.float64]] = [x, y, other]
    assert not any(np.shares_memory(rooms[i], rooms[i - 1]) for i in range(3))
    assert all(room.size == 960 and room.ctypes.data % 64 == 0 for room in rooms)
