"""Every entry of every feed, read by several programs, is what the database says, no more and no less."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine
from flask import Flask

from khcal.calendaring.clock import ZONE
from khcal.calendaring.terms import Places, Status
from khcal.db import db
from tests.factories import make_chapter, make_event, make_occurrence
from tests.interop.feeds import FEEDS, GROUPS, HOUSES, NARROWED_BY, Entry, expected
from tests.interop.parsers import PARSERS, QUICK
from tests.tries import IS_SAMPLE

BEFORE_ALL_DATES = datetime(2026, 8, 25, 12, tzinfo=ZONE)
FIRST_DAY = date(2026, 10, 19)  # of the window at the tests' moment
TRICKY = (
    "Fråga, svar; och mer: \"citat\" 'här'",
    "Kvinnohälsovårdsmottagningssköterskeutbildning i grupp",
    "مجموعة حوار باللغة العربية للجميع في البيت",
    "👩‍👧‍👦 Familjens dag 🧘🏽‍♀️ med yoga",
    "BEGIN:VEVENT",
    "Å" * 76,
)

# The slow ones read everything in bin/prove, otherwise some feeds.
READ = [
    (feed, parser)
    for feed in FEEDS
    for parser in PARSERS
    if parser in QUICK or not IS_SAMPLE or feed in {"riks", *GROUPS}
]


def read(app: Flask, feed: str, parser: str) -> list[Entry]:
    answer = app.test_client().get(f"/{feed}.ics")
    assert answer.status_code == 200
    return PARSERS[parser](answer.text)


@pytest.mark.parametrize(("feed", "parser"), READ)
def test_a_feed_is_the_database(sample_app: Flask, feed: str, parser: str) -> None:
    entries = read(sample_app, feed, parser)
    assert entries
    assert len(entries) == len(set(entries))
    assert set(entries) == expected(sample_app, feed, FIRST_DAY)


@pytest.mark.parametrize("query", NARROWED_BY)
def test_a_narrowed_feed_is_what_the_database_has_of_it(sample_app: Flask, query: str) -> None:
    text = sample_app.test_client().get(f"/goteborg.ics?{query}").text
    stored = expected(sample_app, "goteborg", FIRST_DAY, query)
    assert 0 < len(stored) < len(expected(sample_app, "goteborg", FIRST_DAY))
    for name, parser in QUICK.items():
        entries = parser(text)
        assert len(entries) == len(set(entries)), name
        assert set(entries) == stored, name


def test_before_the_first_date_the_whole_programme_is_told(sample_app: Flask) -> None:
    with time_machine.travel(BEFORE_ALL_DATES, tick=False):
        counted = {feed: len(read(sample_app, feed, "icalendar")) for feed in (*HOUSES, "alla")}
    assert counted.pop("alla") == 579
    assert sum(counted.values()) == 605


@pytest.mark.parametrize("parser", QUICK)
def test_one_date_is_the_same_entry_as_in_its_feed(sample_app: Flask, parser: str) -> None:
    entries = read(sample_app, "sjuharad", parser)
    pages = sample_app.test_client().get("/sjuharad.ics").text.replace("\r\n ", "").split("\r\nURL:")[2:]
    for entry, page in list(zip(entries, pages, strict=True))[::20]:
        address = page.split("\r\n")[0].removeprefix("https://kalender.example.org/")
        assert read(sample_app, address, parser) == [entry]


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("title", TRICKY)
def test_tricky_titles_come_back_as_they_were(app: Flask, title: str, parser: str) -> None:
    with app.app_context():
        make_event(make_chapter("hus"), "2026-12-01 13:00", title=title, slug="x", short_text=title)
        db.session.commit()
    [entry] = read(app, "hus", parser)
    assert entry.summary == title


@pytest.mark.parametrize("parser", PARSERS)
def test_every_state_is_understood(app: Flask, parser: str) -> None:
    with app.app_context():
        event = make_event(make_chapter("hus"), "2026-12-01 13:00", "2026-12-24", title="Träff")
        make_occurrence(event, "2026-12-02 23:00", places=Places.FULL)
        make_occurrence(event, "2026-12-03 13:00", status=Status.CANCELLED, reason="Sjukdom; tyvärr, igen")
        make_occurrence(event, "2026-12-04 13:00", status=Status.WITHDRAWN)
        make_occurrence(event, "2026-12-05 13:00", hours=50)
        db.session.commit()
    entries = read(app, "hus", parser)
    assert set(entries) == expected(app, "hus")
    assert sorted(entry.status for entry in entries) == ["CANCELLED"] * 2 + ["CONFIRMED"] * 4
