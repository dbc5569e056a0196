"""``khcal serve``: the server, with limits that keep slow or hostile clients from stopping it."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from collections.abc import Mapping
from types import FrameType
from typing import TYPE_CHECKING, Any

import click
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.proxy_headers import proxy_headers_middleware
from waitress.server import TcpWSGIServer, create_server

from khcal.app import create_app
from khcal.config import Settings

from .keeping_open import keep_open
from .log_lines import log_as_json_lines
from .opening import Refusal, load_settings
from .refusing import refuse_politely
from .running import as_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# The number that systemd gives to the first port it hands over.
FIRST_HANDED_OVER = 3
LONGEST_FAREWELL_TICKS = 80
LIMITS: dict[str, Any] = {
    "connection_limit": 1000,
    "asyncore_use_poll": True,
    "channel_timeout": 30,
    "cleanup_interval": 5,
    "backlog": 1024,
    "channel_request_lookahead": 0,
    "max_request_header_size": 16 * 1024,
    # Above khcal's own limit of 2 MiB, so that khcal says so in Swedish and waitress does not in English.
    "max_request_body_size": 16 * 1024 * 1024,
    "ident": None,
    "expose_tracebacks": False,
    # Done by behind_proxy instead.
    "clear_untrusted_proxy_headers": False,
    "log_socket_errors": False,
}


@click.command(short_help="Svara besökare, prenumerationer och skärmar.")
@click.option("--host", default="", metavar="ADRESS", help="Annars KHCAL_HOST eller 127.0.0.1.")
@click.option("--port", default="", metavar="N", help="Annars KHCAL_PORT eller 8080.")
def serve(host: str, port: str) -> None:
    """Svara besökare, prenumerationer och skärmar tills någon avbryter (Ctrl-C)."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda number, frame: sys.exit(0))
    settings = load_settings(KHCAL_HOST=host, KHCAL_PORT=port)
    fault = settings.key_fault()
    if fault:
        raise Refusal(fault)
    log_as_json_lines()
    listener = _handed_over() or _listen(settings)
    with as_server(settings):
        app = create_app(settings)
        kept = app.extensions["khcal.kept"]
        kept.app = behind_proxy(kept.app)
        # The application stays to the end too: no need to look through it for garbage between answers.
        gc.freeze()
        run(app, listener, settings.threads, app.extensions["khcal.headers"])


def behind_proxy(app: WSGIApplication) -> WSGIApplication:
    """Let ``app`` see who asks and how, as a proxy on this machine tells it; what others tell is forgotten.

    For what Flask answers: kept answers are the same whoever asks, and most readers want only those.
    """
    told: WSGIApplication = proxy_headers_middleware(
        app,
        trusted_proxy="127.0.0.1",
        trusted_proxy_count=1,
        trusted_proxy_headers={"x-forwarded-for", "x-forwarded-proto"},
        clear_untrusted=True,
        # It would write visitors' addresses to the log.
        log_untrusted=False,
    )
    return told


def run(
    app: WSGIApplication, listener: socket.socket, threads: int, headers: Mapping[str, str] | None = None
) -> None:
    """Answer on ``listener`` until SIGINT or SIGTERM; answers that have begun then reach their readers."""
    channels: dict[int, Any] = {}
    server = create_server(app, map=channels, sockets=[listener], threads=threads, **LIMITS)
    assert isinstance(server, TcpWSGIServer)
    refuse_politely(server, headers or {})
    keep_open(server, most=LIMITS["connection_limit"] // 2)
    asked = _Farewell(server)
    while not asked.to_stop:
        wasyncore.loop(timeout=5, use_poll=True, map=channels, count=1)
    # Only the door closes; the trigger by which threads report stays.
    wasyncore.dispatcher.close(server)
    for _ in range(LONGEST_FAREWELL_TICKS):
        wasyncore.loop(timeout=0.1, use_poll=True, map=channels, count=1)
        if not any(_is_busy(channel) for channel in channels.values()):
            break
    server.task_dispatcher.shutdown(timeout=1)
    wasyncore.close_all(channels)


def _is_busy(channel: Any) -> bool:
    return isinstance(channel, HTTPChannel) and bool(channel.requests or channel.total_outbufs_len)


class _Farewell:
    """Remembers that a signal asked to stop and wakes the loop; a second signal ends at once."""

    def __init__(self, server: TcpWSGIServer) -> None:
        self.to_stop = False
        self._server = server
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, self)

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.to_stop = True
        signal.signal(number, signal.SIG_DFL)
        self._server.pull_trigger()


def _handed_over() -> socket.socket | None:
    """The listening port that systemd, or who started us, handed over; else ``None``."""
    if os.environ.get("LISTEN_PID") != str(os.getpid()) or os.environ.get("LISTEN_FDS") != "1":
        return None
    return socket.socket(fileno=FIRST_HANDED_OVER)


def _listen(settings: Settings) -> socket.socket:
    where = (settings.host, settings.port)
    try:
        family = socket.getaddrinfo(*where, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server(where, family=family, backlog=LIMITS["backlog"])
    except OSError as fault:
        raise Refusal(f"Det går inte att lyssna på {where[0]} port {where[1]}: {fault.strerror}.") from fault
    click.echo(f"khcal svarar på {where[0]} port {where[1]}.")
    return listener
