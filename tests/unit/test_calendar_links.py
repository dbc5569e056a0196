"""Addresses that open a calendar on the web with one date filled in."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from khcal.calendaring.calendar_links import google_link, outlook_link
from khcal.calendaring.shapes import ListedDate
from khcal.calendaring.terms import Places
from tests.rows import all_day, make_row
from tests.tables import for_each

PUBLIC_URL = "https://kalender.example.org"


def asked(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@for_each(
    ("row", "dates", "startdt", "enddt"),
    [
        (
            make_row(),
            "20261124T130000/20261124T150000",
            "2026-11-24T12:00:00Z",
            "2026-11-24T14:00:00Z",
        ),
        (
            make_row(starts_at=datetime(2027, 6, 1, 17, 30), ends_at=datetime(2027, 6, 1, 19)),
            "20270601T173000/20270601T190000",
            "2027-06-01T15:30:00Z",
            "2027-06-01T17:00:00Z",
        ),
        # Past midnight, in the night when the clock is set back.
        (
            make_row(starts_at=datetime(2026, 10, 24, 22), ends_at=datetime(2026, 10, 25, 4)),
            "20261024T220000/20261025T040000",
            "2026-10-24T20:00:00Z",
            "2026-10-25T03:00:00Z",
        ),
        (all_day("2026-12-21", "2026-12-24"), "20261221/20261224", "2026-12-21", "2026-12-24"),
    ],
)
def test_when_it_is(row: ListedDate, dates: str, startdt: str, enddt: str) -> None:
    google, outlook = asked(google_link(row, PUBLIC_URL)), asked(outlook_link(row, PUBLIC_URL))
    assert (google["dates"], google["ctz"], google["action"]) == (dates, "Europe/Stockholm", "TEMPLATE")
    assert (outlook["startdt"], outlook["enddt"]) == (startdt, enddt)
    assert outlook.get("allday") == ("true" if row.is_all_day else None)
    assert (outlook["rru"], outlook["path"]) == ("addevent", "/calendar/action/compose")


def test_what_and_where_it_is() -> None:
    row = make_row(
        title="Yoga & te #1 + fika 🎉; på lunchen?",
        places=Places.FULL,
        rooms=("Köket",),
        address="Gatan 1, Borås",
    )
    google, outlook = asked(google_link(row, PUBLIC_URL)), asked(outlook_link(row, PUBLIC_URL))
    assert google["text"] == outlook["subject"] == "FULLT: Yoga & te #1 + fika 🎉; på lunchen?"
    assert google["location"] == outlook["location"] == "Köket, Gatan 1, Borås"
    for link in (google_link(row, PUBLIC_URL), outlook_link(row, PUBLIC_URL)):
        assert "+" not in link
        assert "%20%2B%20fika%20" in link
    assert google["details"] == outlook["body"] == f"{PUBLIC_URL}/sjuharad/tillfalle/7"


def test_a_date_without_a_place_says_none() -> None:
    row = make_row(rooms=())
    assert "location" not in asked(google_link(row, PUBLIC_URL))
    assert "location" not in asked(outlook_link(row, PUBLIC_URL))
