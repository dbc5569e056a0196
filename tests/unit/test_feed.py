"""What a feed says of a date, property by property, and that nothing else moves its bytes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from icalendar import Calendar, Event

from khcal.calendaring import feed
from khcal.calendaring.feed_text import feed_date, feed_key
from khcal.calendaring.shapes import Deadline, ListedDate
from khcal.calendaring.terms import Appearance, Form, Kind, Places, Signup, Status
from khcal.i18n import DEFAULT_LOCALE, use_locale
from tests.rows import all_day, make_row
from tests.tables import for_each

PUBLIC_URL = "https://kalender.example.org"
HEADER = feed.FeedHeader(
    name="Kraftens hus Sjuhärad",
    description="Det som händer.",
    source=f"{PUBLIC_URL}/sjuharad.ics",
    page=f"{PUBLIC_URL}/sjuharad/",
    colour="teal",
    changed_at=1_790_000_000,
)
ZONE = """
BEGIN:VTIMEZONE TZID:Europe/Stockholm X-LIC-LOCATION:Europe/Stockholm
BEGIN:DAYLIGHT DTSTART:19810329T020000 TZNAME:CEST TZOFFSETFROM:+0100 TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU END:DAYLIGHT
BEGIN:STANDARD DTSTART:19961027T030000 TZNAME:CET TZOFFSETFROM:+0200 TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU END:STANDARD END:VTIMEZONE
"""
LONG = "Vi träffas och pratar om vardagen, orken och det som hjälper. " * 10


@cache
def written(*rows: ListedDate) -> str:
    return feed.calendar(HEADER, [*map(feed_date, rows)], PUBLIC_URL).decode()


def event(row: ListedDate) -> Event:
    """The one date of a feed, read back; a library knows the time zone by its name."""
    [lines] = re.findall(r"^BEGIN:VEVENT\r\n.*?^END:VEVENT\r\n", written(row), re.DOTALL | re.MULTILINE)
    found = Event.from_ical(lines)
    assert isinstance(found, Event)
    return found


def test_the_file_says_what_it_is_before_its_dates() -> None:
    lines = written(make_row()).splitlines()
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kraftens hus//khcal//SV"]
    head = lines[: lines.index("BEGIN:VTIMEZONE")]
    assert head[3:] == [
        "CALSCALE:GREGORIAN",
        "NAME:Kraftens hus Sjuhärad",
        "X-WR-CALNAME:Kraftens hus Sjuhärad",
        "DESCRIPTION:Det som händer.",
        "X-WR-CALDESC:Det som händer.",
        "X-WR-TIMEZONE:Europe/Stockholm",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "SOURCE;VALUE=URI:https://kalender.example.org/sjuharad.ics",
        "URL:https://kalender.example.org/sjuharad/",
        "LAST-MODIFIED:20260921T141320Z",
        "COLOR:teal",
        "X-APPLE-CALENDAR-COLOR:#008080",
    ]


def test_the_names_of_the_file_are_escaped_texts() -> None:
    header = replace(HEADER, name="Alla hus, här", description="Allt; överallt")
    lines = feed.calendar(header, [], PUBLIC_URL).decode().splitlines()
    assert {r"NAME:Alla hus\, här", r"X-WR-CALNAME:Alla hus\, här"} <= set(lines)
    assert {r"DESCRIPTION:Allt\; överallt", r"X-WR-CALDESC:Allt\; överallt"} <= set(lines)


def test_the_time_zone_is_two_rules_and_stands_first_also_without_dates() -> None:
    lines = written().splitlines()
    zone = lines[lines.index("BEGIN:VTIMEZONE") : lines.index("END:VTIMEZONE") + 1]
    assert zone == ZONE.split()


def test_a_date_in_full() -> None:
    row = make_row(short_text="Kom, så pratar vi; länge.", place="Simonsland, Borås", sequence=3)
    lines = written(row).replace("\r\n ", "").splitlines()
    assert lines[lines.index("BEGIN:VEVENT") : -1] == [
        "BEGIN:VEVENT",
        "UID:u7@khcal.kraftenshus.se",
        "DTSTAMP:20260921T141320Z",
        "LAST-MODIFIED:20260921T141320Z",
        "SEQUENCE:3",
        "DTSTART;TZID=Europe/Stockholm:20261124T130000",
        "DTEND;TZID=Europe/Stockholm:20261124T150000",
        "STATUS:CONFIRMED",
        "SUMMARY:Samtalsgrupp",
        "TRANSP:TRANSPARENT",
        "CATEGORIES:Samtal",
        r"LOCATION:Köket\, Simonsland\, Borås",
        r"DESCRIPTION:Kom\, så pratar vi\; länge.\n\nDu behöver inte anmäla dig.\n\n"
        "https://kalender.example.org/sjuharad/tillfalle/7",
        "URL:https://kalender.example.org/sjuharad/tillfalle/7",
        "END:VEVENT",
    ]


def test_a_time_is_wall_time_on_both_sides_of_a_clock_change() -> None:
    summer, winter = datetime(2026, 10, 24, 18), datetime(2026, 10, 25, 17)
    evening = make_row(starts_at=summer, ends_at=summer + timedelta(hours=1))
    assert event(evening).DTSTART.utcoffset() == timedelta(hours=2)
    evening = make_row(starts_at=winter, ends_at=winter + timedelta(hours=1))
    assert event(evening).DTSTART.utcoffset() == timedelta(hours=1)
    assert event(evening).DTSTART.replace(tzinfo=None) == winter


def test_days_without_times_end_on_the_day_after() -> None:
    lines = written(all_day("2026-12-21", "2027-01-07")).splitlines()
    assert "DTSTART;VALUE=DATE:20261221" in lines
    assert "DTEND;VALUE=DATE:20270107" in lines


@for_each(
    ("changes", "status", "summary"),
    [
        ({}, "CONFIRMED", "Samtalsgrupp"),
        ({"places": Places.FEW}, "CONFIRMED", "Samtalsgrupp"),
        ({"places": Places.FULL}, "CONFIRMED", "FULLT: Samtalsgrupp"),
        ({"status": Status.CANCELLED}, "CANCELLED", "INSTÄLLT: Samtalsgrupp"),
        ({"status": Status.CANCELLED, "places": Places.FULL}, "CANCELLED", "INSTÄLLT: Samtalsgrupp"),
        ({"appearance": Appearance.GONE}, "CANCELLED", "INSTÄLLT: Samtalsgrupp"),
        ({"status": Status.WITHDRAWN}, "CANCELLED", "INSTÄLLT: Samtalsgrupp"),
    ],
)
def test_what_became_of_a_date_is_said_twice(changes: dict[str, Any], status: str, summary: str) -> None:
    told = event(make_row(**changes))
    assert (told["STATUS"], told["SUMMARY"]) == (status, summary)


def test_a_closure_taken_back_says_that_the_house_is_open() -> None:
    closed = all_day("2026-12-21", "2026-12-23", title="Julstängt", kind=Kind.CLOSURE, short_text="Vi vilar.")
    cancelled = replace(closed, status=Status.CANCELLED, reason="Vi orkade ändå.")
    for row in (cancelled, replace(closed, appearance=Appearance.GONE, status=Status.WITHDRAWN)):
        told = event(row)
        assert told["summary"] == "ÖPPET SOM VANLIGT: stängningen är tillbakatagen"
        assert told["status"] == "CANCELLED"
        assert "categories" not in told
        # A new key raises the sequence.
        assert feed_key(row) != feed_key(closed)
    assert str(event(cancelled)["description"]).startswith("Inte stängt. Vi orkade ändå.\n\nhttps:")


def test_a_withdrawn_date_tells_nothing_more() -> None:
    row = make_row(appearance=Appearance.GONE, short_text="Hemligt", open_link="https://m.example.org/a")
    assert not {"DESCRIPTION", "LOCATION", "URL", "CONFERENCE"} & set(event(row))


def test_a_cancelled_date_says_why_and_nothing_of_signing_up() -> None:
    row = make_row(status=Status.CANCELLED, reason="Ledaren är sjuk", short_text="Välkommen.")
    page = f"{PUBLIC_URL}/sjuharad/tillfalle/7"
    assert event(row)["DESCRIPTION"] == f"Inställt. Ledaren är sjuk.\n\nVälkommen.\n\n{page}"


def test_the_word_on_places_stands_first() -> None:
    row = make_row(status_note="Fullbokad. Ställ dig i kö.", short_text="Välkommen.")
    assert str(event(row)["DESCRIPTION"]).startswith("Fullbokad. Ställ dig i kö.\n\nVälkommen.")


@for_each(
    ("changes", "said"),
    [
        (
            {"rooms": ("Köket",), "place": "Huset", "address": "Gatan 2, Orten"},
            "Köket, Huset, Gatan 2, Orten",
        ),
        ({"place": "Huset, plan 6, Orten", "address": "Huset, Orten"}, "Köket, Huset, plan 6, Orten"),
        ({"rooms": ("Köket", "Salen")}, "Köket och Salen"),
        ({"rooms": (), "place": "Vid\nparken"}, "Vid parken"),
        ({"rooms": (), "form": Form.ONLINE}, "Digitalt"),
    ],
)
def test_where_it_is_on_one_line(changes: dict[str, Any], said: str) -> None:
    assert event(make_row(**changes))["LOCATION"] == said


def test_taking_part_from_home_is_told() -> None:
    told = str(event(make_row(form=Form.HYBRID))["DESCRIPTION"])
    assert told.startswith("Du behöver inte anmäla dig. På plats och digitalt.\n\n")


def test_a_place_nobody_knows_is_left_out() -> None:
    assert "LOCATION" not in event(make_row(rooms=()))


def test_only_an_open_link_is_told() -> None:
    link = "https://m.example.org/rum?x=1,2;y"
    told = event(make_row(open_link=link))["CONFERENCE"]
    assert str(told) == link
    assert dict(told.params) == {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "Digitalt"}


@for_each("link", ["", "http://a.org/", "javascript:alert(1)", "https://m\n.a.org/", "https://" + "a" * 250])
def test_what_is_no_safe_link_is_left_out(link: str) -> None:
    assert "CONFERENCE" not in event(make_row(open_link=link))


def test_long_texts_are_cut_and_end_with_the_page() -> None:
    told = event(make_row(title="Å" * 100, short_text=LONG, signup=Signup.REQUIRED))
    body, signup, page = str(told["DESCRIPTION"]).split("\n\n")
    assert len(str(told["SUMMARY"])) == 80
    assert 120 < len(body) <= 180
    assert body.endswith("…")
    assert (signup, page) == ("Anmäl dig före.", told["URL"])


@for_each("letter", ["å", "م", "\U0001f9d8", "\\", ";", "\n", "a\u0301"])
def test_no_date_is_larger_than_the_budget(letter: str) -> None:
    long = letter * 1500
    row = make_row(title=long, short_text=long, status_note=long, rooms=(long,), address=long)
    row = replace(row, open_link="https://m.example.org/" + "a" * 210, deadline=Deadline(words=long))
    assert len(event(row).to_ical()) <= 1500


def test_dates_are_sorted_whatever_order_they_come_in() -> None:
    rows = [
        make_row(uid=uid, starts_at=datetime(2026, 11, day, 13))
        for uid, day in (("b", 23), ("a", 23), ("c", 9))
    ]
    assert written(*rows) == written(*reversed(rows))
    found = [str(entry["UID"])[0] for entry in Calendar.from_ical(written(*rows)).walk("VEVENT")]
    assert found == ["c", "a", "b"]


@for_each(
    "changes",
    [
        {"day": date(2026, 11, 20)},
        {"free_today_on": date(2026, 11, 24)},
        {"next_at": datetime(2026, 12, 1, 13)},
        {"wall": "hide"},
        {"signup_contact": "ring huset"},
        {"online_info": "Du får länken."},
    ],
)
def test_what_feeds_never_say_moves_no_byte(changes: dict[str, Any]) -> None:
    row = make_row(status=Status.CANCELLED)
    assert feed_key(replace(row, **changes)) == feed_key(row)
    assert written(replace(row, **changes)) == written(row)


@for_each(
    "changes",
    [
        {"starts_at": datetime(2026, 11, 24, 12)},
        {"ends_at": datetime(2026, 11, 24, 16)},
        {"status": Status.CANCELLED},
        {"appearance": Appearance.GONE},
        {"places": Places.FULL},
        {"title": "Annat"},
        {"short_text": "Annat."},
        {"kind": Kind.CALM},
        {"rooms": ("Salen",)},
        {"place": "Parken"},
        {"address": "Gatan 2"},
        {"signup": Signup.REQUIRED},
        {"status_note": "Få platser."},
        {"open_link": "https://m.example.org/a"},
        {"chapter_slug": "goteborg"},
    ],
)
def test_what_feeds_say_calls_for_a_new_sequence(changes: dict[str, Any]) -> None:
    row = make_row()
    assert feed_key(replace(row, **changes)) != feed_key(row)
    assert written(replace(row, **changes)) != written(row)


@for_each("changes", [{"sequence": 1}, {"changed_at": 1_790_000_001}])
def test_the_books_are_not_part_of_what_is_kept_in_them(changes: dict[str, Any]) -> None:
    assert feed_key(make_row(**changes)) == feed_key(make_row())
    assert written(make_row(**changes)) != written(make_row())


def test_a_key_reads_the_same_in_every_process() -> None:
    assert all(isinstance(value, str | bool) for value in feed_key(make_row()))


def test_feeds_are_swedish_for_readers_of_any_language() -> None:
    swedish = feed_key(make_row(starts_at=datetime(2026, 11, 24, 9), deadline=Deadline(days_before=1)))
    use_locale("en_GB")
    try:
        row = make_row(starts_at=datetime(2026, 11, 24, 9), deadline=Deadline(days_before=1))
        assert feed_key(row) == swedish
    finally:
        use_locale(DEFAULT_LOCALE)
