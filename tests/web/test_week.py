"""A week: seven days, morning, afternoon and evening, as a table of links."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from khcal.models import Chapter
from tests.factories import make_chapter, make_closure, make_event
from tests.html import links, one, select, texts, words

WEEK = "/goteborg/vecka/2026-v48"


@pytest.fixture
def house(session: Session) -> Chapter:
    return make_chapter("goteborg", name="Kraftens hus Göteborg")


def test_a_week_has_a_heading_with_its_days_and_year(
    client: FlaskClient, session: Session, house: Chapter
) -> None:
    session.commit()
    page = client.get(WEEK)
    assert texts(page, "h1") == ["Vecka 48, 23–29 november 2026"]
    assert words(one(page, "title")) == "Vecka 48, 23–29 november 2026 – Kraftens hus Göteborg"


def test_each_date_stands_in_its_part_of_its_day(
    client: FlaskClient, session: Session, house: Chapter
) -> None:
    make_event(house, "2026-11-24 10:00", "2026-11-24 13:00", "2026-11-24 18:00", "2026-11-26 13:00")
    session.commit()
    rows = select(client.get(WEEK), ".week-table tbody tr")
    assert [[len(cell.select("a")) for cell in row.select("td")] for row in rows] == [
        [0, 0, 0],
        [1, 1, 1],
        [0, 0, 0],
        [0, 1, 0],
        *[[0, 0, 0]] * 3,
    ]


def test_the_table_has_headings_for_rows_and_columns(
    client: FlaskClient, session: Session, house: Chapter
) -> None:
    session.commit()
    table = one(client.get(WEEK), "table")
    assert texts(table, "th[scope=col]") == ["Dag", "Förmiddag", "Eftermiddag", "Kväll"]
    assert texts(table, "th[scope=row] a")[0] == "måndag 23 november"
    assert words(one(table, "caption")) == "Vecka 48, 23–29 november 2026"
    assert not table.has_attr("role")


def test_a_cancelled_date_says_so(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-11-25 13:00", title="Fika").occurrences[0].cancel("Storm.")
    session.commit()
    entry = one(client.get(WEEK), ".entry--off")
    assert words(entry) == "Inställt 13.00–15.00 Skapande Fika"
    assert texts(entry, "s") == ["13.00–15.00"]


def test_a_moved_date_is_on_both_days(client: FlaskClient, session: Session, house: Chapter) -> None:
    event = make_event(house, "2026-11-25 13:00", title="Fika")
    event.occurrences[0].move(datetime(2026, 11, 27, 14), datetime(2026, 11, 27, 15))
    session.commit()
    assert texts(client.get(WEEK), ".entry") == [
        "Flyttat 13.00 Skapande Fika",
        "14.00–15.00 Skapande Fika Flyttat hit från onsdag 25 november.",
    ]


def test_a_closed_house_is_closed_on_each_day(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_closure(house, date(2026, 11, 26), date(2026, 12, 20), "Renovering")
    session.commit()
    assert texts(client.get(WEEK), ".entry--closed") == ["Stängt Renovering"] * 4


def test_an_empty_week_says_what_is_next(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-12-07 10:00", title="Öppet hus")
    session.commit()
    page = client.get(WEEK)
    assert "Inget den här veckan. Nästa är Öppet hus, måndag 7 december kl. 10.00." in words(page)
    assert len(select(page, "tbody tr")) == 7


def test_back_and_on_in_words(client: FlaskClient, session: Session, house: Chapter) -> None:
    session.commit()
    page = client.get(WEEK)
    assert texts(page, ".pager a") == ["Förra veckan, Vecka 47", "Nästa vecka, Vecka 49"]
    assert links(page, ".pager a") == ["/goteborg/vecka/2026-v47", "/goteborg/vecka/2026-v49"]


@pytest.mark.parametrize(
    ("week", "heading", "around"),
    [
        ("2026-v53", "Vecka 53, 28 december 2026–3 januari 2027", ["2026-v52", "2026-v48", "2027-v1"]),
        ("2027-v1", "Vecka 1, 4–10 januari 2027", ["2026-v53", "2026-v48", "2027-v2"]),
        ("2027-v01", "Vecka 1, 4–10 januari 2027", ["2026-v53", "2026-v48", "2027-v2"]),
    ],
)
def test_the_turn_of_the_year(
    client: FlaskClient, session: Session, house: Chapter, week: str, heading: str, around: list[str]
) -> None:
    session.commit()
    page = client.get(f"/goteborg/vecka/{week}")
    assert texts(page, "h1") == [heading]
    assert links(page, ".pager a") == [f"/goteborg/vecka/{other}" for other in around]
    assert "nyårsdagen" in words(page) or "trettondedag jul" in words(page)


@pytest.mark.parametrize(
    "week", ["2026-v54", "2027-v53", "2026-v0", "26-v48", "2026-48", "2026-v48x", "1850-v1", "9999-v52"]
)
def test_a_week_that_does_not_exist(client: FlaskClient, session: Session, house: Chapter, week: str) -> None:
    session.commit()
    page = client.get(f"/goteborg/vecka/{week}")
    assert page.status_code == 404
    assert links(page, "main a")
