"""What a network can answer in place of what was asked for."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Callable
from typing import Any

from tests.browser.wall.ground import Handler, Spoiler

JSON = {"Content-Type": "application/json"}
HTML = {"Content-Type": "text/html; charset=utf-8"}
PORTAL = "<!doctype html><title>Gästnät</title><h1>Logga in på nätet</h1>".encode()
Change = Callable[[dict[str, Any]], object]


def status(number: int, body: bytes = b"<h1>Fel</h1>", **headers: str) -> Spoiler:
    """An answer with this status."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler, _: handler.reply(number, HTML | told, body)


def portal(handler: Handler, _: bytes) -> None:
    """The page that a guest network shows for every address."""
    handler.reply(200, HTML, PORTAL, is_strange=True)


def redirected(address: str) -> Spoiler:
    """Somewhere else, as to a log-in."""
    return lambda handler, _: handler.reply(302, {"Location": address}, b"")


def body(content: bytes, **headers: str) -> Spoiler:
    """A good answer with another body."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler, _: handler.reply(200, JSON | told, content)


def of_type(kind: str) -> Spoiler:
    """The right body under another name."""
    return lambda handler, right: handler.reply(200, {"Content-Type": kind}, right)


def cut(handler: Handler, right: bytes) -> None:
    """Half of what was promised, and then nothing more."""
    handler.reply(200, JSON | {"Content-Length": str(len(right))}, right[: len(right) // 2])
    handler.close_connection = True


def half(handler: Handler, right: bytes) -> None:
    """Half, told as if it were the whole."""
    handler.reply(200, JSON, right[: len(right) // 2])


def silent(handler: Handler, _: bytes) -> None:
    """The line is open and nobody speaks, until the other side hangs up."""
    handler.connection.settimeout(60)
    while handler.connection.recv(1024):
        pass
    handler.close_connection = True


def dripping(handler: Handler, right: bytes) -> None:
    """The beginning of an answer, which is never ended."""
    handler.reply(200, JSON | {"Content-Length": str(len(right))}, right[:20])
    handler.wfile.flush()
    silent(handler, right)


def reset(handler: Handler, _: bytes) -> None:
    """The connection is torn."""
    lingering = struct.pack("ii", 1, 0)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, lingering)
    handler.connection.close()
    handler.close_connection = True


def changed(change: Change) -> Spoiler:
    """The right document with something wrong in it."""

    def answer(handler: Handler, right: bytes) -> None:
        document = json.loads(right)
        change(document)
        handler.reply(200, JSON, json.dumps(document).encode())

    return answer


def unasked_304(handler: Handler, _: bytes) -> None:
    """Nothing new, to somebody who has something else."""
    handler.reply(304, {"ETag": '"another"'}, b"")
