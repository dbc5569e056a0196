"""A walk of edits by chance through two houses: what is done, and what readers found last."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import time_machine

from khcal.calendaring import clock
from khcal.calendaring.feed_text import FeedDate
from khcal.calendaring.terms import Audience, Places, Status
from khcal.db import db
from khcal.models import BreakPeriod, Chapter, Event, Notice, Occurrence, Room
from khcal.models.group_addresses import move_group
from khcal.models.owning import give
from khcal.models.sharing import hide_in, show_again_in
from khcal.web.kept import KeptAnswers
from tests.factories import make_break, make_event, make_notice
from tests.moments import Seconds

HOUSES = ("har", "dar")
TITLES = ("Yoga", "Fika", "Samtal")
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
    lost_at: int = 0
    has_lost: bool = False

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
