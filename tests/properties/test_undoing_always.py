"""Whatever is done and undone, in whatever order: books are true, and nobody's published date vanishes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random, SystemRandom

import pytest
from flask import Flask

from khcal.calendaring.plan import Schedule
from khcal.calendaring.terms import Places, Status
from khcal.db import db
from khcal.models import Change, Chapter, Event, Occurrence, Room
from khcal.models.applying import schedule_of
from khcal.models.bookkeeping import begin_change, current_change_id, listing_differences
from khcal.models.continuing import go_on
from khcal.models.images import image_of, telling
from khcal.models.undoing import undo
from khcal.models.undone_rows import MODELS
from tests.factories import make_chapter, make_event, make_occurrence, make_room
from tests.tries import PROFILE, TIMES

WALKS, STEPS = 4, 30
ONCE_WRONG = (75736877, 3438423970)
FIRST = date(2026, 12, 1)
RULE = {
    "rule": "FREQ=WEEKLY;BYDAY=TU",
    "rule_from": FIRST,
    "start_time": datetime(2026, 12, 1, 13).time(),
    "end_time": datetime(2026, 12, 1, 15).time(),
}
Snapshot = dict[tuple[str, str], dict[str, object]]


@pytest.fixture(autouse=True)
def _inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@dataclass
class Walk:
    """One house with its activities, and what was done so far."""

    chance: Random
    house: Chapter
    guest: Chapter
    rooms: list[Room]
    changes: list[int] = field(default_factory=list)
    sequences: dict[str, int] = field(default_factory=dict)

    def any_date(self) -> Occurrence | None:
        rows = list(db.session.scalars(db.select(Occurrence).join(Event).filter_by(chapter_id=self.house.id)))
        return self.chance.choice(rows) if rows else None

    def any_event(self) -> Event | None:
        rows = list(db.session.scalars(db.select(Event).filter_by(chapter_id=self.house.id)))
        return self.chance.choice(rows) if rows else None


def make(walk: Walk) -> None:
    number = walk.chance.randint(1, 3)
    until = FIRST + timedelta(weeks=number - 1)
    event = make_event(walk.house, published=False, rule_until=until, **RULE)
    for week in range(number):
        _add(event, FIRST + timedelta(weeks=week))
    if walk.chance.random() < 0.5:
        event.publish()


def _add(event: Event, day: date) -> None:
    make_occurrence(event, f"{day} 13:00", slot=day, published=False)


def extend(walk: Walk) -> None:
    """One or two weeks more, of whose dates some are not ticked."""
    event = walk.any_event()
    schedule = schedule_of(event) if event is not None else None
    if event is not None and schedule is not None:
        weeks = timedelta(weeks=walk.chance.randint(1, 2))
        longer = replace(schedule, rule_until=schedule.rule_until + weeks)
        new = [slot for slot in longer.slots() if slot.day > schedule.rule_until]
        go_on(event, longer, [slot for slot in new if walk.chance.random() < 0.8], {})


def edit(walk: Walk) -> None:
    event = walk.any_event()
    if event is not None:
        event.title = walk.chance.choice(["Yoga", "Fika", "Samtal"])
        event.price = walk.chance.randint(0, 3)
        event.room_id = walk.chance.choice([None, *(room.id for room in walk.rooms)])


def publish(walk: Walk) -> None:
    event = walk.any_event()
    if event is not None:
        event.publish()


def share(walk: Walk) -> None:
    event = walk.any_event()
    if event is not None:
        event.show_in([walk.guest] if len(event.shown_in) == 1 else [])


def cancel(walk: Walk) -> None:
    row = walk.any_date()
    if row is not None and row.status is Status.PLANNED:
        row.cancel("Storm.")


def restore(walk: Walk) -> None:
    row = walk.any_date()
    if row is not None and row.status is Status.CANCELLED:
        row.restore()


def move(walk: Walk) -> None:
    row = walk.any_date()
    if row is not None:
        by = timedelta(days=walk.chance.randint(-2, 2), hours=walk.chance.randint(-2, 2))
        row.move(row.starts_at + by, row.ends_at + by, walk.chance.choice(["", "Lokalen är upptagen."]))


def fill_up(walk: Walk) -> None:
    row = walk.any_date()
    if row is not None:
        row.places = walk.chance.choice(list(Places))


def delete_draft(walk: Walk) -> None:
    row = walk.any_date()
    if row is not None and not row.is_published:
        if row.slot is not None:
            row.event.skip(row.slot, "")
        row.event.occurrences.remove(row)


ACTS: tuple[Callable[[Walk], None], ...] = (
    *(make, make, extend, edit, publish, share),
    *(cancel, restore, move, fill_up, delete_draft),
)


def act(walk: Walk) -> None:
    """Something that a person does, as one change."""
    begin_change(db.session(), "edit", chapter_id=walk.house.id)
    walk.chance.choice(ACTS)(walk)
    _commit(walk)


def take_back(walk: Walk) -> None:
    """Undo something; done again at once, everything is as it was unless something had to be left."""
    number = walk.chance.choice(walk.changes)
    before = snapshot()
    undone, left = _undo(walk, number)
    if undone is not None and walk.chance.random() < 0.5:
        _again, left_again = _undo(walk, undone)
        assert left or left_again or snapshot() == before


def _undo(walk: Walk, number: int) -> tuple[int | None, list[object]]:
    begin_change(db.session(), "undo", chapter_id=walk.house.id, undoes_id=number)
    left = undo(db.session(), db.session.get_one(Change, number), lambda _house: True)
    return _commit(walk), list(left)


def _commit(walk: Walk) -> int | None:
    db.session.flush()
    number = current_change_id(db.session())
    db.session.commit()
    walk.changes += [number] if number is not None else []
    check(walk)
    return number


def snapshot() -> Snapshot:
    """Every row that a change may touch, as people know it."""
    db.session.expire_all()
    return {
        (table, str(db.inspect(row).identity)): telling(image_of(row))
        for table, model in MODELS.items()
        for row in db.session.scalars(db.select(model))
    }


def check(walk: Walk) -> None:
    assert listing_differences(db.session()) == (set(), set())
    published = db.select(Occurrence).where(Occurrence.published_at.is_not(None))
    now = {row.uid: row.sequence for row in db.session.scalars(published)}
    assert set(walk.sequences) <= set(now), "a published date is gone"
    assert all(now[uid] >= number for uid, number in walk.sequences.items()), "a sequence fell"
    walk.sequences = now
    for event in db.session.scalars(db.select(Event).filter_by(chapter_id=walk.house.id)):
        check_rule(event, schedule_of(event))


def check_rule(event: Event, schedule: Schedule | None) -> None:
    if schedule is not None:
        wanted = {slot.day for slot in schedule.slots()}
        held = {row.slot for row in event.occurrences if row.slot}
        skipped = {date.fromisoformat(day) for day in event.skips}
        assert wanted <= held | skipped, "a date of the rule is neither there nor skipped"
        assert not held & skipped, "a date is there and skipped"


def seeds() -> list[int]:
    if PROFILE == "test":
        return [*ONCE_WRONG, *range(WALKS)]
    return [SystemRandom().randrange(2**32) for _ in range(WALKS * TIMES)]


@pytest.mark.parametrize("seed", seeds())
def test_books_stay_true_whatever_is_done_and_undone(seed: int) -> None:
    house, guest = make_chapter(), make_chapter()
    walk = Walk(Random(seed), house, guest, [make_room(house, name) for name in ("Köket", "Salen")])
    db.session.commit()
    make(walk)
    _commit(walk)
    for _step in range(STEPS):
        walk.chance.choice([act, act, take_back])(walk)
