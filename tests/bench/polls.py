"""Ten thousand calendars and walls at the top of the hour, while somebody on the staff saves.

Each asks once, at a moment of its own and over a connection of its own. Most send back the tag that was told
last; after a save that is an old one for who asks first. A wait begins when one wants to ask, so that
one who could not even connect has waited too.
"""

from __future__ import annotations

import http.client
import random
import re
import selectors
import time
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlencode

from khcal.db import db
from tests import databases
from tests.bench.load import HOST, Reader, asking
from tests.bench.measures import khcal
from tests.bench.servers import KHCAL, Server, serving
from tests.html import fields, one
from tests.people import EDITOR, LOG_IN, PASSWORD, make_user
from tests.samples import filled

POLLS, WITHIN, ROUNDS = 10_000, 10.0, 3
# Some of them send a tag that a save has just made old, so that nine of ten answers are 304.
KNOWING, BETWEEN_SAVES = 0.97, 0.5
# A save changes the date in all of them.
DATE = "/personal/sjuharad/tillfalle/{SJ-02 2026-11-25}"
PATHS = ("/sjuharad.ics", "/sjuharad/aktivitet/oppet-hus.ics", "/skarm/sjuharad/program.json")
LONGEST_WAIT = 30.0
_ETAG = re.compile(rb'\r\netag: *("[^"]+")', re.IGNORECASE)


@dataclass
class Polled:
    """Seconds that each poll took, how many were 304, and how many were no answer; until when all were."""

    waits: list[float] = field(default_factory=list)
    known: int = 0
    errors: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class TopOfTheHour:
    """All rounds together, and seconds that each save took."""

    rounds: list[Polled]
    saves: list[float]

    @property
    def polls_p99(self) -> float:
        return p99([wait for each in self.rounds for wait in each.waits])

    @property
    def saves_p99(self) -> float:
        return p99(self.saves)

    @property
    def errors(self) -> int:
        return sum(each.errors for each in self.rounds)

    @property
    def seconds(self) -> float:
        """Of the slowest round, from the first who wanted to ask to the last answer."""
        return max(each.seconds for each in self.rounds)

    @property
    def known(self) -> float:
        """How many of 100 answers were 304."""
        answers = sum(len(each.waits) for each in self.rounds)
        return 100 * sum(each.known for each in self.rounds) / answers


