"""The first page: every house, and what comes next in each."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import make_chapter, make_event
from tests.html import links, one, select, texts, words


def test_every_house_with_the_national_one_last(client: FlaskClient, session: Session) -> None:
    make_chapter("riks", name="Riksföreningen", national=True)
    make_chapter("orebro", name="Örebro", short_name="Örebro")
    make_chapter("boras", name="Borås", short_name="Borås")
    session.commit()
    page = client.get("/")
    assert texts(page, "h1") == ["Vad händer i ditt hus?"]
    assert texts(page, ".house h2") == ["Borås", "Örebro", "Riksföreningen"]
    assert links(page, ".house h2 a") == ["/boras/", "/orebro/", "/riks/"]


def test_the_next_five_dates_of_a_house(client: FlaskClient, session: Session) -> None:
    house = make_chapter("boras", name="Borås")
    make_event(house, *(f"2026-11-{day} 13:00" for day in range(22, 31)), title="Fika")
    session.commit()
    page = client.get("/")
    assert texts(page, ".upcoming__when") == [
        "I dag kl. 13.00–15.00 , skapande",
        "I morgon kl. 13.00–15.00 , skapande",
        "Torsdag 26 november kl. 13.00–15.00 , skapande",
        "Fredag 27 november kl. 13.00–15.00 , skapande",
        "Lördag 28 november kl. 13.00–15.00 , skapande",
    ]
    assert all(link.startswith("/boras/tillfalle/") for link in links(page, ".upcoming a"))


def test_a_cancelled_date_says_so(client: FlaskClient, session: Session) -> None:
    make_event(make_chapter("boras"), "2026-11-25 13:00").occurrences[0].cancel("Storm.")
    session.commit()
    when = one(client.get("/"), ".upcoming__when")
    assert words(when).startswith("Inställt I morgon")
    assert one(when, "s")


def test_a_house_without_dates_says_so(client: FlaskClient, session: Session) -> None:
    make_chapter("boras", name="Borås")
    session.commit()
    assert "Det finns inga fler datum i kalendern än." in words(one(client.get("/"), ".house"))


def test_how_to_have_all_houses_in_ones_own_calendar(client: FlaskClient, session: Session) -> None:
    make_event(make_chapter("boras"), "2026-11-25 13:00", title="Fika")
    session.commit()
    page = client.get("/")
    address = str(one(page, "#alla-hus copy-field input[readonly]")["value"])
    assert links(page, "#alla-hus a") == [address.replace("https:", "webcal:")]
    [feed] = links(page, "link[rel=alternate]")
    assert address.endswith(f"example.org{feed}")
    assert "SUMMARY:Fika" in client.get(feed).text
    # Whoever looks for it where one house is subscribed to is led here.
    assert "/#alla-hus" in links(client.get("/boras/prenumerera"), "main a")


def test_no_houses_at_all(client: FlaskClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "Det finns inget hus i kalendern än." in words(page)
    assert not select(page, ".house")
    assert not select(page, "#alla-hus")
