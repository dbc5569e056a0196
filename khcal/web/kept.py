"""Public answers are built once and kept in memory until something in them may have changed.

One small layer stands before Flask. It keeps the bytes of an answer with the day it was built on and the
revisions of the houses that it shows; while neither has changed, whoever asks gets the same bytes. Every
save raises the revision of each house that shows what was saved (``models/bookkeeping.py``), and what a
page says never depends on the hour, so nothing else can make an answer untrue.

A view says which houses it shows, by loading them; an answer whose view says nothing is not kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Flask, request
from werkzeug.sansio.utils import host_is_trusted

from khcal.calendaring import clock

from . import revisions
from .conditional import Answer, Pairs, answer_of
from .disguised import is_disguised
from .revisions import Revisions, revisions_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOST_BYTES = 32 * 1024 * 1024
# Beside its bytes an answer has headers, a key and a place in the order.
BESIDES = 2_000
LOCKS = 64
# Seconds that somebody waits for another who builds the same, before building it too.
LONGEST_WAIT = 2.0
NOT_FOR_EVERYBODY = ("/personal", "/halsa")
_TERMS = "khcal.terms"
_EXTENSION = "khcal.kept"
Key = tuple[str, str]


@dataclass(slots=True)
class Terms:
    """What a view says of its answer: the houses shown, if it may be kept, and its query written as we do."""

    houses: set[str] | None = None
    query: str | None = ""


def keep_until_change_of(*houses: str) -> None:
    """Let this answer be kept until one of these houses changes; of none it depends on the release alone."""
    terms: Terms | None = request.environ.get(_TERMS)
    if terms is not None:
        terms.houses = (terms.houses or set()).union(houses)


def keep_under(query: Mapping[str, str] | None) -> None:
    """Keep this answer only when it was asked for with exactly this query; with ``None`` never."""
    terms: Terms | None = request.environ.get(_TERMS)
    if terms is not None:
        terms.query = None if query is None else urlencode(query)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, and what was true when it was begun: the day, and the revisions of the houses it shows."""

    answer: Answer
    day: date
    revisions: tuple[tuple[str, int | None], ...]

    def is_true(self, day: date, known: Mapping[str, int]) -> bool:
        """Whether it would be built again as it is."""
        return day == self.day and all(known.get(house) == number for house, number in self.revisions)


class Shelf:
    """Answers by their address, up to so many bytes together; who has not been asked for longest leaves."""

    def __init__(self, most: int) -> None:
        self._most, self.size = most, 0
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._one = Lock()

    def get(self, key: Key) -> Kept | None:
        with self._one:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    def put(self, key: Key, kept: Kept) -> None:
        with self._one:
            self._drop(self._kept.pop(key, None))
            self._kept[key] = kept
            self.size += _size(kept)
            while self.size > self._most:
                self._drop(self._kept.popitem(last=False)[1])

    def clear(self) -> None:
        with self._one:
            self._kept.clear()
            self.size = 0

    def _drop(self, kept: Kept | None) -> None:
        self.size -= _size(kept) if kept is not None else 0


def _size(kept: Kept) -> int:
    return kept.answer.size + BESIDES


@dataclass
class KeptAnswers:
    """The layer before ``app``, which is Flask's own way in."""

    app: WSGIApplication
    revisions: Revisions
    hosts: list[str]
    shelf: Shelf = field(default_factory=lambda: Shelf(MOST_BYTES))

    def __post_init__(self) -> None:
        self._locks = [Lock() for _ in range(LOCKS)]
        self._is_our_name = lru_cache(maxsize=64)(lambda host: host_is_trusted(host, self.hosts))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer what everybody may ask for, and let Flask answer the rest."""
        if not self._is_for_everybody(environ):
            return self.app(environ, start_response)
        return self._answer(environ).send(environ, start_response)

    def _is_for_everybody(self, environ: WSGIEnvironment) -> bool:
        return (
            environ["REQUEST_METHOD"] in {"GET", "HEAD"}
            and not environ["PATH_INFO"].startswith(NOT_FOR_EVERYBODY)
            and environ.get("HTTP_HX_REQUEST_TYPE") != "partial"
            and not is_disguised(environ)
            and self._is_our_name(environ.get("HTTP_HOST"))
        )

    def _answer(self, environ: WSGIEnvironment) -> Answer:
        key = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        if found := self._true_one(key):
            return found
        with self._alone(key):
            # Who waited finds what the other has built.
            return self._true_one(key) or self._build(environ, key)

    def _true_one(self, key: Key) -> Answer | None:
        kept = self.shelf.get(key)
        if kept is None:
            return None
        known = self.revisions.known()
        return kept.answer if known is not None and kept.is_true(clock.today(), known) else None

    def _build(self, environ: WSGIEnvironment, key: Key) -> Answer:
        # Day and revisions first: what is built may then be newer than they say, but never older.
        day, known, terms = clock.today(), self.revisions.known(), Terms()
        status, headers, body = self._ask(environ, terms)
        answer = answer_of(status, headers, body)
        has_cookie = any(name.lower() == "set-cookie" for name, _value in headers)
        may_be_kept = answer.is_whole and not has_cookie and terms.query == key[1]
        if may_be_kept and terms.houses is not None and known is not None:
            seen = tuple((house, known.get(house)) for house in sorted(terms.houses))
            self.shelf.put(key, Kept(answer, day, seen))
        return answer

    def _ask(self, environ: WSGIEnvironment, terms: Terms) -> tuple[str, Pairs, bytes]:
        """Ask Flask as somebody of whom nothing is known, who has nothing yet and reads only plain text."""
        unknown = {name: value for name, value in environ.items() if not name.startswith("HTTP_")}
        unknown |= {"HTTP_HOST": environ.get("HTTP_HOST", ""), "REQUEST_METHOD": "GET", _TERMS: terms}
        began: list[tuple[str, Pairs]] = []

        def start_response(status: str, headers: Pairs, fault: object = None) -> None:
            began.append((status, headers))

        parts = self.app(unknown, start_response)  # type: ignore[arg-type]
        try:
            body = b"".join(parts)
        finally:
            getattr(parts, "close", lambda: None)()
        return *began[-1], body

    @contextmanager
    def _alone(self, key: Key) -> Iterator[None]:
        """Let one build this answer while the others wait, but not for ever behind one who is stuck."""
        lock = self._locks[hash(key) % LOCKS]
        has_it = lock.acquire(timeout=LONGEST_WAIT)
        try:
            yield
        finally:
            if has_it:
                lock.release()


def init_app(app: Flask) -> None:
    """Put the layer before ``app``."""
    revisions.init_app(app)
    layer = KeptAnswers(app.wsgi_app, revisions_of(app), app.config["TRUSTED_HOSTS"])
    app.extensions[_EXTENSION] = layer
    app.wsgi_app = layer  # type: ignore[method-assign]


def kept_answers_of(app: Flask) -> KeptAnswers:
    """The layer before ``app``."""
    found: KeptAnswers = app.extensions[_EXTENSION]
    return found
