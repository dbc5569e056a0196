"""The bytes of every feed: what the standard demands, what clients stumble on, and the budgets."""

from __future__ import annotations

import gzip
import statistics
from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khcal.calendaring.feed import FeedHeader, calendar
from khcal.calendaring.feed_text import feed_date
from khcal.calendaring.terms import Status
from tests.interop.feeds import FEEDS
from tests.interop.lint import event_sizes, faults, parts, unfolded
from tests.rows import make_row
from tests.tries import tries

# The clock is frozen once for all examples, and may be.
SHARED_CLOCK = HealthCheck.function_scoped_fixture
PUBLIC_URL = "https://kalender.example.org"
HEADER = FeedHeader("Hus", "Det som händer.", f"{PUBLIC_URL}/hus.ics", f"{PUBLIC_URL}/hus/", "teal", 1)


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_has_no_fault(sample_app: Flask, feed: str) -> None:
    assert faults(sample_app.test_client().get(f"/{feed}.ics").data) == []


@pytest.mark.parametrize("feed", [feed for feed in FEEDS if feed != "alla"])
def test_a_discreet_feed_has_no_fault(sample_app: Flask, feed: str) -> None:
    assert faults(sample_app.test_client().get(f"/{feed}/diskret.ics").data, discreet=True) == []


def test_everything_is_within_its_budget(sample_app: Flask) -> None:
    data = sample_app.test_client().get("/alla.ics").data
    sizes = event_sizes(data)
    assert statistics.median(sizes) <= 900
    assert max(sizes) <= 1500
    for_700 = 700 / len(sizes)
    assert len(data) * for_700 <= 700_000
    assert len(gzip.compress(data)) * for_700 <= 60_000


@settings(tries(60), suppress_health_check=[SHARED_CLOCK])
@given(
    title=st.text(st.characters(), min_size=1, max_size=120),
    text=st.text(st.characters(), max_size=300),
    cancelled=st.booleans(),
)
def test_no_text_can_break_a_feed(title: str, text: str, cancelled: bool) -> None:
    status = Status.CANCELLED if cancelled else Status.PLANNED
    row = make_row(title=title, short_text=text, place=title, reason=text, status_note=title, status=status)
    assert faults(calendar(HEADER, [feed_date(row)], PUBLIC_URL)) == []


def test_a_date_that_is_too_large_is_cut_no_more_than_it_must() -> None:
    row = make_row(title="\U0001f9d8" * 80, short_text="\U0001f9d8" * 180, address="م" * 150)
    [event] = parts(unfolded(calendar(HEADER, [feed_date(row)], PUBLIC_URL)))[1]
    [told] = [line for line in event if line.startswith("DESCRIPTION:")]
    assert 60 < told.count("\U0001f9d8") <= 90


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        (b"\r\nEND:VEVENT", b"\nEND:VEVENT", "a bare line end"),
        (b"Samtalsgrupp", b"Samtals\rgrupp", "a bare line end"),
        (b"END:VCALENDAR\r\n", b"END:VCALENDAR", "no line end at the end"),
        (b"END:VCALENDAR\r\n", b"", "as they must"),
        (b"END:VEVENT\r\n", b"", "as they must"),
        (b"END:VEVENT\r\n", b"END:VEVENT\r\nSUMMARY:Samtal\r\n", "as they must"),
        (b"Samtalsgrupp", b"Samtals\x07grupp", "a control character"),
        (b"SUMMARY:Samtalsgrupp", b"SUMMARY:" + b"a" * 80, "has 88 octets"),
        (b"SUMMARY:Samtalsgrupp", b"SUMMARY:" + b"a" * 68, "has 76 octets"),
        (b"SUMMARY:Samtalsgrupp", b"SUMMARY:" + b"a" * 60 + b"\r\n " + b"a" * 21, "SUMMARY is too long"),
        (b"SUMMARY:Samtalsgrupp", b"SUMMARY:" + b"a" * 60 + b"\r\n " + b"\\\\" * 21, "SUMMARY is too long"),
        (b"SEQUENCE:0", b"RRULE:FREQ=DAILY", "a date has RRULE"),
        (b"\xc3\xa4nder", b"\xc3\r\n \xa4nder", "inside a letter"),
        (b"\\n\\n", b"\\n\\\r\n n", "inside an escape"),
        (b"VERSION:2.0\r\n", b"", "VERSION and PRODID"),
        (b"PRODID:-//Kraftens hus//khcal//SV\r\n", b"", "VERSION and PRODID"),
        (b"CALSCALE:GREGORIAN", b"METHOD:PUBLISH", "the calendar has METHOD"),
        (b"COLOR:teal", b"COLOR:teal\r\nUID:u1@khcal.kraftenshus.se", "the calendar has UID"),
        (b"COLOR:teal\r\n", b"", "COLOR stands 0 times"),
        (b"COLOR:teal", b"COLOR:teal\r\nCOLOR:teal", "COLOR stands 2 times"),
        (b"\r\nURL:https://kalender.example.org/hus/", b"", "URL stands 0 times"),
        (b"\r\nNAME:Hus", b"\r\nNAME:Hus, alla", "is not escaped"),
        (b"X-WR-CALNAME:Hus", b"X-WR-CALNAME:Hus; alla", "is not escaped"),
        (b"\r\nDESCRIPTION:Det", b"\r\nDESCRIPTION:Det\\\\, det", "is not escaped"),
        (b"X-WR-CALDESC:Det", b"X-WR-CALDESC:Det\\t", "is not escaped"),
        (b"SUMMARY:Samtal", b"SUMMARY:Samtal, ", "is not escaped"),
        (b"SUMMARY:Samtal", b"SUMMARY:Samtal\\\\;", "is not escaped"),
        (b"SUMMARY:Samtal", b"SUMMARY:Samtal\\t", "is not escaped"),
        (b"SUMMARY:Samtalsgrupp", b"SUMMARY:Samtalsgrupp\\", "is not escaped"),
        (b"LOCATION:", b"LOCATION:Hus, ", "is not escaped"),
        (b"DESCRIPTION:Du", b"DESCRIPTION:Kom; du", "is not escaped"),
        (b"SEQUENCE:0", b"CLASS:PUBLIC", "a date has CLASS"),
        (b"SEQUENCE:0\r\n", b"", "SEQUENCE stands 0 times"),
        (b"SEQUENCE:0", b"SEQUENCE:0\r\nSEQUENCE:0", "SEQUENCE stands 2 times"),
        (b"TRANSPARENT", b"TRANSPARENT\r\nBEGIN:VALARM\r\nEND:VALARM", "a date has BEGIN"),
        (b"DTSTAMP:2026", b"DTSTAMP:2025", "DTSTAMP is not"),
        (b"TRANSPARENT", b"OPAQUE", "busy"),
        (b"X-WR-CALNAME", b"X-WR-CALNAM", "nobody knows X-WR-CALNAM"),
        (b"CATEGORIES:", b"RESOURCES:", "nobody knows RESOURCES"),
        (b"CALSCALE:GREGORIAN\r\nNAME:Hus", b"NAME:Hus\r\nCALSCALE:GREGORIAN", "out of order"),
        (b"STATUS:CONFIRMED\r\nSUMMARY:Samtalsgrupp", b"SUMMARY:S\r\nSTATUS:CONFIRMED", "out of order"),
        (b"CONFIRMED", b"CANCELLED", "disagree"),
        (b"SUMMARY:", "SUMMARY:INSTÄLLT: ".encode(), "disagree"),
        (b"SUMMARY:", "SUMMARY:ÖPPET SOM VANLIGT: ".encode(), "disagree"),
        (b"DTSTART;TZID=Europe/Stockholm", b"DTSTART", "has no zone"),
        (b"DTEND;TZID=Europe/Stockholm", b"DTEND", "has no zone"),
        (b"\r\nURL:https://kalender.example.org/sj", b"\r\nURL:https://kalender.example.org/gb", "last in"),
    ],
)
def test_the_lint_finds_a_planted_fault(good: bytes, bad: bytes, fault: str) -> None:
    data = calendar(HEADER, [feed_date(make_row())], PUBLIC_URL)
    assert good in data
    assert faults(data) == []
    assert fault in " ".join(faults(data.replace(good, bad)))


