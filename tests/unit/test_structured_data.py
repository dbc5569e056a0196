"""Dates in the words of schema.org: what became of them, where one goes, what it costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from khcal.calendaring.feed_text import LONGEST_LINK
from khcal.calendaring.shapes import Deadline, Group, ListedDate
from khcal.calendaring.structured_data import Site, event_data, series_data
from khcal.calendaring.terms import Form, Kind, Places, Signup, Status
from tests.rows import all_day, make_row
from tests.tables import for_each

SITE = Site("https://kalender.example.org", "https://kalender.example.org/static/share.png", "sjuharad")
TODAY = date(2026, 11, 24)
PAGE = "https://kalender.example.org/sjuharad/tillfalle/7"
MOVED = datetime(2026, 11, 20, 9)
LINK = "https://mote.example.org/a"
MEETING = {"@type": "VirtualLocation", "url": LINK}
HOW_TO_JOIN = {"@type": "VirtualLocation", "url": PAGE}
KITCHEN = {
    "@type": "Place",
    "name": "Köket",
    "address": {
        "@type": "PostalAddress",
        "streetAddress": "Storgatan 1",
        "addressLocality": "Borås",
        "addressCountry": "SE",
    },
}
GROUP = Group(
    slug="samtalsgrupp",
    title="Samtalsgrupp",
    short_text="",
    text="Vi sitter i köket.\n\nDet finns kaffe.",
    kind=Kind.CONVERSATION,
    audience=frozenset(),
    language="sv",
    form=Form.ONSITE,
    facts=frozenset(),
    rooms=(),
    place="",
    address="",
    directions="",
    access="",
    signup=Signup.DROP_IN,
    signup_contact="",
    deadline=Deadline(),
    price=0,
    capacity=None,
    leader="",
    online_info="",
    open_link="",
    status_note="",
    chapter_slug="sjuharad",
    chapter_name="Kraftens hus Sjuhärad",
    chapter_email="",
    chapter_phone="",
)


def told(row: ListedDate, site: Site = SITE) -> dict[str, Any]:
    data = event_data(row, GROUP, site, TODAY)
    assert data is not None
    return data


def test_a_planned_date() -> None:
    assert told(make_row(address="Storgatan 1, Borås", short_text="Välkommen in.")) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": PAGE,
        "name": "Samtalsgrupp",
        "description": "Välkommen in.",
        "url": PAGE,
        "image": SITE.picture,
        "inLanguage": "sv",
        "eventStatus": "https://schema.org/EventScheduled",
        "startDate": "2026-11-24T13:00:00+01:00",
        "endDate": "2026-11-24T15:00:00+01:00",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": KITCHEN,
        "organizer": {
            "@type": "Organization",
            "name": "Kraftens hus Sjuhärad",
            "url": "https://kalender.example.org/sjuharad/",
        },
        "isAccessibleForFree": True,
        "offers": {
            "@type": "Offer",
            "price": 0,
            "priceCurrency": "SEK",
            "availability": "https://schema.org/InStock",
            "url": PAGE,
        },
    }


@for_each(
    ("row", "status", "before"),
    [
        (make_row(), "EventScheduled", None),
        (make_row(status=Status.CANCELLED), "EventCancelled", None),
        (make_row(moved_from=MOVED), "EventRescheduled", "2026-11-20T09:00:00+01:00"),
        (
            make_row(moved_from=MOVED, status=Status.CANCELLED),
            "EventCancelled",
            "2026-11-20T09:00:00+01:00",
        ),
        (
            all_day("2026-06-24", "2026-06-25", moved_from=datetime(2026, 6, 20)),
            "EventRescheduled",
            "2026-06-20",
        ),
    ],
)
def test_what_became_of_it(row: ListedDate, status: str, before: str | None) -> None:
    data = told(row)
    assert data["eventStatus"] == f"https://schema.org/{status}"
    assert data.get("previousStartDate") == before


@for_each(
    ("row", "start", "end"),
    [
        (all_day("2026-11-24", "2026-11-25"), "2026-11-24", "2026-11-24"),
        (all_day("2026-11-24", "2026-11-27"), "2026-11-24", "2026-11-26"),
        (
            make_row(starts_at=datetime(2026, 6, 1, 22), ends_at=datetime(2026, 6, 2, 0)),
            "2026-06-01T22:00:00+02:00",
            "2026-06-02T00:00:00+02:00",
        ),
    ],
)
def test_days_are_days_and_times_have_their_offset(row: ListedDate, start: str, end: str) -> None:
    data = told(row)
    assert (data["startDate"], data["endDate"]) == (start, end)


@for_each(
    ("form", "link", "mode", "location"),
    [
        (Form.ONSITE, "", "Offline", KITCHEN),
        (Form.ONSITE, LINK, "Offline", KITCHEN),
        (Form.OUTDOORS, "", "Offline", KITCHEN),
        (Form.ONLINE, LINK, "Online", MEETING),
        (Form.ONLINE, "", "Online", HOW_TO_JOIN),
        (Form.ONLINE, "javascript:alert(1)", "Online", HOW_TO_JOIN),
        (Form.ONLINE, f"https://example.org/{'x' * LONGEST_LINK}", "Online", HOW_TO_JOIN),
        (Form.HYBRID, LINK, "Mixed", [KITCHEN, MEETING]),
        (Form.HYBRID, "", "Mixed", [KITCHEN, HOW_TO_JOIN]),
    ],
)
def test_how_one_takes_part(form: Form, link: str, mode: str, location: object) -> None:
    data = told(make_row(form=form, open_link=link, address="Storgatan 1, Borås"))
    assert data["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
    assert data.get("location") == location


@for_each(
    ("where", "address", "location"),
    [
        ((), "", None),
        (("Köket",), "", {"@type": "Place", "name": "Köket"}),
        (("Köket",), "Borås", {"@type": "Place", "name": "Köket", "address": "Borås"}),
        (
            (),
            "Huset, Storgatan 1, 503 30 Borås",
            {
                "@type": "Place",
                "name": "Huset, Storgatan 1, 503 30 Borås",
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": "Huset, Storgatan 1",
                    "postalCode": "503 30",
                    "addressLocality": "Borås",
                    "addressCountry": "SE",
                },
            },
        ),
    ],
)
def test_the_place_is_told_as_far_as_it_is_known(
    where: tuple[str, ...], address: str, location: object
) -> None:
    assert told(make_row(rooms=where, address=address)).get("location") == location


@for_each(
    ("row", "is_free", "price", "availability"),
    [
        (make_row(), True, 0, "InStock"),
        (make_row(price=50, places=Places.FEW), False, 50, "LimitedAvailability"),
        (make_row(places=Places.FULL), True, 0, "SoldOut"),
        (make_row(places=Places.FULL, free_today_on=TODAY), True, 0, "LimitedAvailability"),
        (make_row(places=Places.FULL, free_today_on=date(2026, 11, 23)), True, 0, "SoldOut"),
    ],
)
def test_what_it_costs(row: ListedDate, is_free: bool, price: int, availability: str) -> None:
    data = told(row)
    assert data["isAccessibleForFree"] is is_free
    offer = data["offers"]
    assert (offer["price"], offer["availability"]) == (price, f"https://schema.org/{availability}")


def test_a_cancelled_date_offers_nothing() -> None:
    assert "offers" not in told(make_row(status=Status.CANCELLED, price=50))


def test_a_date_without_a_text_has_its_groups() -> None:
    assert told(make_row())["description"] == "Vi sitter i köket. Det finns kaffe."


def test_a_date_of_a_house_that_closed_lies_where_it_is_shown() -> None:
    data = told(make_row(), replace(SITE, home="goteborg"))
    assert data["url"] == "https://kalender.example.org/goteborg/tillfalle/7"
    assert data["organizer"] == {"@type": "Organization", "name": "Kraftens hus Sjuhärad"}


def test_a_closed_house_is_no_event() -> None:
    closed = all_day("2026-12-21", "2026-12-28", kind=Kind.CLOSURE)
    assert event_data(closed, GROUP, SITE, TODAY) is None
    assert series_data(GROUP, [closed], SITE, TODAY) is None
    assert series_data(GROUP, [], SITE, TODAY) is None


def test_a_group_is_a_series_of_its_dates() -> None:
    data = series_data(GROUP, [make_row(), make_row(id=8, language="fi")], SITE, TODAY)
    assert data is not None
    assert (data["@type"], data["url"]) == (
        "EventSeries",
        "https://kalender.example.org/sjuharad/aktivitet/samtalsgrupp",
    )
    assert [each["@id"] for each in data["subEvent"]] == [PAGE, PAGE.replace("/7", "/8")]
    assert data["subEvent"][1]["inLanguage"] == "fi"
    assert "@context" not in data["subEvent"][0]
