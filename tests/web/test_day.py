"""One day, with the day before and the day after."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from khcal.models import Chapter
from tests.factories import make_chapter, make_event
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