def p99(waits: list[float]) -> float:
    """What 99 of 100 waited at most; of few, the longest."""
    return sorted(waits)[min(len(waits) - 1, len(waits) * 99 // 100)]


@dataclass
class Poller(Reader):
    """One who asks once."""

    path: str = ""
    due: float = 0.0

    @property
    def told(self) -> bytes:
        """The head of the answer."""
        return self._head


class Crowd:
    """All who poll in one round."""

    def __init__(self, coming: Iterable[Poller], tags: dict[str, str], chance: random.Random) -> None:
        self._coming, self._tags, self._chance = deque(coming), tags, chance
        self._asking = selectors.DefaultSelector()
        self._polled = Polled()

    def poll(self) -> Polled:
        """Let each ask when it wants to, until all are answered or have waited far too long."""
        first, last = self._coming[0].due, self._coming[-1].due
        while self._is_going_on() and time.perf_counter() < last + LONGEST_WAIT:
            self._let_ask()
            for key, _events in self._asking.select(self._until_next()):
                self._listen(key.data)
        self._polled.errors += len(self._coming) + len(self._asking.get_map())
        self._asking.close()
        self._polled.seconds = time.perf_counter() - first
        return self._polled

    def _is_going_on(self) -> bool:
        return bool(self._coming or self._asking.get_map())

    def _until_next(self) -> float:
        return max(0.0, self._coming[0].due - time.perf_counter()) if self._coming else LONGEST_WAIT

    def _let_ask(self) -> None:
        while self._coming and self._coming[0].due <= time.perf_counter():
            poller = self._coming.popleft()
            tag = {"If_None_Match": self._tags[poller.path]} if self._chance.random() < KNOWING else {}
            try:
                poller.ask(asking(poller.path, Accept_Encoding="gzip", **tag))
            except OSError:
                self._polled.errors += 1
            else:
                self._asking.register(poller.socket, selectors.EVENT_READ, poller)

    def _listen(self, poller: Poller) -> None:
        try:
            if not poller.read():
                return
            self._note(poller)
        except (AssertionError, OSError):
            self._polled.errors += 1
        self._asking.unregister(poller.socket)
        poller.socket.close()

    def _note(self, poller: Poller) -> None:
        self._polled.waits.append(time.perf_counter() - poller.due)
        self._polled.known += poller.told.startswith(b"HTTP/1.1 304")
        if tag := _ETAG.search(poller.told):
            self._tags[poller.path] = tag[1].decode()


class Staff:
    """Somebody's browser."""

    def __init__(self, port: int) -> None:
        self._port, self._cookie = port, ""
        form = one(self._ask(LOG_IN), "main form")
        self._ask(LOG_IN, fields(form) | {"name": EDITOR.name, "password": PASSWORD})

    def save(self, path: str, title: str) -> float:
        """Give a date another title by its form; seconds from sending it to being sent on."""
        sent = fields(one(self._ask(path), "#date-form")) | {"title": title}
        began = time.perf_counter()
        self._ask(path, sent)
        return time.perf_counter() - began

    def _ask(self, path: str, sent: dict[str, str | list[str]] | None = None) -> str:
        link = http.client.HTTPConnection(HOST, self._port, timeout=LONGEST_WAIT)
        headers = {"Cookie": self._cookie, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(sent, doseq=True) if sent else None
        link.request("POST" if sent else "GET", path, body, headers)
        answer = link.getresponse()
        text = answer.read().decode()
        assert answer.status == (303 if sent else 200), f"{answer.status} {path}: {text}"
        self._cookie = answer.getheader("Set-Cookie", self._cookie).partition(";")[0]
        link.close()
        return text


def top_of_the_hour(folder: Path) -> TopOfTheHour:
    """Measure with the database in ``folder``, which is changed."""
    app = databases.make_app(folder, folder / "khcal.db")
    with app.app_context():
        make_user(EDITOR)
        db.session.commit()
    date = filled(app, DATE)
    databases.close_app(app)
    # Who polls and who saves are no threads of one process, which would wait for each other.
    polling = ProcessPoolExecutor(1, get_context("spawn"))
    with serving(KHCAL, **khcal(folder)) as server, polling:
        staff, rounds, saves = Staff(server.port), list[Polled](), list[float]()
        # Nobody saves before the process is there.
        polling.submit(int).result()
        for number in range(ROUNDS):
            polled = polling.submit(_poll, server.port, number)
            saves += _saves_during(polled, staff, date, len(saves))
            rounds.append(polled.result())
        last = _title(len(saves)).encode()
        assert all(last in server.ask(path).body for path in PATHS), "They asked for what nobody changed."
    return TopOfTheHour(rounds, saves)


def _poll(port: int, seed: int) -> Polled:
    chance = random.Random(seed)
    tags = {path: Server(port, 0).ask(path, Accept_Encoding="gzip").etag for path in PATHS}
    began = time.perf_counter()
    moments = sorted(began + chance.random() * WITHIN for _ in range(POLLS))
    return Crowd([Poller(port, path=chance.choice(PATHS), due=due) for due in moments], tags, chance).poll()


def _saves_during(polled: Future[Polled], staff: Staff, date: str, before: int) -> list[float]:
    """A save each half second for as long as anybody polls."""
    saves, due = list[float](), time.monotonic()
    while not polled.done():
        if time.monotonic() >= due:
            saves.append(staff.save(date, _title(before + len(saves) + 1)))
            due += BETWEEN_SAVES
        time.sleep(0.01)
    return saves


def _title(number: int) -> str:
    return f"Fika nummer {number}"
