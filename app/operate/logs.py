"""What the server writes down: no address of a person, no query, no answer.

With `--log-json` each event is one line of JSON: `time`, `level`, `event`, and what belongs to it.
"""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from tornado.web import RequestHandler

from app.operate.readiness import Health

LONGEST = 200
"""Characters of a path that are kept."""

EVENTS = logging.getLogger("tunnelscope")


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "about", {}),
        }
        if record.name != EVENTS.name:
            told["logger"] = record.name
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def event(name: str, **about: Any) -> None:
    """Write down that something happened."""
    EVENTS.info(name, extra={"about": about})


def log_json() -> None:
    """From now on write events and warnings to stderr, a line of JSON each."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    EVENTS.setLevel(logging.INFO)
    # Trap: Panel writes by a handler of its own, each session's beginning and end among it.
    theirs = logging.getLogger("panel")
    theirs.handlers[:], theirs.propagate = [], True
    theirs.setLevel(logging.WARNING)


def log_answer(handler: RequestHandler) -> None:
    """In place of Tornado's line for each answer, which holds the address and the query."""
    status = handler.get_status()
    if status >= 400 and not isinstance(handler, Health):
        path = handler.request.path[:LONGEST]
        event("refused", status=status, method=handler.request.method, path=path)
