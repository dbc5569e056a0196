"""What pages, feeds and the wall read (on both engines)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from khcal import queries
from khcal.calendaring.filters import read_filters
from khcal.calendaring.terms import Appearance, Audience, Form, Kind, Signup
from khcal.db import db
from khcal.models import Chapter
from tests.factories import make_chapter, make_closure, make_event, make_notice, make_room

pytestmark = pytest.mark.usefixtures("inside_app")

TODAY = date(2026, 11, 24)


def titles(rows) -> list[str]:
    return [row.title for row in rows]


def test_a_house_comes_with_all_houses_and_its_notices(house: Chapter) -> None:
    national = make_chapter(short_name="A riks", national=True)
    ore, are = make_chapter(short_name="Öre"), make_chapter(short_name="Åre")
    make_notice(house, "Hissen är trasig.")
    make_notice(house, "Gammalt.", "2026-10-01", "2026-11-23")
    make_notice(ore, "Till alla.", everywhere=True)
    db.session.commit()
    page = queries.house_page("provhus", TODAY)
    assert page
    assert [notice.text for notice in page.notices] == ["Hissen är trasig.", "Till alla."]
    assert [known.id for known in page.houses][-3:] == [are.id, ore.id, national.id]


def test_an_unknown_house_is_none(house: Chapter) -> None:
    assert queries.house_page("finns-inte", TODAY) is None


def test_a_list_has_fourteen_days_when_they_hold_enough(house: Chapter) -> None:
    make_event(house, *(f"2026-11-{day} {hour}:00" for day in (24, 30) for hour in range(10, 20)))
    make_event(house, "2026-12-07 10:00", "2026-12-08 10:00", "2026-12-09 10:00", title="Sen")
    found = queries.date_list(house.id, TODAY)
    assert (len(found.rows), found.total, found.next_from) == (21, 23, date(2026, 12, 8))


def test_a_sparse_list_goes_on_to_twenty_whole_days(house: Chapter) -> None:
    make_event(house, *(f"2027-{month:02}-{day:02} 10:00" for month in range(1, 12) for day in (1, 15)))
    make_event(house, "2027-10-15 12:00", title="Samma dag")
    found = queries.date_list(house.id, TODAY)
    assert (len(found.rows), found.total) == (21, 23)
    assert (found.rows[-1].day, found.next_from) == (date(2027, 10, 15), date(2027, 11, 1))


def test_a_list_that_ends_has_nothing_more(house: Chapter) -> None:
    make_event(house, "2026-11-23 10:00", "2026-11-24 10:00", "2027-11-24 10:00")
    found = queries.date_list(house.id, TODAY)
    assert (len(found.rows), found.total, found.next_from) == (2, 2, None)


def test_an_empty_list(house: Chapter) -> None:
    assert queries.date_list(house.id, TODAY) == queries.DateList([], 0, None)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"typ": "rorelse"}, ["Yoga"]),
        ({"for": "narstaende"}, ["Sorg", "Yoga"]),
        ({"for": "medlemmar"}, []),
        ({"form": "digitalt"}, ["Sorg"]),
        ({"form": "pa-plats"}, ["Sorg"]),
        ({"anmalan": "utan"}, ["Yoga"]),
        ({"anmalan": "anmalan"}, ["Sorg"]),
        ({"sok": "YOGA mjuk"}, ["Yoga"]),
        ({"sok": "100%"}, []),
        ({"typ": "rorelse", "anmalan": "anmalan"}, []),
    ],
)
def test_a_filtered_list(house: Chapter, query: dict[str, str], found: list[str]) -> None:
    when = "2026-11-25 10:00"
    make_event(house, when, title="Yoga", kind=Kind.MOVEMENT, form=Form.OUTDOORS, text="Mjuk och lugn.")
    relatives = frozenset({Audience.RELATIVE})
    make_event(
        house,
        when,
        title="Sorg",
        audience=relatives,
        form=Form.HYBRID,
        signup=Signup.INTERVIEW,
        kind=Kind.CALM,
    )
    filters, not_understood = read_filters(query)
    rows = queries.date_list(house.id, TODAY, filters).rows
    assert (sorted(titles(rows)), not_understood) == (found, [])


def test_a_cancelled_date_knows_the_next(house: Chapter) -> None:
    event = make_event(house, "2026-11-24 10:00", "2026-12-01 10:00", "2026-12-08 10:00")
    event.occurrences[0].cancel("Storm.")
    event.occurrences[1].cancel("Storm.")
    db.session.commit()
    rows = queries.dates_between(house.id, TODAY, TODAY)
    assert [row.next_at for row in rows] == [datetime(2026, 12, 8, 10)]


def test_a_moved_date_stands_on_both_days_with_the_reason(house: Chapter) -> None:
    moment = make_event(house, "2026-11-24 10:00").occurrences[0]
    moment.move(datetime(2026, 11, 26, 10), datetime(2026, 11, 26, 12), "Salen är upptagen.")
    db.session.commit()
    left, start = queries.dates_between(house.id, TODAY, date(2026, 11, 30))
    assert (left.appearance, left.left_reason, left.left_at) == (
        Appearance.LEFT,
        "Salen är upptagen.",
        datetime(2026, 11, 24, 10),
    )
    assert (start.day, start.left_at) == (date(2026, 11, 26), None)


def test_rooms_of_a_shared_date_are_those_of_the_house_that_shows_it(house: Chapter) -> None:
    guest = make_chapter()
    make_event(
        house,
        "2026-11-24 10:00",
        shown_in=(guest,),
        room=make_room(house, "Köket"),
        second_room=make_room(guest, "Salen"),
    )
    db.session.commit()
    seen = [queries.dates_between(chapter.id, TODAY, TODAY)[0].rooms for chapter in (house, guest)]
    assert seen == [("Köket",), ("Salen",)]
    assert queries.published_dates(None, TODAY, TODAY)[0].rooms == ("Köket", "Salen")


def test_an_override_wins(house: Chapter) -> None:
    moment = make_event(house, "2026-11-24 10:00", room=make_room(house)).occurrences[0]
    moment.title, moment.room, moment.form = "Bara i dag", make_room(house, "Salen"), Form.ONLINE
    db.session.commit()
    row = queries.dates_between(house.id, TODAY, TODAY)[0]
    assert (row.title, row.rooms, row.form) == ("Bara i dag", ("Salen",), Form.ONLINE)


def test_the_next_of_every_house_leave_closures_out(house: Chapter) -> None:
    guest = make_chapter()
    make_closure(house, TODAY, TODAY)
    make_event(house, *(f"2026-12-{day} 10:00" for day in range(10, 20)), shown_in=(guest,))
    found = queries.next_dates(3, TODAY)
    assert {key: len(rows) for key, rows in found.items()} == {house.id: 3, guest.id: 3}
    first = queries.first_day_after(house.id, TODAY)
    assert first
    assert first.day == date(2026, 12, 10)
    assert queries.days_with_dates(house.id, TODAY, date(2026, 12, 11)) == {
        TODAY,
        date(2026, 12, 10),
        date(2026, 12, 11),
    }


def test_the_next_date_may_be_another_event_of_the_group(house: Chapter) -> None:
    make_event(house, "2026-11-24 10:00", title="Öppet hus").occurrences[0].cancel("Storm.")
    make_event(house, "2026-11-26 10:00", title="Öppet hus")
    make_event(house, "2026-11-25 10:00", title="Något annat")
    db.session.commit()
    assert queries.dates_between(house.id, TODAY, TODAY)[0].next_at == datetime(2026, 11, 26, 10)


def test_a_room_of_its_own_brings_its_own_address(house: Chapter) -> None:
    outside = make_room(
        house, "Rya åsar", address="Parkvägen 9", directions="Vid grinden.", access="Backigt."
    )
    moment = make_event(
        house, "2026-11-24 10:00", room=outside, address="Parkvägen 9", leader="kurator"
    ).occurrences[0]
    moment.room, moment.leader = make_room(house), "volontär"
    db.session.commit()
    row = queries.dates_between(house.id, TODAY, TODAY)[0]
    assert (row.rooms, row.address) == (("Köket",), "")
    group = queries.group(house.id, row.slug, moment.id)
    assert group
    assert (group.rooms, group.address, group.directions, group.access) == (("Köket",), "", "", "")
    assert group.leader == "volontär"
    of_group = queries.group(house.id, row.slug)
    assert of_group
    assert (of_group.address, of_group.leader) == ("Parkvägen 9", "kurator")


def test_a_room_without_an_address_has_its_houses(house: Chapter) -> None:
    house.street, house.city = "Skånegatan 16", "Göteborg"
    guest = make_chapter(street="Andra gatan 2", city="Annanstans")
    make_event(house, "2026-11-24 10:00", title="I köket", room=make_room(house))
    make_event(house, "2026-11-24 10:00", title="Borta", room=make_room(guest))
    make_event(house, "2026-11-24 10:00", title="Ute", place="Vid grinden")
    db.session.commit()
    addresses = {row.title: row.address for row in queries.dates_between(house.id, TODAY, TODAY)}
    assert addresses == {"I köket": "Skånegatan 16, Göteborg", "Borta": "", "Ute": ""}
    group = queries.group(house.id, "i-koket")
    assert group
    assert group.address == "Skånegatan 16, Göteborg"


def test_a_moved_date_knows_whence_and_lets_its_old_deadline_go(house: Chapter) -> None:
    event = make_event(house, "2026-11-18 18:00", signup=Signup.REQUIRED, signup_until_day=date(2026, 11, 17))
    assert event.occurrences[0].is_published
    event.occurrences[0].move(datetime(2026, 12, 2, 18), datetime(2026, 12, 2, 20), "Förhinder.")
    db.session.commit()
    left, start = queries.dates_between(house.id, date(2026, 11, 1), date(2026, 12, 31))
    assert (start.moved_from, bool(start.deadline)) == (datetime(2026, 11, 18, 18), False)
    assert left.moved_from is None


@pytest.mark.parametrize("words", ["arabiska", "närstående samtal", "Juristen,", "fråga?"])
def test_a_search_finds_what_stands_beside_the_title(house: Chapter, words: str) -> None:
    make_event(
        house,
        "2026-11-24 10:00",
        title="Juristen: fråga fritt",
        kind=Kind.CONVERSATION,
        audience=frozenset({Audience.RELATIVE}),
        language="ar",
    )
    db.session.commit()
    filters, _ = read_filters({"sok": words})
    assert len(queries.date_list(house.id, TODAY, filters).rows) == 1


def test_a_search_finds_the_title_of_one_date(house: Chapter) -> None:
    make_event(house, "2026-11-24 10:00", "2026-11-25 10:00").occurrences[0].title = "Julglögg"
    db.session.commit()
    filters, _ = read_filters({"sok": "julglögg"})
    assert titles(queries.date_list(house.id, TODAY, filters).rows) == ["Julglögg"]


def test_a_group_speaks_by_its_newest_event(house: Chapter) -> None:
    make_event(house, "2026-03-01 10:00", title="Öppet hus", price=10)
    newest = make_event(
        house, "2026-12-01 10:00", title="Öppet hus", online_link="https://example.org/hemlig"
    )
    newest.sibling = make_event(house, "2026-12-01 10:00", title="Sida vid sida")
    make_event(house, "2027-12-01 10:00", title="Öppet hus", published=False, price=99)
    db.session.commit()
    group = queries.group(house.id, "oppet-hus")
    assert group
    assert (group.price, group.open_link, group.sibling_slug) == (0, "", "sida-vid-sida")
    assert len(queries.group_dates(house.id, "oppet-hus")) == 2


def test_a_date_speaks_of_its_own_event_and_house(house: Chapter) -> None:
    old = make_event(house, "2026-03-01 10:00", title="Öppet hus", price=10)
    make_event(house, "2026-12-01 10:00", title="Öppet hus")
    other, moment = make_chapter(), old.occurrences[0]
    group = queries.group(house.id, "oppet-hus", moment.id)
    assert group
    assert group.price == 10
    assert len(queries.date_rows(house.id, moment.id)) == 1
    assert queries.date_rows(other.id, moment.id) == []


def test_drafts_are_in_no_query(house: Chapter) -> None:
    event = make_event(house, "2026-11-24 10:00", published=False)
    assert queries.dates_between(house.id, TODAY, TODAY) == []
    assert queries.published_dates(None, TODAY, TODAY) == []
    assert queries.group(house.id, event.slug) is None
