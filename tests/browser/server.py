"""A khcal of one's own that a browser can reach: waitress in a thread, on a free port of this machine."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, cast

from waitress import wasyncore
from waitress.server import BaseWSGIServer, create_server
from waitress.trigger import trigger

from tests import databases
from tests.moments import MOMENT


@contextmanager
def serving(folder: Path, database: Path) -> Iterator[str]:
    """Serve ``database`` with khcal's clock started at the tests' moment; yields the address."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        app = databases.make_app(folder, database, public_url=address, now=MOMENT, demo=True)
        channels: dict[int, Any] = {}
        server = cast(BaseWSGIServer, create_server(app, map=channels, sockets=[door], threads=4))
        thread = Thread(target=server.run, daemon=True)
        thread.start()
        try:
            yield address
        finally:
            # In the server's own thread, and everything at once: its loop ends when nothing is left open.
            pull: Any = cast(trigger, server.trigger).pull_trigger  # its stub tells of another argument
            pull(lambda: wasyncore.close_all(channels, ignore_all=True))
            thread.join()
            server.task_dispatcher.shutdown()
            databases.close_app(app)
