"""A connection stays open after an answer without a body, so that who asks again need not open another.

waitress closes it where no length is told. But a 304 and a 204 end with their head, whatever it tells
(RFC 9112 section 6.3), and most of what programs and screens ask is answered so.
"""

from __future__ import annotations

from waitress.server import BaseWSGIServer
from waitress.task import WSGITask


class _Answer(WSGITask):
    def set_close_on_finish(self) -> None:
        if self.has_body or self._is_to_close():
            super().set_close_on_finish()

    def _is_to_close(self) -> bool:
        """Whether the reader wants no more, or is of a time when nobody did."""
        wanted = self.request.headers.get("CONNECTION", "")  # type: ignore[attr-defined]
        return self.version == "1.0" or wanted.lower() == "close"


def keep_open(server: BaseWSGIServer) -> None:
    """Let ``server`` close no connection for want of a body."""
    server.channel_class = type("Channel", (server.channel_class,), {"task_class": _Answer})
