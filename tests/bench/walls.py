"""Fifty paired screens while staff save: how soon a change is there, and what they cost the server.

They ask as the wall's client does, every 24 to 30 seconds and with a report after each answer; one of
them is the client itself, in a browser, and its change counts when it stands on the page.
"""

from __future__ import annotations

import http.client
import json
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from playwright.sync_api import Page, sync_playwright

from khcal.db import db
from khcal.models import Chapter, Event, Occurrence
from tests import databases
from tests.bench.load import HOST
from tests.bench.measures import khcal
from tests.bench.servers import KHCAL, Server, serving
from tests.browser import chromium
from tests.moments import MOMENT
from tests.web.screens import make_screen

SCREENS, SAVES, BETWEEN_SAVES = 50, 4, 40.0
EVERY, JITTER = 30.0, 6.0
PROGRAMME = "/skarm/sjuharad/program.json"
# Rows of today and the next days, all of them; what stands on the page is looked for among them.
WORDS = (
    "document.body.innerText + [...document.querySelectorAll('.row__title')].map((row) => row.textContent)"
)


@dataclass(frozen=True, slots=True)
class Walls:
    """Seconds until a change was on the screens, and how much of a core the server needed meanwhile."""

    delays: list[float]
    seen: list[float]
    core: float

    @property
    def p95(self) -> float:
        """Of all screens and changes."""
        return statistics.quantiles(self.delays, n=20)[-1]


@dataclass
class Screen:
    """One that asks: what it has, and when it asks next."""

    key: str
    due: float
    etag: str = ""
    revision: int = 0

    def ask(self, port: int) -> None:
        """Ask for the programme and tell what is shown."""
        link = http.client.HTTPConnection(HOST, port, timeout=8)
        link.request("GET", PROGRAMME, headers={"If-None-Match": self.etag, "Accept-Encoding": "identity"})
        answer = link.getresponse()
        body = answer.read()
        if answer.status == 200:
            self.etag, self.revision = answer.getheader("ETag", ""), json.loads(body)["rev"]
        link.close()
        self._report(port)
        self.due += EVERY - random.random() * JITTER

    def _report(self, port: int) -> None:
        said = {"revision": self.revision, "shell": "", "day": f"{MOMENT:%Y-%m-%d}", "rendered_at": 1}
        link = http.client.HTTPConnection(HOST, port, timeout=8)
        headers = {"X-Screen-Key": self.key, "Content-Type": "application/json"}
        link.request("POST", "/skarm/sjuharad/puls", json.dumps(said), headers)
        assert link.getresponse().status == 200
        link.close()


@dataclass
class Saves:
    """What staff change meanwhile: the next moment, and of each change when, its revision and its title."""

    app: Flask
    due: float
    made: list[tuple[float, int, str]] = field(default_factory=list)

    def save(self) -> None:
        """Give a date of today another title."""
        title = f"Ändrad gång {len(self.made) + 1}"
        with self.app.app_context():
            today = db.select(Occurrence).join(Event).join(Chapter, Event.chapter_id == Chapter.id)
            today = today.where(Chapter.slug == "sjuharad", Occurrence.starts_at > MOMENT)
            db.session.scalars(today.order_by(Occurrence.starts_at)).first().title = title  # type: ignore[union-attr]
            db.session.commit()
            revision = db.session.scalar(db.select(Chapter.revision).filter_by(slug="sjuharad")) or 0
        self.made.append((time.monotonic(), revision, title))
        self.due += BETWEEN_SAVES


def fifty_screens(folder: Path) -> Walls:
    """Measure with the database in ``folder``, which is changed."""
    random.seed(1)
    keys = [f"{number:032x}" for number in range(SCREENS)]
    app = databases.make_app(folder, folder / "khcal.db", now=MOMENT)
    with app.app_context():
        for key in keys:
            make_screen(key=key, name=f"Skärm {key[-2:]}")
        db.session.commit()
    with serving(KHCAL, **khcal(folder)) as server, sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        page = browser.new_context(**chromium.READER | {"viewport": chromium.WALL}).new_page()
        page.goto(f"http://{HOST}:{server.port}/skarm/sjuharad#{keys[-1]}")
        found = _watch(server, Saves(app, time.monotonic() + 35), keys[:-1], page)
        browser.close()
    databases.close_app(app)
    return found


def _watch(server: Server, saves: Saves, keys: list[str], page: Page) -> Walls:
    began = time.monotonic()
    screens = [Screen(key, began + random.random() * EVERY) for key in keys]
    before, delays, seen = server.processor, list[float](), list[float]()
    known: dict[str, int] = {}
    for _ in _ticks(began + 35 + SAVES * BETWEEN_SAVES):
        now = time.monotonic()
        if now >= saves.due and len(saves.made) < SAVES:
            saves.save()
        for screen in (each for each in screens if each.due <= now):
            screen.ask(server.port)
            new = saves.made[known.get(screen.key, 0) :]
            arrived = [when for when, revision, _title in new if screen.revision >= revision]
            delays += [time.monotonic() - when for when in arrived]
            known[screen.key] = known.get(screen.key, 0) + len(arrived)
        if len(seen) < len(saves.made) and saves.made[len(seen)][2] in page.evaluate(WORDS):
            seen.append(time.monotonic() - saves.made[len(seen)][0])
    core = (server.processor - before) / (time.monotonic() - began)
    return Walls(delays + seen, seen, 100 * core)


def _ticks(end: float) -> Iterator[None]:
    while time.monotonic() < end:
        yield
        time.sleep(0.05)
