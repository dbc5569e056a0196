"""Whatever is edited: what is kept is what would be built, and what a reader would see has a new tag.

What reads as before keeps its tag, but for what screens fetch and where a feed has just lost a date.

Two processes answer from one database; one of them saves. It shows every change at once, the other one half
a second later.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random, SystemRandom

import pytest
import time_machine
from flask import Flask, current_app
from werkzeug.test import Client

from khcal.calendaring import clock
from khcal.calendaring.feed_text import FeedDate
from khcal.db import db
from khcal.models import Chapter
from khcal.models.bookkeeping import begin_change
from khcal.queries import fed
from khcal.web import house_pages
from khcal.web.house_pages import house_pages_of
from khcal.web.kept import KeptAnswers, kept_answers_of
from tests.databases import PUBLIC_URL, close_app, make_app
from tests.factories import make_chapter, make_event, make_room
from tests.moments import SEEN_WITHIN, Seconds
from tests.properties.walking import ACTS, HOUSES, Seen, Walk
from tests.tries import PROFILE, TIMES

# A thousand edits in a long battery. Those of the sample are enough to change every address.
STEPS = 8 if PROFILE == "test" else 20
OF_ALL = ("/", "/alla.ics", "/sitemap.xml", "/om/integritet", "/skarm/")
# Date 1 is the first one of the walk, wherever its group goes.
OF_A_HOUSE = (
    *("/{}/", "/{}/vecka/2026-v48", "/{}/manad/2026-12", "/{}/dag/2026-11-26", "/{}/inbaddad", "/{}.json"),
    *("/{}/huset", "/{}/prenumerera", "/{}.ics", "/{}/diskret.ics", "/{}.ics?for=efterlevande"),
    *("/{}/aktivitet/yoga", "/{}/aktivitet/yoga.ics", "/{}/aktivitet/yoga/diskret.ics"),
    *("/{}/tillfalle/1", "/{}/tillfalle/1.ics"),
)
OF_THE_WALL = tuple(f"/skarm/{house}/program.json" for house in HOUSES)
ADDRESSES = (*OF_ALL, *OF_THE_WALL, *(page.format(house) for page in OF_A_HOUSE for house in HOUSES))
# What tells of the making and not of the programme: when something was changed, and how often.
_STAMPS = re.compile(rb'LAST-MODIFIED:\d+T\d+Z\r\n|"rev":\d+')
_CHANGED = re.compile(rb'"changed":"[^"]+"')


@pytest.fixture
def two_processes(app: Flask, tmp_path: Path) -> Iterator[tuple[KeptAnswers, KeptAnswers]]:
    other = make_app(tmp_path, tmp_path / "khcal.db")
    with app.app_context():
        yield kept_answers_of(app), kept_answers_of(other)
    close_app(other)


def ask(layer: object, address: str, etag: str | None = None) -> tuple[int, bytes, str | None]:
    headers = {"If-None-Match": etag} if etag else {}
    answer = Client(layer).get(address, base_url=PUBLIC_URL, headers=headers)  # type: ignore[arg-type]
    return answer.status_code, answer.data, answer.headers.get("ETag")


def ask_other(walk: Walk, address: str) -> tuple[int, bytes, str | None]:
    with knowing(walk.known_to_other):
        return ask(walk.other, address)


@contextmanager
def knowing(dates: dict[Hashable, FeedDate]) -> Iterator[None]:
    """Answer as a process that has read just these dates: what another one has read is of no use to it."""
    own, fed.KNOWN = fed.KNOWN, dates
    try:
        yield
    finally:
        fed.KNOWN = own


def built(walk: Walk, address: str) -> tuple[int, bytes]:
    """What a process would answer that has neither kept an answer nor read a date."""
    pages = house_pages_of(current_app)
    house_pages.init_app(current_app)
    with knowing({}):
        status, body, _tag = ask(walk.saving.app, address)
    current_app.extensions[house_pages.EXTENSION] = pages
    return status, body


def check(walk: Walk) -> None:
    """Both processes tell what would be built, whatever they have kept and read."""
    db.session.commit()
    lost_at = db.session.scalars(db.select(db.func.max(Chapter.dropped_at))).one()
    walk.has_lost, walk.lost_at = lost_at > walk.lost_at, lost_at
    for address in ADDRESSES:
        status, body = built(walk, address)
        assert ask(walk.saving, address)[:2] == (status, body), f"{address} of who saved"
        walk.old += ask_other(walk, address)[1] != body
        check_tag(walk, address, status, body)
    walk.seconds.now += SEEN_WITHIN
    for address in ADDRESSES:
        assert ask_other(walk, address) == ask(walk.saving, address), f"{address} of the other"


def check_tag(walk: Walk, address: str, status: int, body: bytes) -> None:
    tag, seen = walk.tags.get(address), seen_at(address, status, body)
    code, _body, new = ask(walk.saving, address, tag)
    if tag is not None and new is not None:
        assert (code == 304) is (new == tag), address
        walk.renewed.update([address] if new != tag else [])
        # When a feed lost a date all of its house's say so, and that of all houses.
        may_be_new = address in OF_THE_WALL or (walk.has_lost and ".ics" in address)
        assert (new == tag) is (seen == walk.seen[address]) or (may_be_new and new != tag), address
    walk.tags[address], walk.seen[address] = new, seen


def seen_at(address: str, status: int, body: bytes) -> Seen:
    """What a reader sees there. A feed is a new one each Monday, when its window steps on."""
    window = clock.monday_of(clock.today()) if ".ics" in address else None
    return status, _CHANGED.sub(b"", _STAMPS.sub(b"", body)), window


def seeds() -> list[int]:
    return [0] if PROFILE == "test" else [SystemRandom().randrange(2**32) for _ in range(TIMES)]


@pytest.mark.parametrize("seed", seeds())
def test_what_is_kept_is_what_would_be_built(
    seed: int,
    two_processes: tuple[KeptAnswers, KeptAnswers],
    frozen_clock: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seconds = Seconds()
    monkeypatch.setattr(clock, "monotonic", seconds)
    walk = Walk(Random(seed), frozen_clock, seconds, *two_processes)
    for slug in HOUSES:
        make_room(make_chapter(slug, name=f"Kraftens hus {slug}"))
    make_event(walk.house(), "2026-11-26 13:00", "2026-12-03 13:00", title="Yoga")
    check(walk)
    for _step in range(STEPS):
        begin_change(db.session(), "edit")
        walk.chance.choice(ACTS)(walk)
        check(walk)
    assert walk.old, "The other process was never behind, so this walk has tried less than it should."
    assert PROFILE != "test" or walk.renewed == {*ADDRESSES}, "This walk has never changed some address."
