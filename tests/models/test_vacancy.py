"""How full a date is, as it is stored, on both engines."""

from __future__ import annotations

from datetime import date

import pytest

from khcal.calendaring.terms import Places
from khcal.calendaring.vacancy import Vacancy
from khcal.db import db
from khcal.models import DateError
from tests.factories import make_event, make_occurrence

pytestmark = pytest.mark.usefixtures("inside_app")

TODAY = date(2026, 11, 24)


def test_every_state_is_stored_and_told_on() -> None:
    row = make_event(None, "2026-11-24 13:00").occurrences[0]
    db.session.commit()
    stored, revisions = [], [row.event.chapter.revision]
    for vacancy in (Vacancy.FEW, Vacancy.FULL, Vacancy.FREE_TODAY, Vacancy.OPEN):
        row.say_vacancy(vacancy, TODAY)
        db.session.commit()
        stored.append((row.places, row.free_today_on))
        revisions.append(row.event.chapter.revision)
    assert stored == [
        (Places.FEW, None),
        (Places.FULL, None),
        # At midnight it is full again by itself.
        (Places.FULL, TODAY),
        (Places.OPEN, None),
    ]
    assert revisions == sorted(set(revisions))


@pytest.mark.parametrize(("day", "is_on"), [(23, False), (24, True), (25, True), (26, False)])
def test_only_on_its_own_days(day: int, is_on: bool) -> None:
    row = make_occurrence(
        make_event(), "2026-11-24", ends_at=make_occurrence(make_event(), "2026-11-26").starts_at
    )
    assert row.is_on(TODAY.replace(day=day)) is is_on
    if not is_on:
        with pytest.raises(DateError):
            row.say_vacancy(Vacancy.FREE_TODAY, TODAY.replace(day=day))
    assert row.places is Places.OPEN
