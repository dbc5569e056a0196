"""Whatever is edited: what is kept is what would be built, and only what a reader would see has a new tag.

Two processes answer from one database; one of them saves. It shows every change at once, the other one half
a second later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random, SystemRandom

import pytest
import time_machine
from flask import Flask, current_app
from werkzeug.test import Client

from khcal.calendaring import clock
from khcal.calendaring.feed_text import FeedDate
from khcal.calendaring.terms import Audience, Places, Status
from khcal.db import db
from khcal.models import BreakPeriod, Chapter, Event, Notice, Occurrence, Room
from khcal.models.bookkeeping import begin_change
from khcal.models.group_addresses import move_group
from khcal.models.owning import give
from khcal.models.sharing import hide_in, show_again_in
from khcal.queries import fed
from khcal.web import house_pages
from khcal.web.house_pages import house_pages_of
from khcal.web.kept import KeptAnswers, kept_answers_of
from tests.databases import PUBLIC_URL, close_app, make_app
from tests.factories import make_break, make_chapter, make_event, make_notice, make_room
from tests.moments import SEEN_WITHIN, Seconds
from tests.tries import PROFILE, TIMES

# A thousand edits in a long battery. Those of the sample are enough to change every address.
STEPS = 8 if PROFILE == "test" else 20
HOUSES = ("har", "dar")
TITLES = ("Yoga", "Fika", "Samtal")
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
Seen = tuple[int, bytes, date | None]


@dataclass
class Walk:
    """Two houses, what was done with them, and how readers found them last."""

    chance: Random
    traveller: time_machine.Traveller
    seconds: Seconds
    saving: KeptAnswers
    other: KeptAnswers
    tags: dict[str, str | None] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)
    known_to_other: dict[Hashable, FeedDate] = field(default_factory=dict)
    renewed: set[str] = field(default_factory=set)
    old: int = 0

    def any_of(self, model: type) -> object | None:
        rows = list(db.session.scalars(db.select(model)))
        return self.chance.choice(rows) if rows else None

    def house(self) -> Chapter:
        wanted = db.select(Chapter).filter_by(slug=self.chance.choice(HOUSES))
        return db.session.scalars(wanted).one()

    def event(self) -> Event:
        found = self.any_of(Event)
        assert isinstance(found, Event)
        return found

    def date(self) -> Occurrence:
        found = self.any_of(Occurrence)
        assert isinstance(found, Occurrence)
        return found

    def day(self) -> date:
        return clock.today() + timedelta(days=self.chance.randrange(20))


def add(walk: Walk) -> None:
    days = [f"{walk.day()} {walk.chance.randrange(8, 18):02}:00" for _ in range(2)]
    shown_in = (walk.house(),) if walk.chance.random() < 0.3 else ()
    published = walk.chance.random() < 0.7
    make_event(walk.house(), *days, title=walk.chance.choice(TITLES), published=published, shown_in=shown_in)


def rewrite(walk: Walk) -> None:
    event = walk.event()
    event.title = walk.chance.choice(TITLES)
    event.price = walk.chance.randrange(2)
    event.audience = frozenset({walk.chance.choice([Audience.EVERYONE, Audience.PATIENT])})
    event.room = walk.chance.choice(list(db.session.scalars(db.select(Room))))


def meet_in_two_houses(walk: Walk) -> None:
    """Each house tells its own of two rooms."""
    event, rooms = walk.event(), list(db.session.scalars(db.select(Room)))
    event.room, event.second_room = walk.chance.choice(rooms), walk.chance.choice([None, *rooms])


def note(walk: Walk) -> None:
    """Nobody outside sees it."""
    walk.event().internal_note = f"Ring {walk.chance.randrange(100)}."


def publish(walk: Walk) -> None:
    walk.event().publish()


def call_off(walk: Walk) -> None:
    row = walk.date()
    if row.status is Status.PLANNED:
        row.cancel("Storm.")
    else:
        row.restore()


def move(walk: Walk) -> None:
    row, by = walk.date(), timedelta(days=walk.chance.randint(-2, 2))
    row.move(row.starts_at + by, row.ends_at + by, "Lokalen är upptagen.")


def fill(walk: Walk) -> None:
    row = walk.date()
    row.places = walk.chance.choice(list(Places))
    row.free_today_on = walk.chance.choice([None, clock.today()])


def share(walk: Walk) -> None:
    walk.event().show_in({walk.house()})


def hide(walk: Walk) -> None:
    event, house = walk.event(), walk.house()
    if house is not event.chapter and any(shown.chapter is house for shown in event.shown_in):
        walk.chance.choice([hide_in, show_again_in])(event, house)


def pair(walk: Walk) -> None:
    event, other = walk.event(), walk.event()
    event.sibling_id = other.id if other is not event else None


def give_away(walk: Walk) -> None:
    event, house = walk.event(), walk.house()
    if event.chapter is not house:
        give(db.session(), [event], house, event.slug, keeps_showing=walk.chance.random() < 0.5)


def move_address(walk: Walk) -> None:
    event = walk.event()
    move_group(db.session(), [event], event.chapter, walk.chance.choice(["yoga", "fika", "samtal"]))


def rename(walk: Walk) -> None:
    house = walk.house()
    house.name = f"Kraftens hus {walk.chance.randrange(3)}"
    house.street = f"Storgatan {walk.chance.randrange(3)}"


def furnish(walk: Walk) -> None:
    room = walk.any_of(Room)
    assert isinstance(room, Room)
    room.name = f"Rum {walk.chance.randrange(1_000_000)}"


def tell(walk: Walk) -> None:
    notice = walk.any_of(Notice)
    if isinstance(notice, Notice) and walk.chance.random() < 0.5:
        db.session.delete(notice)
    else:
        last = f"{walk.day()}"
        make_notice(walk.house(), "Hissen är trasig.", last=last, everywhere=walk.chance.random() < 0.3)


def pause(walk: Walk) -> None:
    """Only staff see it."""
    if not db.session.scalar(db.select(BreakPeriod.id)):
        make_break(walk.house(), "2026-12-21", "2027-01-06")


def sleep(walk: Walk) -> None:
    walk.traveller.shift(walk.chance.choice([timedelta(minutes=1), timedelta(days=1), timedelta(days=7)]))


ACTS: tuple[Callable[[Walk], None], ...] = (
    *(add, rewrite, meet_in_two_houses, note, publish, call_off, move, fill, share, hide, pair),
    *(give_away, move_address, rename, furnish, tell, pause, sleep),
)


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
        assert address in OF_THE_WALL or (new == tag) is (seen == walk.seen[address]), f"{address}: {tag}"
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
