"""A connection stays open after an answer without a body, so that who asks again need not open another.

waitress closes it where no length is told. But a 304 and a 204 end with their head, whatever it tells
(RFC 9112 section 6.3), and most of what programs and screens ask is answered so. While many are connected
each that speaks HTTP/1.1 is let go after its answer, whatever that is: who has nothing more to ask must not
keep others out.
"""

from __future__ import annotations

from waitress.server import BaseWSGIServer
from waitress.task import WSGITask


def keep_open(server: BaseWSGIServer, most: int) -> None:
    """Let ``server`` close no connection for want of a body while at most so many are open."""

    class Answer(WSGITask):
        def build_response_header(self) -> bytes:
            is_crowded = len(self.channel.server.active_channels) > most  # type: ignore[arg-type]
            if is_crowded and self.version == "1.1":
                super().set_close_on_finish()
            return super().build_response_header()

        def set_close_on_finish(self) -> None:
            if self.has_body or _is_last(self):
                super().set_close_on_finish()

    server.channel_class = type("Channel", (server.channel_class,), {"task_class": Answer})


def _is_last(task: WSGITask) -> bool:
    """Whether the reader wants no more on this connection, or is of a time when nobody did."""
    wanted: str = task.request.headers.get("CONNECTION", "")  # type: ignore[attr-defined]
    return task.version == "1.0" or "close" in {word.strip() for word in wanted.lower().split(",")}
