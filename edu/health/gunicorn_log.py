"""gunicorn's own log, as lines of JSON: it would otherwise write down addresses of phones."""

from typing import Any

from gunicorn.glogging import Logger

from edu.health.logs import Calm, Line


class PlainLog(Logger):  # type: ignore[misc]
    """gunicorn's `logger_class`: the same events, without anything of a request."""

    def setup(self, cfg: Any) -> None:
        """Dress every handler of the error log; there is no other."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(Line())
            handler.addFilter(Calm())

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        """What people read, and when, is nobody's business."""
