"""A month: whole weeks in a table, each day's dates as links."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from khcal.models import Chapter
from tests.factories import make_chapter, make_event
from tests.html import links, one, select, texts, words

MONTH = "/goteborg/manad/2026-11"


@pytest.fixture
def house(session: Session) -> Chapter:
    return make_chapter("goteborg", name="Kraftens hus Göteborg")


def test_a_month_of_whole_weeks(client: FlaskClient, session: Session, house: Chapter) -> None:
    session.commit()
    table = one(client.get(MONTH), "table")
    assert texts(table, "th[scope=col]") == [
        "Vecka",
        "Måndag",
        "Tisdag",
        "Onsdag",
        "Torsdag",
        "Fredag",
        "Lördag",
        "Söndag",
    ]
    assert texts(table, "th[scope=row]") == ["v. 44", "v. 45", "v. 46", "v. 47", "v. 48", "v. 49"]
    assert len(select(table, ".month-table__date")) == 30


def test_days_of_other_months_are_empty(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-10-31 10:00", "2026-11-01 10:00", "2026-11-30 10:00", "2026-12-01 10:00")
    session.commit()
    page = client.get(MONTH)
    assert len(select(page, ".entry")) == 2
    assert words(str(one(page, "#month")["data-announce"])) == "November 2026: 2 tillfällen"


def test_a_date_is_a_link_with_time_and_title(client: FlaskClient, session: Session, house: Chapter) -> None:
    number = make_event(house, "2026-11-30 10:00", title="Öppet hus").occurrences[0].id
    session.commit()
    entry = one(client.get(MONTH), ".entry a")
    assert words(entry) == "10.00–12.00 Skapande Öppet hus"
    assert entry["href"] == f"/goteborg/tillfalle/{number}"


def test_a_day_leads_to_its_page_and_a_week_to_its(
    client: FlaskClient, session: Session, house: Chapter
) -> None:
    session.commit()
    page = client.get(MONTH)
    assert links(page, ".month-table__date")[0] == "/goteborg/dag/2026-11-01"
    assert links(page, ".month-table__number")[-1] == "/goteborg/vecka/2026-v49"


def test_red_days_and_eves_are_named(client: FlaskClient, session: Session, house: Chapter) -> None:
    session.commit()
    names = texts(client.get("/goteborg/manad/2026-12"), ".tag--named-day")
    assert names == ["julafton", "juldagen", "annandag jul", "nyårsafton"]


def test_today_is_marked_in_words(client: FlaskClient, session: Session, house: Chapter) -> None:
    session.commit()
    assert words(one(client.get(MONTH), ".month-table__day--today")).endswith("i dag")


def test_back_and_on_over_the_turn_of_the_year(client: FlaskClient, session: Session, house: Chapter) -> None:
    session.commit()
    page = client.get("/goteborg/manad/2026-12")
    assert texts(page, ".pager a") == [
        "Förra månaden, November",
        "Den här månaden, I dag",
        "Nästa månad, Januari 2027",
    ]
    assert links(page, ".pager a") == [f"/goteborg/manad/{m}" for m in ("2026-11", "2026-11", "2027-01")]


def test_an_empty_month_says_what_is_next(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-11-30 10:00", title="Öppet hus")
    session.commit()
    page = client.get("/goteborg/manad/2027-03")
    assert "Inget den här månaden. Nästa är Öppet hus, måndag 30 november kl. 10.00." in words(page)


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "2026-1", "26-11", "2026-november", "1066-10"])
def test_a_month_that_does_not_exist(
    client: FlaskClient, session: Session, house: Chapter, month: str
) -> None:
    session.commit()
    assert client.get(f"/goteborg/manad/{month}").status_code == 404
