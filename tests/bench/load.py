"""Many readers at once: connections that stay open and ask again as soon as they are answered."""

from __future__ import annotations

import re
import selectors
import socket
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from math import inf

READERS = 16
# Seconds.
LONGEST_SILENCE = 60
# One of the names of this machine that khcal answers to, whatever its port.
HOST = "127.0.0.1"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
_END = b"\r\n\r\n"


def asking(path: str, **headers: str) -> bytes:
    """A request as it goes over the wire; ``Accept_Encoding`` is ``Accept-Encoding``."""
    given = {"Host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
    return "\r\n".join([*lines, "", ""]).encode()


@dataclass(frozen=True, slots=True)
class Load:
    """What came of one turn: answers a second, and how long 99 of 100 readers waited at most, in ms."""

    rate: float
    p99: float

    @classmethod
    def median(cls, turns: Sequence[Load]) -> Load:
        """The middle of several turns."""
        return cls(
            statistics.median(each.rate for each in turns), statistics.median(each.p99 for each in turns)
        )


@dataclass
class Reader:
    """One connection, and how much of an answer is still to come (unknown until its head is there)."""

    port: int
    waits: list[float] = field(default_factory=list)

    def ask(self, request: bytes) -> None:
        """Send a request, over a new connection if the server closed the one before."""
        if not hasattr(self, "socket"):
            self.socket = socket.create_connection((HOST, self.port))
        self._head, self._missing, self._closes = b"", inf, False
        self._began = time.perf_counter()
        self.socket.sendall(request)

    def read(self) -> bool:
        """Read what has come; whether the answer is whole. Raises AssertionError when it is an error."""
        came = self.socket.recv(1 << 18)
        assert came, "The server closed the connection before it had answered."
        if self._missing is not inf:
            self._missing -= len(came)
        else:
            self._read_head(self._head + came)
        if self._missing > 0:
            return False
        self.waits.append(time.perf_counter() - self._began)
        return True

    def close_if_asked(self) -> bool:
        """Whether the server ends the connection, as Radicale always does."""
        if self._closes:
            self.socket.close()
            del self.socket
        return self._closes

    def _read_head(self, came: bytes) -> None:
        head, end, body = came.partition(_END)
        self._head = came
        if end:
            status = head.split(b" ", 2)[1]
            assert status in {b"200", b"304"}, head.decode()
            length = _LENGTH.search(head)
            self._missing = (int(length[1]) if length and status == b"200" else 0) - len(body)
            self._closes = head.startswith(b"HTTP/1.0") or _CLOSES.search(head) is not None


def drive(
    port: int, requests: Sequence[bytes], seconds: float = inf, most: float = inf, readers: int = READERS
) -> Load:
    """Ask these again and again, for so long or so often."""
    following, asked = cycle(requests), 0
    crowd = [Reader(port) for _ in range(readers)]
    began = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        for reader in crowd:
            reader.ask(next(following))
            selector.register(reader.socket, selectors.EVENT_READ, reader)
        while (time.perf_counter() - began < seconds or asked < readers) and asked < most:
            for reader in _answered(selector):
                asked += 1
                again = reader.socket
                if reader.close_if_asked():
                    selector.unregister(again)
                reader.ask(next(following))
                if reader.socket is not again:
                    selector.register(reader.socket, selectors.EVENT_READ, reader)
        passed = time.perf_counter() - began
        # What is still under way would burden the server that is asked next.
        while selector.get_map():
            for reader in _answered(selector):
                selector.unregister(reader.socket)
    for reader in crowd:
        reader.socket.close()
    waits = sorted(wait for reader in crowd for wait in reader.waits)
    return Load(asked / passed, 1000 * waits[min(len(waits) - 1, len(waits) * 99 // 100)])


def _answered(selector: selectors.BaseSelector) -> Iterator[Reader]:
    ready = selector.select(timeout=LONGEST_SILENCE)
    assert ready, "The server has fallen silent."
    for key, _events in ready:
        reader: Reader = key.data
        if reader.read():
            yield reader
