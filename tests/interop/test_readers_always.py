"""Whatever is planned: every reader finds each date of a feed as it was meant, no more and no fewer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from khcal.calendaring import clock
from khcal.calendaring.feed import FeedHeader, calendar
from khcal.calendaring.feed_text import LONGEST_SUMMARY, LONGEST_TEXT, UID_HOST, FeedKey, feed_date, feed_key
from khcal.calendaring.plain_text import cut
from khcal.calendaring.shapes import ListedDate
from khcal.calendaring.terms import Places, Status
from tests.interop.feeds import Entry
from tests.interop.parsers import PARSERS
from tests.rows import all_day, make_row
from tests.tries import TIMES, tries

PUBLIC_URL = "https://kalender.example.org"
HEADER = FeedHeader("Hus", "Det som händer.", f"{PUBLIC_URL}/hus.ics", f"{PUBLIC_URL}/hus/", "teal", 1)
WORDS = (
    *("Fråga, svar; och mer: \"citat\" 'här'", "مجموعة حوار باللغة العربية للجميع", "BEGIN:VEVENT", "a\\nb"),
    *("👩‍👧‍👦 Familjens dag 🧘🏽‍♀️ med yoga", "Å" * 120, "ord " * 80, "e\u0301" * 60, "\u2028Ny\r\nrad\t"),
)
NIGHTS = (date(2026, 10, 24), date(2027, 3, 27), date(2027, 10, 30), date(2028, 2, 28))
TRIES = settings(
    tries(20),
    max_examples=200 if TIMES > 1 else 20,
    # The clock is frozen once for all examples, and may be.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

texts = st.sampled_from(WORDS) | st.text(st.characters(), min_size=1, max_size=400)
days = st.sampled_from(NIGHTS) | st.dates(date(2026, 8, 1), date(2028, 12, 31))
# No date begins between two and three at night; one that ends then is left to the forms' warning.
hours = st.sampled_from([hour for hour in range(24) if hour != 2])
starts = st.builds(time, hours, st.sampled_from((0, 15, 55)))
ends = st.builds(time, hours, st.sampled_from((0, 10, 59)))


@st.composite
def rows(draw: st.DrawFn) -> ListedDate:
    """A date with or without times, of some hours or some days."""
    first, more = draw(days), draw(st.integers(0, 4))
    if draw(st.booleans()):
        when = all_day(f"{first}", f"{first + timedelta(days=more + 1)}")
    else:
        starts_at = datetime.combine(first, draw(starts))
        ends_at = datetime.combine(first + timedelta(days=more), draw(ends))
        when = make_row(starts_at=starts_at, ends_at=max(ends_at, starts_at + timedelta(minutes=5)))
    return replace(
        when,
        day=first,
        title=draw(texts),
        short_text=draw(texts),
        place=draw(texts),
        reason=draw(texts),
        status=draw(st.sampled_from(Status)),
        places=draw(st.sampled_from(Places)),
        sequence=draw(st.integers(0, 10**6)),
    )


def numbered(dates: Iterable[ListedDate]) -> list[ListedDate]:
    """Each with a number and a uid of its own."""
    return [replace(row, id=number, uid=f"u{number}") for number, row in enumerate(dates, 1)]


@TRIES
@given(dates=st.lists(rows(), max_size=12).map(numbered))
@example(dates=[])
def test_every_reader_finds_every_date(dates: list[ListedDate]) -> None:
    text = calendar(HEADER, [*map(feed_date, dates)], PUBLIC_URL).decode()
    for name, parser in PARSERS.items():
        assert plain(parser(text)) == plain(map(meant, dates)), name


@TRIES
@given(dates=st.lists(rows(), max_size=12).map(numbered))
def test_long_texts_come_back_as_they_were_cut(dates: list[ListedDate]) -> None:
    text = calendar(HEADER, [*map(feed_date, dates)], PUBLIC_URL).decode()
    events = {event.uid: event for event in IcsCalendarStream.calendar_from_ics(text).events}
    for row in dates:
        event = events[f"{row.uid}@{UID_HOST}"]
        said = event.location or "", event.description or ""
        assert said in [texts_of(feed_key(row), length) for length in (LONGEST_TEXT, LONGEST_TEXT // 2, 0)]


def texts_of(key: FeedKey, length: int) -> tuple[str, str]:
    """Place and description, the texts cut to ``length``: all of it, or less where a date grew too large."""
    page = f"{PUBLIC_URL}{key.path}" if key.path else ""
    signup = f"{key.signup}." if key.signup and length else ""
    told = [part for part in (cut(key.body, length), signup, page) if part]
    return cut(key.location, length or LONGEST_SUMMARY), "\n\n".join(told)


@pytest.mark.parametrize("parser", ["ical"] if TIMES == 1 else PARSERS)
def test_a_calendar_of_two_thousand_dates(parser: str) -> None:
    first = datetime(2026, 8, 1, 18)
    spans = [(first + timedelta(hours=7 * number), timedelta(hours=5)) for number in range(2200)]
    dates = numbered(
        make_row(starts_at=start, ends_at=start + length, title=WORDS[start.day % len(WORDS)])
        for start, length in spans
        if start.hour != 2 and (start + length).hour != 2
    )
    assert len(dates) >= 2000
    assert plain(PARSERS[parser](calendar(HEADER, [*map(feed_date, dates)], PUBLIC_URL).decode())) == plain(
        map(meant, dates)
    )


def meant(row: ListedDate) -> Entry:
    """What the row is, its title after the cut."""
    edges = [row.starts_at, row.ends_at]
    return Entry(
        f"{row.uid}@{UID_HOST}",
        *(edge.date() if row.is_all_day else edge.replace(tzinfo=clock.ZONE) for edge in edges),
        feed_key(row).summary,
        "CONFIRMED" if row.status is Status.PLANNED else "CANCELLED",
        row.sequence,
    )


def plain(entries: Iterable[Entry]) -> list[tuple[str, ...]]:
    """In one order, times as the clock on the wall shows them."""
    return sorted(
        (each.uid, wall(each.start), wall(each.end), each.summary, each.status, f"{each.sequence}")
        for each in entries
    )


def wall(moment: date) -> str:
    return f"{moment.astimezone(clock.ZONE) if isinstance(moment, datetime) else moment}"
