"""A khcal of one's own that a browser can reach: waitress in a thread, on a free port of this machine."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from waitress.server import create_server

from tests import databases
from tests.moments import MOMENT


@contextmanager
def serving(folder: Path, database: Path) -> Iterator[str]:
    """Serve ``database`` with khcal's clock started at the tests' moment; yields the address."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        app = databases.make_app(folder, database, public_url=address, now=MOMENT, demo=True)
        server = create_server(app, sockets=[door], threads=4)
        thread = Thread(target=server.run, daemon=True)
        thread.start()
        try:
            yield address
        finally:
            server.close()
            server.task_dispatcher.shutdown()
            thread.join(timeout=5)
            databases.close_app(app)
