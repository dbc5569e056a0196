"""One day, with the day before and the day after."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from khcal.models import Chapter
from tests.factories import make_chapter, make_closure, make_event
from tests.html import links, one, select, texts, words


@pytest.fixture
def house(session: Session) -> Chapter:
    return make_chapter("goteborg", name="Kraftens hus Göteborg")


def test_the_dates_of_a_day(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-11-24 17:00", "2026-11-24 10:00", "2026-11-25 10:00")
    session.commit()
    page = client.get("/goteborg/dag/2026-11-24")
    assert texts(page, "h1") == ["Tisdag 24 november 2026"]
    assert texts(page, ".row__time") == ["10.00–12.00", "17.00–19.00"]
    assert words(str(one(page, "#day")["data-announce"])) == "Tisdag 24 november 2026: 2 tillfällen"


def test_the_day_before_and_the_day_after(client: FlaskClient, session: Session, house: Chapter) -> None:
    session.commit()
    page = client.get("/goteborg/dag/2027-01-01")
    assert texts(page, ".pager a") == [
        "Dagen före, Torsdag 31 december",
        "I dag",
        "Dagen efter, Lördag 2 januari",
    ]
    assert links(page, ".pager a") == [
        f"/goteborg/dag/{d}" for d in ("2026-12-31", "2026-11-24", "2027-01-02")
    ]
    assert texts(page, ".tag--named-day") == ["nyårsdagen"]


def test_an_empty_day_says_what_comes_after_it(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-11-25 10:00", "2026-12-04 10:00", title="Öppet hus")
    session.commit()
    page = client.get("/goteborg/dag/2026-11-28")
    assert "Inget den här dagen. Nästa är Öppet hus, fredag 4 december kl. 10.00." in words(page)
    assert not select(page, ".row")


def test_an_empty_day_that_has_been_says_what_is_next_now(
    client: FlaskClient, session: Session, house: Chapter
) -> None:
    make_event(house, "2026-11-20 10:00", "2026-11-25 10:00", title="Öppet hus")
    session.commit()
    assert "Nästa är Öppet hus, i morgon kl. 10.00." in words(client.get("/goteborg/dag/2026-11-10"))


@pytest.mark.parametrize("day", ["2026-02-29", "2026-11-31", "20261124", "2026-W48-2", "i-dag", "0001-01-01"])
def test_a_day_that_does_not_exist(client: FlaskClient, session: Session, house: Chapter, day: str) -> None:
    session.commit()
    page = client.get(f"/goteborg/dag/{day}")
    assert page.status_code == 404
    assert texts(page, "h1") == ["Sidan finns inte"]


@pytest.fixture
def closed_house(session: Session, house: Chapter) -> Chapter:
    make_closure(house, date(2026, 11, 24), date(2026, 11, 26), "Vi flyttar")
    return house


def test_a_closed_day_says_what_takes_place_all_the_same(
    client: FlaskClient, session: Session, closed_house: Chapter
) -> None:
    make_event(closed_house, "2026-11-24 14:00", title="Yoga").occurrences[0].cancel("Huset är stängt.")
    make_event(closed_house, "2026-11-24 17:00", title="Digital träff")
    session.commit()
    page = client.get("/goteborg/dag/2026-11-24")
    assert texts(page, "h2.day__despite") == ["Det här blir av ändå", "Det här är inställt eller flyttat"]
    assert [texts(part, ".row__title") for part in select(page, ".day__rows")] == [
        ["Vi flyttar , tisdag 24 november"],
        ["Digital träff , tisdag 24 november"],
        ["Yoga , tisdag 24 november"],
    ]
    told = words(str(one(page, "#day")["data-announce"]))
    assert told == "Tisdag 24 november 2026: huset är stängt, 2 tillfällen"


def test_a_closed_day_with_nothing_else_counts_nothing(
    client: FlaskClient, session: Session, closed_house: Chapter
) -> None:
    session.commit()
    page = client.get("/goteborg/dag/2026-11-25")
    assert words(str(one(page, "#day")["data-announce"])) == "Onsdag 25 november 2026: huset är stängt"
    assert not select(page, ".day__despite")


def test_a_closed_day_where_all_is_called_off(
    client: FlaskClient, session: Session, closed_house: Chapter
) -> None:
    make_event(closed_house, "2026-11-24 14:00", title="Yoga").occurrences[0].cancel("Huset är stängt.")
    session.commit()
    page = client.get("/goteborg/dag/2026-11-24")
    assert not select(page, ".day__despite")
    assert len(select(page, ".row")) == 2


def test_a_closed_day_that_has_been(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_closure(house, date(2026, 11, 20), date(2026, 11, 20))
    make_event(house, "2026-11-20 10:00", title="Yoga")
    session.commit()
    page = client.get("/goteborg/dag/2026-11-20")
    assert texts(page, "h2.day__despite") == ["Det här blev av ändå"]


@pytest.mark.parametrize("path", ["", "/dag/2026-11-24", "/vecka/2026-v48", "/manad/2026-11"])
def test_a_closure_that_was_called_off_says_that_the_house_is_open(
    client: FlaskClient, session: Session, house: Chapter, path: str
) -> None:
    for last in (24, 26):
        row = make_closure(house, date(2026, 11, 24), date(2026, 11, last), "Huset är stängt").occurrences[0]
        row.cancel("")
    session.commit()
    page = client.get(f"/goteborg{path or '/'}")
    shown = texts(page, "main .entry, main .row, main .day__running")
    assert shown
    for text in shown:
        assert "Öppet som vanligt" in text
        assert "Inte stängt" in text
        assert "Huset är stängt" not in text
        assert "Inställt" not in text
        assert "Stängt" not in text


def test_the_page_of_a_closure_that_was_called_off(
    client: FlaskClient, session: Session, house: Chapter
) -> None:
    event = make_closure(house, date(2026, 11, 24), date(2026, 11, 24), "Huset är stängt")
    event.occurrences[0].cancel("Vattnet är tillbaka.")
    session.flush()
    path = f"/goteborg/tillfalle/{event.occurrences[0].id}"
    session.commit()
    page = client.get(path)
    assert texts(page, "h1") == ["Öppet som vanligt"]
    assert texts(page, ".outcome") == ["Inte stängt . Vattnet är tillbaka."]
    assert not select(page, "s")


def test_a_closure_taken_back_closes_nothing(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_closure(house, date(2026, 11, 24), date(2026, 11, 24)).occurrences[0].withdraw()
    make_event(house, "2026-11-24 17:00", title="Yoga")
    session.commit()
    page = client.get("/goteborg/dag/2026-11-24")
    assert texts(page, ".row__title") == ["Yoga , tisdag 24 november"]
    assert not select(page, ".day__despite")