@pytest.mark.parametrize("summary", [b"a" * 60, b"\\," * 30 + b"\r\n " + b"\\\\" * 20, "å".encode() * 30])
def test_the_lint_counts_letters_and_not_what_they_are_written_with(summary: bytes) -> None:
    """Eighty letters are not too many, however many bytes they are."""
    data = calendar(HEADER, [feed_date(make_row())], PUBLIC_URL)
    long = data.replace(b"SUMMARY:Samtalsgrupp", b"SUMMARY:" + summary + b"\r\n " + "ö".encode() * 20)
    assert faults(long) == []


@pytest.mark.parametrize(("size", "is_too_large"), [(1500, False), (1501, True)])
def test_the_lint_measures_a_date(size: int, is_too_large: bool) -> None:
    data = calendar(HEADER, [feed_date(make_row())], PUBLIC_URL)
    [small] = event_sizes(data)
    lines, rest = divmod(size - small, 50)
    padding = b"".join(b"X:" + b"a" * (length - 4) + b"\r\n" for length in [50] * (lines - 1) + [50 + rest])
    padded = data.replace(b"SEQUENCE:0", padding + b"SEQUENCE:0")
    assert event_sizes(padded) == [size]
    assert any("bytes in one date" in fault for fault in faults(padded)) == is_too_large


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        (b"TRANSPARENT", b"TRANSPARENT\r\nCATEGORIES:Samtal", "a discreet date has CATEGORIES"),
        (b"TRANSPARENT", b"TRANSPARENT\r\nDESCRIPTION:Kom", "a discreet date has DESCRIPTION"),
        (b"TRANSPARENT", b"TRANSPARENT\r\nCONFERENCE;VALUE=URI:x:y", "a discreet date has CONFERENCE"),
        (b"TRANSPARENT", b"TRANSPARENT\r\nIMAGE;VALUE=URI:x:y", "a discreet date has IMAGE"),
        (
            b"COLOR:",
            b"URL:https://kalender.example.org/hus/\r\nCOLOR:",
            "a discreet calendar leads to a page",
        ),
    ],
)
def test_the_lint_finds_what_a_discreet_feed_must_not_say(good: bytes, bad: bytes, fault: str) -> None:
    header = replace(HEADER, page="", is_discreet=True)
    data = calendar(header, [feed_date(make_row())], PUBLIC_URL)
    assert faults(data, discreet=True) == []
    assert fault in " ".join(faults(data.replace(good, bad, 1), discreet=True))


def test_the_lint_finds_a_date_told_twice() -> None:
    assert any(
        "2 times" in fault for fault in faults(calendar(HEADER, [feed_date(make_row())] * 2, PUBLIC_URL))
    )
