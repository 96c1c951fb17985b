"""Sweeps: the numbers of single runs, on this machine or a cluster, and nothing lost on the way."""

import json
import os
import signal
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from loky import ProcessPoolExecutor

from solver import (
    DoubleBarrier,
    Experiment,
    GaussianBarrier,
    GaussianPacket,
    InvalidInput,
    RectangularBarrier,
)
from solver.absorber import Walls
from solver.controls import Controls
from solver.grid import Array
from solver.netcdf import Variable, write_netcdf
from solver.sweeps.batch import COLUMNS, run_batch, shares
from solver.sweeps.scans import Axis, Points
from solver.sweeps.store import SweepStore
from solver.sweeps.sweep import LARGEST, WORK, batch_size, deaf, later, missing, sweep

ROUND_OFF = 1e-12
"""Snapshots split steps into halves; nothing else tells a run from its place in a sweep."""

PACKET = GaussianPacket(energy=5.0, sigma=0.8)


def plan(count: int) -> list[Experiment]:
    """Quick runs of different grids, with and without a long tail."""
    walls = [
        kind(height=4.0 + 0.1 * i, width=0.2 + 0.01 * i)
        for i in range(count)
        for kind in (RectangularBarrier, GaussianBarrier)
    ]
    return [Experiment(barrier=wall, packet=PACKET, quality="draft") for wall in walls[:count]]


MIXED = [
    *plan(6),
    Experiment(barrier=DoubleBarrier(height=6.0, width=0.2, gap=0.4), packet=PACKET),
    Experiment(
        barrier=RectangularBarrier(height=6.0, width=0.2),
        packet=replace(PACKET, direction=-1),
        quality="draft",
        layer=Walls(),
        t_end=12.0,
    ),
]


def summaries(experiments: Points | list[Experiment]) -> dict[str, np.ndarray]:
    rows = [experiment.run().summary() for experiment in experiments if experiment]
    return {name: np.array([row[name] for row in rows], dtype=float) for name in COLUMNS}


def same(found: dict[str, Any], expected: dict[str, Any]) -> None:
    for name in COLUMNS:
        assert found[name] == pytest.approx(expected[name], abs=ROUND_OFF, rel=0), name


@pytest.fixture(scope="module")
def single() -> dict[str, np.ndarray]:
    return summaries(MIXED)


def test_a_batch_has_the_numbers_of_single_runs(single: dict[str, Array]) -> None:
    assert np.isfinite(single["transmitted"]).all()
    assert single["steps"][6] > MIXED[6].main_steps
    same(run_batch(MIXED), single)


def test_the_parallel_kernel_in_its_own_process_too(single: dict[str, Array]) -> None:
    told = []
    same(sweep(MIXED, batch=3, threads=2, progress=lambda *now: told.append(now)), single)
    assert told == [(3, 8), (6, 8), (8, 8)]


def test_threads_share_the_work_evenly() -> None:
    runs = plan(40)
    edges, order = shares(runs, 3)
    assert sorted(order) == list(range(40))
    loads = [sum(runs[i].cost for i in order[a:b]) for a, b in pairwise(edges)]
    assert max(loads) - min(loads) <= max(run.cost for run in runs)


def test_a_sweep_goes_on_where_it_stopped(tmp_path: Path, single: dict[str, Array]) -> None:
    interrupted, store = SweepStore(tmp_path / "a"), SweepStore(tmp_path / "b")

    def stop(done: int, _: int) -> None:
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(MIXED, store=interrupted, batch=2, threads=1, progress=stop)
    assert max(stop for _, stop in interrupted.load(MIXED)) >= 4
    store.load(MIXED)
    store.save((0, 4), run_batch(MIXED[:4]))
    told = []
    found = sweep(MIXED, store=store, batch=3, threads=1, progress=lambda *n: told.append(n))
    same(found, single)
    assert told == [(7, 8), (8, 8)]
    assert [file.name for file in store.folder.glob("runs-*.nc")] == ["runs-00000000-00000008.nc"]
    ages = [file.stat().st_mtime_ns for file in store.folder.glob("runs-*.nc")]
    same(sweep(MIXED, store=store, threads=1), single)
    assert [file.stat().st_mtime_ns for file in store.folder.glob("runs-*.nc")] == ages
    store.remove()
    assert not store.folder.exists()


