"""Calendars of other programs: zones, series, what is never read, and what is refused in one sentence."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from khcal.calendaring import reading_ics
from khcal.calendaring.ics_lines import MOST_EVENTS, unfolded
from khcal.calendaring.reading_bytes import FileRefusal, decode
from khcal.calendaring.reading_ics import CalendarItem, ForeignCalendar, read_calendar
from tests.tables import for_each
from tests.unit.calendars import at, calendar, event

TODAY = date(2026, 11, 24)
STARTS, ENDS = 'DTSTART;TZID="W. Europe Standard Time"', 'DTEND;TZID="W. Europe Standard Time"'
NOON = datetime(2026, 12, 1, 12)


def read(data: bytes) -> ForeignCalendar:
    return read_calendar(decode(unfolded(data)).text, TODAY)


def item(*events: str, head: str = "") -> CalendarItem:
    """The only event of a calendar with these."""
    (found,) = read(calendar(*events, head=head)).items
    return found


@for_each(
    ("starts", "ends", "begins", "ended"),
    [
        ("DTSTART:20261201T110000Z", "DTEND:20261201T120000Z", "2026-12-01 12:00", "2026-12-01 13:00"),
        ("DTSTART:20261201T120000", "DTEND:20261201T130000", "2026-12-01 12:00", "2026-12-01 13:00"),
        (f"{STARTS}:20261201T120000", "DURATION:PT1H30M", "2026-12-01 12:00", "2026-12-01 13:30"),
        (
            "DTSTART;TZID=Europe/Helsinki:20261201T130000",
            "DURATION:PT1H",
            "2026-12-01 12:00",
            "2026-12-01 13:00",
        ),
        (
            "DTSTART;TZID=GMT Standard Time:20261201T110000",
            "DURATION:PT1H",
            "2026-12-01 12:00",
            "2026-12-01 13:00",
        ),
        (
            "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Stockholm:20261201T120000",
            "DURATION:PT1H",
            "2026-12-01 12:00",
            "2026-12-01 13:00",
        ),
        (
            'DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna":20261201T120000',
            "DURATION:PT1H",
            "2026-12-01 12:00",
            "2026-12-01 13:00",
        ),
        ("DTSTART;TZID=America/New_York:20261201T203000", "DURATION:PT1H", "2026-12-02 02:30", ""),
        ("DTSTART;VALUE=DATE:20261201", "", "2026-12-01 00:00", "2026-12-02 00:00"),
        ("DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261204", "2026-12-01 00:00", "2026-12-04 00:00"),
        ("DTSTART:20270701T100000Z", "DTEND:20270701T110000Z", "2027-07-01 12:00", "2027-07-01 13:00"),
    ],
)
def test_every_zone_becomes_swedish_time(starts: str, ends: str, begins: str, ended: str) -> None:
    found = item(at(starts, ends))
    if not ended:
        assert "ställs klockan om" in found.fault
        return
    (only,) = found.dates.dates
    assert (f"{only.starts_at:%Y-%m-%d %H:%M}", f"{only.ends_at:%Y-%m-%d %H:%M}") == (begins, ended)


@for_each(
    ("rule", "kept", "days"),
    [
        ("FREQ=WEEKLY;COUNT=3", "FREQ=WEEKLY;BYDAY=TU", [1, 8, 15]),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU;UNTIL=20261229T110000Z",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
            [1, 15, 29],
        ),
        ("FREQ=WEEKLY;UNTIL=20261215T105959Z", "FREQ=WEEKLY;BYDAY=TU", [1, 8]),
        ("FREQ=WEEKLY;UNTIL=20261215", "FREQ=WEEKLY;BYDAY=TU", [1, 8, 15]),
        ("FREQ=MONTHLY;BYDAY=1TU;COUNT=1", "FREQ=MONTHLY;BYDAY=1TU", [1]),
        ("FREQ=DAILY;COUNT=4", "", [1, 2, 3, 4]),
        ("FREQ=DAILY;BYDAY=TU,FR;UNTIL=20261212T000000Z", "", [1, 4, 8, 11]),
        ("FREQ=YEARLY;COUNT=1", "", [1]),
        ("FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=1,-1;UNTIL=20261231T230000Z", "", [1, 31]),
    ],
)
def test_series_become_dates(rule: str, kept: str, days: list[int]) -> None:
    found = item(event(RRULE=rule)).dates
    assert [each.starts_at for each in found.dates] == [NOON.replace(day=day) for day in days]
    assert found.rule == kept
    assert all(each.is_of_rule is bool(kept) for each in found.dates)


def test_a_series_without_an_end_goes_on_for_two_years_from_today() -> None:
    old = at("DTSTART;TZID=Europe/Stockholm:20190903T120000", "DURATION:PT1H", RRULE="FREQ=WEEKLY")
    found = item(old).dates
    assert (found.dates[0].key, found.dates[-1].key) == (TODAY, date(2028, 11, 21))
    assert (found.rule, found.rule_from) == ("FREQ=WEEKLY;BYDAY=TU", TODAY)


def test_left_out_moved_and_cancelled_dates_of_a_series() -> None:
    weekly = event(
        RRULE="FREQ=WEEKLY;COUNT=5", **{'EXDATE;TZID="W. Europe Standard Time"': "20261208T120000"}
    )
    change = {
        f"RECURRENCE-ID{STARTS[7:]}": "20261215T120000",
        STARTS: "20261216T140000",
        ENDS: "20261216T150000",
    }
    gone = {"RECURRENCE-ID": "20261222T110000Z", "STATUS": "CANCELLED"}
    found = item(weekly, event(**change), event(**gone)).dates
    assert [(each.key.day, each.starts_at) for each in found.dates] == [
        (1, NOON),
        (15, datetime(2026, 12, 16, 14)),
        (29, NOON.replace(day=29)),
    ]
    assert (found.rule, found.skips) == ("FREQ=WEEKLY;BYDAY=TU", (date(2026, 12, 8), date(2026, 12, 22)))


def test_what_one_date_says_otherwise_is_its_own() -> None:
    weekly = event(RRULE="FREQ=WEEKLY;COUNT=3", LOCATION="Köket", DESCRIPTION="Ta med matta.")
    other = {"RECURRENCE-ID": "20261208T110000Z", "LOCATION": "Salen", "DESCRIPTION": "Vi är ute."}
    same = {"RECURRENCE-ID": "20261215T110000Z", "LOCATION": "Köket"}
    found = item(weekly, event(title="Uteyoga", **other), event(**same)).dates
    own = (("title", "Uteyoga"), ("text", "Vi är ute."), ("place", "Salen"))
    assert [each.own for each in found.dates] == [(), own, ()]


def test_a_private_date_of_a_series_is_left_out() -> None:
    private = {"RECURRENCE-ID": "20261208T110000Z", "CLASS": "PRIVATE"}
    found = read(calendar(event(RRULE="FREQ=WEEKLY;COUNT=3"), event(**private)))
    assert [each.key.day for each in found.items[0].dates.dates] == [1, 15]
    assert found.private == 1


def test_what_is_too_long_is_told() -> None:
    words = "ord " * 2_500
    found = item(event(title=words[:200], DESCRIPTION=words, LOCATION=words[:300]))
    assert (found.cut, len(found.text) <= 8_000) == (("title", "place", "text"), True)
    assert item(event(DESCRIPTION=f"https://zoom.us/j/{'1' * 600}")).cut == ("link",)


def test_a_date_only_exception_and_an_added_date() -> None:
    found = item(event(RRULE="FREQ=WEEKLY;COUNT=3", EXDATE="20261208", RDATE="20261224T110000Z")).dates
    assert [each.starts_at.day for each in found.dates] == [1, 15, 24]


def test_a_series_in_utc_keeps_the_hour_of_its_own_zone() -> None:
    utc = at("DTSTART:20270316T110000Z", "DURATION:PT1H", RRULE="FREQ=WEEKLY;COUNT=3")
    assert [each.starts_at.hour for each in item(utc).dates.dates] == [12, 12, 13]
    assert item(utc).dates.rule == ""


@for_each(
    ("lines", "told"),
    [
        (at("DTSTART;TZID=Europe:20261201T120000"), "Tidszonen ”Europe” är okänd."),
        (at("DTSTART;TZID=../../etc/passwd:20261201T120000"), "Tidszonen ”../../etc/passwd” är okänd."),
        (at(f"DTSTART;TZID={'A' * 300}:20261201T120000"), "är okänd."),
        (at("DTSTART:99991231T235959Z"), "Händelsens"),
        (at("DTSTART:21500101T120000Z", "DTEND:21500101T130000Z"), "kan inte stämma"),
        (at("DTSTART:19501201T120000", "DURATION:PT1H", RRULE="FREQ=YEARLY"), "före år 2000"),
        (at("DTSTART:i morgon"), "starttid saknas"),
        (at("DTSTART:20261201T120000", ""), "ingen sluttid"),
        (at("DTSTART:20261201T120000", "DTEND:20261201T110000"), "slutar inte efter"),
        (at("DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20270301"), "längre än 31 dagar"),
        (event(title=""), "ingen rubrik"),
        (event(title="M\ufffdlarkv\ufffdll"), "gått förlorade"),
        (event(RRULE="FREQ=SECONDLY"), "Upprepningen"),
        (event(RRULE="FREQ=MINUTELY;COUNT=10"), "Upprepningen"),
        (event(RRULE="FREQ=DAILY;INTERVAL=0"), "INTERVAL=0"),
        (event(RRULE="FREQ=DAILY;INTERVAL=401"), "INTERVAL=401"),
        (event(RRULE="FREQ=YEARLY;BYMONTH=13"), "BYMONTH=13"),
        (event(RRULE="FREQ=DAILY;BYHOUR=1,2,3"), "BYHOUR"),
        (event(RRULE="FREQ=WEEKLY;COUNT=1000000000"), "COUNT"),
        (event(RRULE="FREQ=DAILY;UNTIL=i dag"), "slut går inte"),
        (event(RRULE="FREQ=WEEKLY;BYDAY=" + "MO," * 500), "för lång"),
        (event(RRULE="FREQ=DAILY", EXRULE="FREQ=DAILY;INTERVAL=2"), "undantag"),
    ],
)
def test_an_event_that_is_not_understood(lines: str, told: str) -> None:
    assert told in item(lines).fault


@for_each(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=1TU;BYSETPOS=366",
        "FREQ=YEARLY;BYDAY=53TU;BYMONTH=1",
    ],
)
def test_a_rule_that_fits_no_day_ends_like_any_other(rule: str) -> None:
    assert read(calendar(event(RRULE=rule))).over == 1


def test_private_and_past_events_are_only_counted() -> None:
    past = at("DTSTART:20200101T120000Z", "DTEND:20200101T130000Z").replace("UID:1", "UID:3")
    found = read(calendar(event("1", CLASS="PRIVATE"), event("2", CLASS="CONFIDENTIAL"), past, event("4")))
    assert (found.private, found.over, len(found.items)) == (2, 1, 1)


def test_what_is_never_read() -> None:
    canary = "kanariefågel"
    lines = [
        *(f'ATTENDEE;CN="{canary}":mailto:{canary}@example.org', f"ORGANIZER:mailto:{canary}@example.org"),
        *(f"CONTACT:{canary}", f"COMMENT:{canary}", f"ATTACH:https://example.org/{canary}", "GEO:57.7;12.9"),
        *(f"X-{canary.upper()}:{canary}", f"URL:https://example.org/{canary}", f"RESOURCES:{canary}"),
        *("BEGIN:VALARM", f"DESCRIPTION:{canary}", "END:VALARM"),
    ]
    found = read(calendar("\n".join([event(), *lines]), head=f"X-WR-CALDESC:{canary}"))
    assert canary not in repr(found)


@for_each(
    ("text", "plain"),
    [
        (r"<p>Hej<br>på <b>er</b></p>", "Hej\npå er"),
        (r'<a href="https://example.org/x">Läs mer</a>', "Läs mer (https://example.org/x)"),
        (r'<a href="javascript:alert(1)">Läs</a><script>alert(1)</script>', "Läs"),
        (r"2 < 3 och a > b", "2 < 3 och a > b"),
        ("Vän\u202edlad och o\u200bsynlig", "Vändlad och osynlig"),
        ("e" + "\u0301\u0302\u0303\u0304\u0305\u0306\u0307", "é\u0302\u0303\u0304\u0305"),
        (r"Rad ett\nRad två\, och tre\; fyra", "Rad ett\nRad två, och tre; fyra"),
    ],
)
def test_texts_are_plain(text: str, plain: str) -> None:
    assert item(event(DESCRIPTION=text)).text == plain


def test_old_encodings_and_lines_that_are_broken_inside_a_letter() -> None:
    data = calendar(event(title="Målarkväll på Öland"))
    assert [each.title for each in read(data.decode().encode("cp1252")).items] == ["Målarkväll på Öland"]
    broken = data.replace("å".encode(), b"\xc3\r\n \xa5", 1)
    assert [each.title for each in read(broken).items] == ["Målarkväll på Öland"]


def test_the_same_event_has_the_same_key_and_others_have_others() -> None:
    first = item(event("1"), head="X-WR-CALNAME:Kalender")
    assert item(event("1", "Annat namn"), head="X-WR-CALNAME:Kalender").key == first.key
    assert item(event("2"), head="X-WR-CALNAME:Kalender").key != first.key
    assert item(event("1"), head="X-WR-CALNAME:En annan").key != first.key
    later = event("1", **{STARTS: "20261202T120000", ENDS: "20261202T130000"})
    twins = read(calendar(event("1"), later)).items
    assert len({each.key for each in twins}) == 2


@for_each(
    ("data", "told"),
    [
        (b"PK\x03\x04x", "Excelbok"),
        (b"\x1f\x8b\x08\x00", "packad"),
        (b"%PDF-1.7", "pdf"),
        (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]>", "xml"),
        ("BEGIN:VCALENDAR".encode("utf-16"), "UTF-16"),
        (b"BEGIN:VCALENDAR\r\n\x81\x8d", "tecken"),
        (calendar(event()) + b"x" * 1_000_000, "för stor"),
        (calendar(event(title="a\x00b")), "styrtecken"),
        (calendar(event(), head="METHOD:CANCEL"), "inbjudan"),
        (calendar(event(), head="METHOD:REPLY"), "inbjudan"),
        (calendar(event()).replace(b"END:VCALENDAR", b""), "avklippt"),
        (calendar(event()).replace(b"END:VEVENT", b"END:VTODO"), "trasig"),
        (calendar(event(DESCRIPTION="x" * 70_000)), "för lång"),
        (calendar("SUMMARY" + "".join(f";P{n}=1" for n in range(200)) + ":x"), "tillägg"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 5_000, "uppbyggd"),
        (b"BEGIN:VEVENT\r\n", "uppbyggd"),
        (calendar(*["UID:1"] * (MOST_EVENTS + 1)), "2 000"),
    ],
)
def test_hostile_files_are_refused_in_a_sentence(data: bytes, told: str) -> None:
    with pytest.raises(FileRefusal, match=told):
        read(data)


def test_more_dates_than_anybody_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_ics, "MOST_FILE_DATES", 20)
    daily = [event(str(number), RRULE="FREQ=DAILY;COUNT=9") for number in range(3)]
    found = read(calendar(*daily)).items
    assert [len(each.dates.dates) for each in found] == [9, 9, 0]
    assert "fler än 20 datum" in found[-1].fault
