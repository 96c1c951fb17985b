"""What a server tells of itself at /metrics."""

from dataclasses import dataclass, field

from prometheus_client.parser import text_string_to_metric_families
from tornado.httpclient import AsyncHTTPClient

MEMORY, CPU = "process_resident_memory_bytes", "process_cpu_seconds_total"
KEPT = "tunnelscope_cache_bytes"
SESSIONS, LATE = "tunnelscope_sessions", "tunnelscope_loop_late_seconds_bucket"
ALL_LOOKED_THROUGH = "python_gc_collections_total", {"generation": "2"}


@dataclass(frozen=True)
class Figures:
    """Numbers by name; `runs` by how they were answered, `late` counts up to so many seconds.

    `looks` is how often it looked through all its objects for what is no longer used.
    """

    values: dict[str, float]
    runs: dict[str, float] = field(default_factory=dict)
    late: dict[float, float] = field(default_factory=dict)
    looks: float = 0.0

    def late_since(self, before: "Figures", part: float) -> float:
        """Seconds that this part of the loop's appointments were late by at most, since then."""
        counts = {edge: count - before.late[edge] for edge, count in self.late.items()}
        wanted = part * max(counts.values())
        return min(edge for edge, count in counts.items() if count >= wanted)

    def runs_since(self, before: "Figures") -> dict[str, int]:
        return {name: int(count - before.runs[name]) for name, count in self.runs.items()}

    def since(self, before: "Figures", name: str) -> float:
        return self.values[name] - before.values[name]


async def figures(address: str) -> Figures:
    """Ask the server."""
    text = (await AsyncHTTPClient().fetch(f"{address}metrics")).body.decode()
    samples = [one for family in text_string_to_metric_families(text) for one in family.samples]
    return Figures(
        {one.name: one.value for one in samples if not one.labels},
        {s.labels["answered"]: s.value for s in samples if s.name == "tunnelscope_runs_total"},
        {float(one.labels["le"]): one.value for one in samples if one.name == LATE},
        next(one.value for one in samples if (one.name, one.labels) == ALL_LOOKED_THROUGH),
    )
