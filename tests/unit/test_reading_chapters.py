"""The houses' file: facts, breaks, and faults with the path to the value."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from khcal.calendaring.reading_chapters import Break, Houses, read_chapters, read_school_breaks
from tests.tables import for_each
from tests.unit.sheets import sample_houses

HOSTLOV = Break("Höstlov", date(2026, 10, 26), date(2026, 11, 1))
GOOD: dict[str, Any] = {"slug": "sjuharad", "name": "Kraftens hus Sjuhärad", "short_name": "Sjuhärad"}


def read(*houses: Any) -> Houses:
    return read_chapters(json.dumps({"chapters": houses}).encode(), {"Borås": (HOSTLOV,)})


def test_the_sample_has_five_houses_with_an_address_as_far_as_known() -> None:
    houses = {house.slug: house for house in sample_houses().houses}
    assert not sample_houses().faults
    assert {slug: (house.street, house.city) for slug, house in houses.items()} == {
        "goteborg": ("Skånegatan 16", "Göteborg"),
        "jamtland-harjedalen": ("", "Östersund"),
        "sjuharad": ("Träffpunkt Simonsland, plan 6", "Borås"),
        "stockholm": ("Hantverkargatan 2D (Serafen)", "Stockholm"),
        "riks": ("", ""),
    }
    assert [house.slug for house in houses.values() if house.national] == ["riks"]
    assert houses["sjuharad"].rooms == ("Målarverkstad",)
    assert {house.email.partition("@")[2] for house in houses.values()} == {"example.org"}


@for_each(
    ("slug", "weeks"),
    [
        ("sjuharad", [44, 7, 13]),
        ("goteborg", [44, 7, 13]),
        ("stockholm", [44, 9, 13]),
        ("jamtland-harjedalen", [44, 10, 13]),
        ("riks", []),
    ],
)
def test_school_breaks_are_whole_weeks_by_municipality(slug: str, weeks: list[int]) -> None:
    house = next(house for house in sample_houses().houses if house.slug == slug)
    assert [each.first_day.isocalendar().week for each in house.breaks] == weeks
    assert all((each.first_day.weekday(), each.last_day.weekday()) == (0, 6) for each in house.breaks)


def test_a_house_with_breaks_of_its_own_gets_no_others() -> None:
    own = {"name": "Jullov", "first_day": "2026-12-21", "last_day": "2027-01-08"}
    houses = read(GOOD | {"municipality": "Borås", "school_breaks": [own]}).houses
    assert houses[0].breaks == (Break("Jullov", date(2026, 12, 21), date(2027, 1, 8)),)
    assert read(GOOD | {"municipality": "Borås"}).houses[0].breaks == (HOSTLOV,)
    assert read(GOOD | {"municipality": "Borås", "school_breaks": []}).houses[0].breaks == ()


@for_each(
    ("changes", "path", "remedy"),
    [
        ({"slug": None}, "chapters[0].slug", "Skriv små bokstäver a–z"),
        ({"slug": "Sjuhärad"}, "chapters[0].slug", "Skriv små bokstäver a–z"),
        ({"slug": "halsa"}, "chapters[0].slug", "Välj en annan slug"),
        ({"name": ""}, "chapters[0].name", "Skriv husets hela namn"),
        ({"name": 7}, "chapters[0].name", "Skriv en text inom citattecken"),
        ({"short_name": "x" * 61}, "chapters[0].short_name", "Skriv högst 60"),
        ({"kind": "house"}, "chapters[0].kind", "Skriv ”chapter”"),
        ({"email": "hus@"}, "chapters[0].email", "Skriv en adress som hus@example.org"),
        ({"website": "javascript:alert(1)"}, "chapters[0].website", "Skriv en adress som https://"),
        ({"address": "Storgatan 1"}, "chapters[0].address", "Skriv ett objekt"),
        ({"address": {"city": 1}}, "chapters[0].address.city", "Skriv en text inom citattecken"),
        ({"known_rooms": "ateljé"}, "chapters[0].known_rooms", "Skriv en lista"),
        ({"known_rooms": ["ateljé", ""]}, "chapters[0].known_rooms[1]", "Skriv rummets namn"),
        ({"school_breaks": [7]}, "chapters[0].school_breaks[0]", "Skriv ett objekt med name"),
        (
            {"school_breaks": [{"name": "Lov", "first_day": "26/10", "last_day": "2026-11-01"}]},
            "chapters[0].school_breaks[0].first_day",
            "så här: 2026-09-17",
        ),
        (
            {"school_breaks": [{"name": "Lov", "first_day": "2026-11-02", "last_day": "2026-11-01"}]},
            "chapters[0].school_breaks[0].last_day",
            "Skriv en senare dag",
        ),
    ],
)
def test_a_fault_names_path_and_remedy(changes: dict[str, Any], path: str, remedy: str) -> None:
    faults = read(GOOD | changes).faults
    assert [fault.where for fault in faults] == [path]
    assert remedy in faults[0].message


def test_two_houses_can_not_share_an_address() -> None:
    assert [fault.where for fault in read(GOOD, GOOD).faults] == ["chapters[1].slug"]
    assert [fault.where for fault in read("Sjuhärad").faults] == ["chapters[0]"]


@for_each(
    ("data", "remedy"),
    [
        (b"{", "fel på rad 1, tecken 2"),
        (b'{"chapters": []}', "Skriv dem i listan ”chapters”"),
        (b"[]", "Skriv dem i listan ”chapters”"),
        ('{"chapters": "å"}'.encode("cp1252"), "Spara den som UTF-8"),
        (b" " * 1_000_001, "Dela den"),
        (b"[" * 200_000, "nivåer"),
    ],
    ids=["no JSON", "no houses", "a list", "cp1252", "too large", "too deep"],
)
def test_a_file_that_can_not_be_used(data: bytes, remedy: str) -> None:
    houses = read_chapters(data, {})
    assert not houses.houses
    assert remedy in str(houses.faults[0])


def test_a_damaged_file_of_breaks_is_an_error_of_khcal() -> None:
    with pytest.raises(ValueError, match="Skriv dagen"):
        read_school_breaks(b'{"municipalities": {"X": [{"name": "Lov"}]}}')
