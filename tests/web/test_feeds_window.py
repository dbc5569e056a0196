"""Which dates a feed holds: those that go on, or were moved away, on one of the days that it tells of."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask

from khcal.calendaring.clock import ZONE
from khcal.db import db
from tests.factories import make_chapter, make_closure, make_event

LONG = ("/vard.ics", "/vard/diskret.ics", "/vard/aktivitet/sommarstangt.ics", "/vard.json", "/alla.ics")


@pytest.mark.parametrize("address", LONG)
@pytest.mark.parametrize("is_off", [False, True])
def test_what_goes_on_for_long_is_told_of_until_30_days_after(
    app: Flask, frozen_clock: time_machine.Traveller, address: str, is_off: bool
) -> None:
    with app.app_context():
        event = make_closure(make_chapter("vard"), date(2027, 6, 14), date(2027, 8, 22), title="Sommarstängt")
        if is_off:
            event.occurrences[0].cancel("")
        db.session.commit()
        uid = event.occurrences[0].uid
    told = {}
    for day in (date(2027, 6, 1), date(2027, 8, 2), date(2027, 8, 22), date(2027, 9, 21), date(2027, 10, 6)):
        frozen_clock.move_to(datetime.combine(day, time(12), ZONE))
        told[day] = uid in app.test_client().get(address).text
    assert list(told.values()) == [True, True, True, True, False]


@pytest.mark.parametrize("address", ["/vard.ics", "/gast.ics", "/vard/aktivitet/fika.ics", "/alla.ics"])
@pytest.mark.parametrize("new", [datetime(2028, 3, 2, 18), datetime(2026, 3, 5, 18)])
def test_what_is_moved_far_away_is_told_of_where_it_was(app: Flask, address: str, new: datetime) -> None:
    with app.app_context():
        owner, guest = make_chapter("vard"), make_chapter("gast")
        event = make_event(owner, "2026-12-03 18:00", title="Fika", shown_in=(guest,))
        db.session.commit()
        event.occurrences[0].move(new, new + timedelta(hours=2), "")
        db.session.commit()
    assert f"DTSTART;TZID=Europe/Stockholm:{new:%Y%m%dT%H%M%S}" in app.test_client().get(address).text