def test_a_batch_that_was_finished_but_not_seen_is_kept_too(tmp_path: Path) -> None:
    store = SweepStore(tmp_path / "sweep")
    keep = store.save
    seen: list[tuple[int, int]] = []

    def stopped(part: tuple[int, int], found: dict[str, Any]) -> None:
        if not seen:
            seen.append(part)
            raise KeyboardInterrupt
        keep(part, found)

    object.__setattr__(store, "save", stopped)
    with pytest.raises(KeyboardInterrupt):
        sweep(MIXED, store=store, batch=4, threads=1)
    assert seen == [(0, 4)]
    assert (0, 4) in SweepStore(store.folder).load(MIXED)


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_process_that_starts_does_not_hear_a_ctrl_c() -> None:
    pool = ProcessPoolExecutor(1)
    with deaf():
        blocked = pool.submit(signal.pthread_sigmask, signal.SIG_BLOCK, ())
    assert signal.SIGINT in blocked.result()
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    pool.shutdown()


def test_files_of_any_size_and_order_are_read_once(tmp_path: Path) -> None:
    store, whole = SweepStore(tmp_path), run_batch(MIXED)
    for part in ((4, 6), (0, 3), (0, 2), (6, 8)):
        write_netcdf(store.file(part), columns(whole, part))
    (tmp_path / "runs-of-mine.nc").write_text("not ours")
    assert sorted(store.load(MIXED)) == [(0, 3), (4, 6), (6, 8)]
    told = []
    found = sweep(MIXED, store=store, threads=1, progress=lambda *now: told.append(now))
    assert told == [(8, 8)]
    same(found, whole)


def columns(found: dict[str, Any], part: tuple[int, int]) -> dict[str, Variable]:
    return {name: Variable(("run",), found[name][slice(*part)], "1", name) for name in COLUMNS}


def test_gaps_are_run_in_batches() -> None:
    assert missing(10, [], 4) == [(0, 4), (4, 8), (8, 10)]
    assert missing(10, [(4, 6), (0, 1), (9, 10)], 2) == [(1, 3), (3, 4), (6, 8), (8, 9)]
    assert missing(3, [(0, 3)], 2) == []


def test_a_batch_of_dear_runs_is_small() -> None:
    wall = RectangularBarrier(height=20.0, width=0.05)
    packet = GaussianPacket(energy=20.0, sigma=3.0)
    dear = [Experiment(barrier=wall, packet=packet, quality="fine", t_end=400.0)] * 100
    assert dear[0].cost > WORK
    assert batch_size(dear, cores=2) == 2
    cheap = plan(40) * 1000
    assert batch_size(cheap, cores=64) == LARGEST


def test_a_store_of_another_sweep_is_refused(tmp_path: Path) -> None:
    store = SweepStore(tmp_path)
    store.load(MIXED)
    with pytest.raises(InvalidInput, match="the store must belong to this sweep"):
        store.load(MIXED[:-1])
    identity = json.loads((tmp_path / "sweep.json").read_text())
    assert identity["runs"] == len(MIXED)
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidInput, match="the store must be a folder that can be written"):
        SweepStore(tmp_path / "file").load(MIXED)


POINTS = Points.of(
    Controls(quality="draft", energy=5.0, sigma=0.8),
    Axis.parse("width=0.1:0.3:3"),
    Axis.parse("height=-2:6:2"),
)


def test_points_of_a_scan_are_a_plan() -> None:
    part = POINTS[2:5]
    assert len(part) == 3
    settings = list(POINTS.settings())
    assert [s.height for s in settings[:2]] == [-2.0, 6.0]
    assert list(part) == [s.experiment() for s in settings[2:5]]
    same(run_batch(POINTS), summaries(POINTS))


def test_what_cannot_be_run_is_nan() -> None:
    found = run_batch([MIXED[0], None, MIXED[1]])
    assert np.isnan(found["transmitted"]).tolist() == [False, True, False]
    assert np.isnan(run_batch([None])["exact"]).all()


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_loses_a_worker_loses_nothing(tmp_path: Path) -> None:
    """Two Dask workers, one of them killed in the middle."""
    from distributed import Client, LocalCluster

    experiments = plan(48)
    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address=None,
            local_directory=str(tmp_path),
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        killed: list[int] = []

        def kill_one(done: int, _: int) -> None:
            if not killed:
                killed.append(next(iter(cluster.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)

        found = sweep(experiments, client=client, batch=4, progress=kill_one)
        assert killed
    assert np.array_equal(
        np.stack([found[name] for name in COLUMNS]),
        np.stack([run_batch(experiments)[name] for name in COLUMNS]),
    )


def test_a_ctrl_c_that_another_thread_hears_waits_until_a_process_has_been_started() -> None:
    done = []

    def start() -> None:
        with later():
            signal.raise_signal(signal.SIGINT)
            done.append(True)

    with pytest.raises(KeyboardInterrupt):
        start()
    assert done
