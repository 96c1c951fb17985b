"""Whether the server can take visitors, for a balancer or a container's host: `/health`."""

from tornado.web import RequestHandler

from locales.language import mark

COMPILING = mark("The kernels are not compiled yet.")
STOPPING = mark("The server is stopping.")


class Readiness:
    """Why nobody should be sent here yet, or any more; `closed` when pages are refused, too."""

    def __init__(self) -> None:
        self.reason, self.closed = COMPILING, False

    def hold(self, reason: str) -> None:
        """Refuse pages, with this reason."""
        self.reason, self.closed = reason, True

    def open(self) -> None:
        """The kernels are compiled."""
        self.reason, self.closed = "", False


readiness = Readiness()


class Health(RequestHandler):
    """200 when the kernels are compiled, 503 with the reason before and while the server stops."""

    def get(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_status(503 if readiness.reason else 200)
        self.finish({"ready": not readiness.reason, "reason": readiness.reason})

    head = get


HEALTH = (r"/health", Health)
