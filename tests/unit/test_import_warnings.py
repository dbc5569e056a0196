"""What an import asks people to look at, and what it is silent about."""

from __future__ import annotations

from khcal.calendaring.import_values import values_of_row
from khcal.calendaring.import_warnings import Caution, OnRedDay, RoomClash, bookings_of, cautions
from tests.tables import for_each
from tests.unit.sheets import ALL_DAY, ONCE, good_row

GUEST = {**ONCE, "id": "SJ-02", "starttid": "15:00", "sluttid": "16:00", "rum": "Köket"}
HOST = {**ONCE, "sluttid": "16:00", "rum": "Köket"}


def found(*rows: dict[str, str]) -> list[Caution]:
    read = [good_row(row) for row in rows]
    return cautions([booking for row in read for booking in bookings_of(row.key, values_of_row(row))])


def test_two_groups_in_one_room() -> None:
    clashes = found(HOST, GUEST)
    assert [type(caution) for caution in clashes] == [RoomClash]


@for_each(
    "guest",
    [
        {"starttid": "16:00", "sluttid": "17:00"},
        {"rum": "Ateljén"},
        {"rum": ""},
        {"startdatum": "2026-09-02", "slutdatum": "2026-09-02", "veckodag": "onsdag"},
        {"inställda_datum": "2026-09-01: Sjuk."},
        {"flyttade_datum": "2026-09-01>2026-09-02"},
        {"typ": "gemenskap"},
    ],
    ids=["right after", "another room", "no room", "another day", "cancelled", "moved away", "an open house"],
)
def test_no_clash(guest: dict[str, str]) -> None:
    assert not found(HOST, GUEST | guest)


def test_company_that_one_signs_up_for_is_no_open_house() -> None:
    assert len(found(HOST, GUEST | {"typ": "gemenskap", "anmälan": "anmälan"})) == 1


def test_the_second_room_is_booked_too() -> None:
    assert len(found(HOST | {"rum": "Ateljén; Köket"}, GUEST)) == 1


def test_what_was_there_before_clashes_with_what_is_new_but_not_with_itself() -> None:
    host, guest = (list(bookings_of("", values_of_row(good_row(row)))) for row in (HOST, GUEST))
    assert len(cautions(guest, host)) == 1
    assert not cautions([], [*host, *guest])


@for_each(
    ("day", "weekday", "names"),
    [
        ("2026-12-25", "fredag", ["juldagen"]),
        ("2026-12-24", "torsdag", []),
        ("2026-10-25", "söndag", []),
        ("2026-10-30", "fredag", []),
    ],
    ids=["red", "an eve", "a Sunday", "a short day"],
)
def test_red_days_with_a_name_are_told(day: str, weekday: str, names: list[str]) -> None:
    told = found(ONCE | {"startdatum": day, "slutdatum": day, "veckodag": weekday})
    assert [caution.name for caution in told if isinstance(caution, OnRedDay)] == names


@for_each(
    ("guest", "told"),
    [
        ({}, 1),
        ({"form": "digitalt"}, 0),
        ({"avdelning": "goteborg"}, 0),
        ({"avdelning": "goteborg|sjuharad"}, 1),
    ],
    ids=["in the house", "online", "elsewhere", "shared by the house"],
)
def test_dates_in_a_closed_house(guest: dict[str, str], told: int) -> None:
    closure = {**ALL_DAY, "rrule": "", "typ": "stängt", "slutdatum": "2026-09-03"}
    assert len(found(closure, {**ONCE, "id": "SJ-02"} | guest)) == told
