"""Changes that the history has to tell: of a field and of many dates, in long words, undone too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from khcal.calendaring.terms import Audience, Kind
from khcal.db import db
from khcal.models import Change, Chapter, User
from khcal.models.bookkeeping import begin_change, current_change_id
from khcal.models.undoing import undo
from tests.factories import make_event, make_notice, make_occurrence, make_room
from tests.people import COLLEAGUE, EDITOR, Person


def plant_history(house: Chapter, long_title: str, text: str) -> None:
    """What two colleagues did to two activities of ``house``."""
    with _change(house, "create", EDITOR):
        group = make_event(house, title=long_title, slug="minne", import_key="remember", text=text)
        for week in range(6):
            make_occurrence(group, f"{date(2027, 3, 2) + timedelta(weeks=week)} 13:00")
    with _change(house, "edit", COLLEAGUE):
        group.title, group.kind, group.price = "Gruppen som minns", Kind.CALM, 20
        group.audience = frozenset({Audience.RELATIVE, Audience.BEREAVED})
        group.text = f"{text}\n\n{text}"
        group.room = make_room(house, "Minnesrummet")
    with _change(house, "edit", EDITOR):
        group.price = 40
    with _change(house, "move", COLLEAGUE):
        for row in group.occurrences:
            row.move(row.starts_at + timedelta(hours=1), row.ends_at + timedelta(hours=1))
        first = group.occurrences[0]
        first.move(
            first.starts_at + timedelta(days=1), first.ends_at + timedelta(days=1), "Lokalen var tagen."
        )
    with _change(house, "cancel", EDITOR):
        group.occurrences[1].cancel("Ledaren är sjuk.")
    with _change(house, "notice", EDITOR):
        make_notice(house, "Hissen lagas i mars.", "2027-03-01", "2027-03-05")
    _plant_undone(house)


def _plant_undone(house: Chapter) -> None:
    with _change(house, "copy-term", COLLEAGUE) as copied:
        for title in ("Yoga på vårkanten", "Vårens skrivarstuga"):
            event = make_event(house, title=title, published=False)
            for week in range(12):
                make_occurrence(event, f"{date(2027, 4, 6) + timedelta(weeks=week)} 10:00", published=False)
    with _change(house, "undo", COLLEAGUE, copied[0]):
        undo(db.session(), db.session.get_one(Change, copied[0]), lambda _house: True)


@contextmanager
def _change(house: Chapter, verb: str, person: Person, undoes: int | None = None) -> Iterator[list[int]]:
    user = db.session.scalars(db.select(User).filter_by(name=person.name)).one()
    begin_change(db.session(), verb, user.id, house.id, undoes)
    numbers: list[int] = []
    yield numbers
    db.session.flush()
    numbers.append(current_change_id(db.session()) or 0)
    db.session.commit()
