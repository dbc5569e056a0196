"""A khcal of one's own that a browser can reach: waitress in a thread, on a free port of this machine."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any, cast

from flask import Flask
from waitress import wasyncore
from waitress.server import BaseWSGIServer, create_server
from waitress.trigger import trigger

from tests import databases
from tests.moments import MOMENT


class Served:
    """One khcal for many tests, one after the other: made and listening once, each with its own database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def listening(self) -> Iterator[Served]:
        """Listen on a port of its own for as long as the block lasts."""
        with _door() as (door, self.address):
            self._shared = databases.SharedApp(self._folder, **_settings(self.address))
            with _answering(door, self._shared.app):
                yield self

    @contextmanager
    def with_database(self, folder: Path) -> Iterator[str]:
        """Serve the database in ``folder``; yields the address."""
        with self._shared.lent(folder):
            yield self.address


@contextmanager
def serving(folder: Path, database: Path) -> Iterator[str]:
    """Serve ``database`` with khcal's clock started at the tests' moment; yields the address."""
    with _door() as (door, address):
        app = databases.make_app(folder, database, **_settings(address))
        with _answering(door, app):
            yield address
        databases.close_app(app)


@contextmanager
def answering(app: Flask) -> Iterator[str]:
    """Serve an app that is there already; yields the address."""
    with _door() as (door, address), _answering(door, app):
        yield address


@contextmanager
def _door() -> Iterator[tuple[socket.socket, str]]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield door, f"http://127.0.0.1:{door.getsockname()[1]}"


def _settings(address: str) -> dict[str, object]:
    return {"public_url": address, "now": MOMENT, "demo": True}


@contextmanager
def _answering(door: socket.socket, app: Flask) -> Iterator[None]:
    channels: dict[int, Any] = {}
    server = cast(BaseWSGIServer, create_server(app, map=channels, sockets=[door], threads=4))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        # In the server's own thread, and everything at once: its loop ends when nothing is left open.
        pull: Any = cast(trigger, server.trigger).pull_trigger  # its stub tells of another argument
        # It may have been awake, and have closed everything before it is woken.
        with suppress(OSError):
            pull(lambda: wasyncore.close_all(channels, ignore_all=True))
        thread.join()
        server.task_dispatcher.shutdown()
