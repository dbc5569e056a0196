"""Zones that a calendar file describes itself: read by what it says, or refused in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from khcal.calendaring.own_zones import KnownZone, Observance, OwnZone, read_zones
from khcal.calendaring.reading_ics import CalendarItem, read_calendar
from tests.tables import for_each
from tests.unit.calendars import STOCKHOLM, at, calendar, zone

TODAY = date(2026, 11, 24)
CUSTOM = 'DTSTART;TZID="Customized Time Zone"'
NEW_YORK = (
    ("20071104T020000", "-0400", "-0500", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"),
    ("20070311T020000", "-0500", "-0400", "FREQ=YEARLY;BYDAY=2SU;BYMONTH=3"),
)


def in_own_zone(
    starts: str, *changes: tuple[str, str, str, str], name: str = "Customized Time Zone", **more: str
) -> CalendarItem:
    """An event in a zone that the file describes, before the event or after it."""
    described, told = zone(name, *changes), at(starts, "DURATION:PT1H", **more)
    before, after = (
        read_calendar(data.decode(), TODAY).items
        for data in (calendar(told, head=described), calendar(told, head="", tail=described))
    )
    assert before == after
    return before[0]


def _in_stockholms_zone(changes: Sequence[tuple[str, str, str, str]] = STOCKHOLM) -> list[KnownZone]:
    parts = [
        Observance(
            kind, (("DTSTART", start), ("TZOFFSETFROM", before), ("TZOFFSETTO", after), ("RRULE", rule))
        )
        for kind, (start, before, after, rule) in zip(("STANDARD", "DAYLIGHT"), changes, strict=True)
    ]
    return list(read_zones([OwnZone("Egen", tuple(parts))]).values())


def _sundays_of_change(year: int) -> list[datetime]:
    """Two o'clock on the last Sunday of March and three o'clock on that of October."""
    ends = datetime(year, 3, 31, 2), datetime(year, 10, 31, 3)
    return [end - timedelta(days=(end.weekday() + 1) % 7) for end in ends]


@for_each(
    ("starts", "changes", "begins"),
    [
        ("20261201T120000", STOCKHOLM, "2026-12-01 12:00"),
        ("20270701T120000", STOCKHOLM, "2027-07-01 12:00"),
        ("20270328T013000", STOCKHOLM, "2027-03-28 01:30"),
        ("20270328T033000", STOCKHOLM, "2027-03-28 03:30"),
        ("20261201T070000", NEW_YORK, "2026-12-01 13:00"),
        # Spring comes two weeks earlier there.
        ("20270320T070000", NEW_YORK, "2027-03-20 12:00"),
        ("20261201T120000", [("19700101T000000", "+0530", "+0530", "")], "2026-12-01 07:30"),
        ("20270701T120000", [("19700101T000000", "+0100", "+0100", "")], "2027-07-01 13:00"),
    ],
)
def test_a_zone_that_the_file_describes(
    starts: str, changes: Sequence[tuple[str, str, str, str]], begins: str
) -> None:
    found = in_own_zone(f"{CUSTOM}:{starts}", *changes)
    assert [f"{each.starts_at:%Y-%m-%d %H:%M}" for each in found.dates.dates] == [begins], found.fault


def test_a_series_in_a_zone_of_its_own_keeps_its_hour_and_its_exceptions() -> None:
    more = {
        "RRULE": "FREQ=WEEKLY;UNTIL=20270406T100000Z",
        'EXDATE;TZID="Customized Time Zone"': "20270330T120000",
    }
    found = in_own_zone(f"{CUSTOM}:20270316T120000", *STOCKHOLM, **more)
    assert [f"{each.starts_at:%m-%d %H}" for each in found.dates.dates] == [
        "03-16 12",
        "03-23 12",
        "04-06 12",
    ]
    assert found.dates.rule == "FREQ=WEEKLY;BYDAY=TU"


@for_each("year", [1973, 1999, 2026, 2080])
def test_a_rule_from_1601_is_followed_from_1973_on(year: int) -> None:
    """Where programs let a rule begin is no time that anybody plans for; it is walked from nearer."""
    (own,) = _in_stockholms_zone()
    for change, hours in zip(_sundays_of_change(year), [(1, 2), (2, 1)], strict=True):
        around = (change - timedelta(hours=1), change + timedelta(hours=2))
        assert [own.zone.utcoffset(each) for each in around] == [timedelta(hours=each) for each in hours]
    assert own.since == datetime(1973, 1, 1)


def test_a_rule_that_ends_is_walked_from_its_beginning() -> None:
    ended = [(*each[:3], f"{each[3]};UNTIL=19801231T000000Z") for each in STOCKHOLM]
    (own,) = _in_stockholms_zone(ended)
    assert own.since == datetime(1601, 3, 25, 2)


@for_each(
    "changes",
    [
        (),
        [("20270101T000000", "+0100", "+0100", "")],
        [("19700101T000000", "+0100", "+9900", "")],
        [("19700101T000000", "+0100", "", "")],
        [("i fjol", "+0100", "+0100", "")],
        [("19700101T000000", "+0100", "+0200", "FREQ=SECONDLY")],
        [("19700101T000000", "+0100", "+0200", "FREQ=YEARLY;BYMONTH=13")],
        [("19700101T000000", "+0100", "+0200", "FREQ=YEARLY;BYSECOND=1,2,3")],
        [("19700101T000000", "+0100", "+0100", "")] * 100,
    ],
)
def test_a_description_that_does_not_say_what_the_clock_shows(
    changes: Sequence[tuple[str, str, str, str]],
) -> None:
    fault = in_own_zone(f"{CUSTOM}:20261201T120000", *changes).fault
    assert fault.startswith("Tidszonen ”Customized Time Zone” är okänd."), fault


def test_one_name_for_two_zones_is_known_to_nobody() -> None:
    both = "\n".join([zone("Egen", *STOCKHOLM), zone("Egen", *NEW_YORK)])
    (only,) = read_calendar(
        calendar(at("DTSTART;TZID=Egen:20261201T120000"), head=both).decode(), TODAY
    ).items
    assert "Tidszonen ”Egen” är okänd." in only.fault


def test_a_known_name_means_what_it_always_means() -> None:
    found = in_own_zone("DTSTART;TZID=Europe/Stockholm:20261201T120000", *NEW_YORK, name="Europe/Stockholm")
    assert [each.starts_at.hour for each in found.dates.dates] == [12]
