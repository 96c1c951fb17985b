"""`make load`: a class at a server of its own, told in numbers. Exit code 1 if an answer failed.

The seed is another one each time, so that no run is solved already, unless it is given.
"""

import argparse
import asyncio
import secrets
import subprocess
import sys
from typing import Any

import numpy as np

from tests.benchmarks.browser import START, ready
from tests.load.figures import KEPT
from tests.load.frames import frames_per_second
from tests.load.school import ACTS, LOOK, MOVES, Found, Plan, School

LEAST = 6
"""Looks at the memory from which on its growth and the error of that are told."""


def parsed(words: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make load", description=__doc__)
    parser.add_argument("--students", type=int, default=100)
    parser.add_argument("--arriving", type=float, default=10.0, help="seconds until all are there")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long they stay")
    parser.add_argument("--thinking", type=float, default=6.0, help="seconds between two acts")
    parser.add_argument(
        "--settling",
        type=float,
        default=0.0,
        help="seconds for which the server is left alone before and after; 70 are needed to tell "
        "what memory is left over",
    )
    parser.add_argument("--seed", type=int, default=None, help="repeats the choices of that run")
    parser.add_argument(
        "--moves",
        dest="acts",
        action="store_const",
        const=MOVES,
        default=ACTS,
        help="they only drag and let go: no run is known before",
    )
    parser.add_argument("--browser", action="store_true", help="watch a real browser beside it")
    return parser.parse_args(words)


def percentiles(seconds: list[float], *parts: int) -> str:
    """Milliseconds at these percents."""
    if not seconds:
        return "none"
    return ", ".join(f"p{part} {1e3 * np.percentile(seconds, part):.0f} ms" for part in parts)


def told(plan: Plan, found: Found) -> list[str]:
    """What was found, a line each."""
    runs = found.at["let go"].runs_since(found.at["before"])
    asked = max(sum(runs.values()), 1)
    did = ", ".join(f"{count} {name}" for name, count in found.did.most_common())
    alone = found.cpu_ms("alone", "let go", len(found.alone))
    late = found.at["stayed"].late_since(found.at["joined"], 0.99)
    kept = {name: found.at[name].values[KEPT] / 1e6 for name in ("before", "stayed", "after")}
    looks = found.at["stayed"].looks - found.at["joined"].looks
    memory = [
        f"{name} {found.memory(name) / 1e6:.0f} MB ({kept[name]:.0f} of runs)" for name in kept
    ]
    hits = runs["cached"] + runs["shared"]
    joined = found.cpu_ms("before", "joined", plan.students)
    return [
        f"seed {plan.seed}: {plan.students} students within {plan.arriving:g} s, {did}",
        f"join: {percentiles(found.joins, 50, 95)}; server CPU {joined:.0f} ms each",
        f"release to first data: {percentiles(found.releases, 50, 95, 99)}",
        f"one at a time: {percentiles(found.alone, 50, 95)}; server CPU {alone:.0f} ms each",
        f"solves: {runs['solved']} of {asked} asked for; cache hits: {hits} ({hits / asked:.0%})",
        f"received: {found.received / 1e6:.1f} MB",
        f"event loop late by at most, p99 while they stayed: {1e3 * late:.0f} ms",
        f"looked through all objects while they stayed: {looks:.0f} times",
        f"memory: {'; '.join(memory)}",
        *left_over(plan, found),
        *slope(found.grown),
        f"not answered: {len(found.errors)}",
        *found.errors[:10],
    ]


def left_over(plan: Plan, found: Found) -> list[str]:
    """Beyond the memory before and the runs kept since, if there was time to give it back."""
    return [f"left over: {found.left_over - 1:+.1%}"] if plan.settling else []


def slope(grown: list[float]) -> list[str]:
    """Memory over time, and how fast it grew in the second half, when caches are full."""
    if len(grown) < LEAST:
        return []
    told = ", ".join(f"{size / 1e6:.0f}" for size in grown)
    late = grown[len(grown) // 2 :]
    (growth, _), errors = np.polyfit(
        LOOK / 60 * np.arange(len(late)), np.divide(late, 1e6), 1, cov=True
    )
    growth_told = f"{growth:+.1f} MB a minute, standard error {np.sqrt(errors[0, 0]):.1f}"
    return [
        f"memory every {LOOK:g} s, MB: {told}",
        f"growth over the second half: {growth_told}",
    ]


async def visited(address: str, plan: Plan, browser: bool) -> tuple[Found, float | None]:
    """What the class found, and the pictures a second that a browser showed beside it."""
    school = School(address, plan).run()
    if not browser:
        return await school, None
    seconds = plan.arriving + plan.seconds
    watching = asyncio.to_thread(frames_per_second, address, seconds)
    found, frames = await asyncio.gather(school, watching)
    return found, frames


def main() -> None:
    from tests.benchmarks.reference import Machine  # with what only `make bench` and this install

    given = vars(parsed())
    browser, seed = given.pop("browser"), given.pop("seed")
    plan = Plan(**given, seed=secrets.randbelow(10**6) if seed is None else seed)
    machine = Machine()
    machine.slowness()
    print(f"seed {plan.seed} {machine.told()}", flush=True)
    server: Any = subprocess.Popen(START, stdout=subprocess.PIPE, text=True)
    try:
        found, frames = asyncio.run(visited(ready(server), plan, browser))
    finally:
        server.terminate()
        server.wait(60)
    machine.slowness()
    print("\n".join([*told(plan, found), machine.told()]))
    if frames is not None:
        print(f"a browser beside it: {frames:.0f} pictures a second")
    sys.exit(bool(found.errors))


if __name__ == "__main__":
    main()
