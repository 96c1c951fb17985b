"""What the server counts and measures, at `/metrics` in Prometheus' text format.

Sums over all visitors only: no address, no name, no answer. Memory and processor time are there as
`process_resident_memory_bytes` and `process_cpu_seconds_total` (Linux).
"""

import asyncio

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from tornado.web import RequestHandler

EVERY = 0.1
"""Seconds between two looks at the clock of the event loop."""

LATE = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5)
TIMES = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30)

sessions = Gauge("tunnelscope_sessions", "Sessions that the server holds")
joins = Counter("tunnelscope_joins", "Pages that were built")
runs = Counter(
    "tunnelscope_runs",
    "Runs and previews asked for: solved, from the cache, or shared with one under way",
    ["answered"],
)
kept = Gauge("tunnelscope_cache_bytes", "Bytes of the runs and previews that are kept")
queue = Gauge("tunnelscope_queue", "Runs and previews that wait for a processor")
solve_time = Histogram(
    "tunnelscope_solve_seconds",
    "From asking for a run to its end, the wait included",
    buckets=TIMES,
)
release_time = Histogram(
    "tunnelscope_release_seconds", "From a released control to its data on the way", buckets=TIMES
)
lateness = Histogram(
    "tunnelscope_loop_late_seconds", "How late the event loop comes to what is due", buckets=LATE
)
for answered in ("solved", "cached", "shared"):
    runs.labels(answered)


class Punctuality:
    """Measures how late the running loop is, ten times a second, until it is stopped."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.wait()

    def wait(self) -> None:
        self.due = self.loop.time() + EVERY
        self.timer = self.loop.call_at(self.due, self.look)

    def look(self) -> None:
        lateness.observe(max(self.loop.time() - self.due, 0.0))
        self.wait()

    def stop(self) -> None:
        self.timer.cancel()


class Metrics(RequestHandler):
    """All metrics of this process."""

    def get(self) -> None:
        self.set_header("Content-Type", CONTENT_TYPE_LATEST)
        self.set_header("Cache-Control", "no-store")
        self.finish(generate_latest())


METRICS = (r"/metrics", Metrics)
