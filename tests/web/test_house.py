"""The house: where it is, how to get in, when it is open, whom to ask."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from khcal.web.visitor.marks import tel
from tests.factories import make_chapter, make_event, make_notice
from tests.html import links, one, select, texts, words

HOUSE = "/boras/huset"
KNOWN = {
    "name": "Kraftens hus Sjuhärad",
    "street": "Gatan 1",
    "city": "Borås",
    "directions": "Ta hissen till plan 6.\nRing på klockan.",
    "hours": "Måndag kl. 10–15",
    "phone": "033-12 34 56",
    "email": "hus@example.org",
    "access": "Hiss och hörslinga finns.",
}


def test_everything_that_is_known(client: FlaskClient, session: Session) -> None:
    make_chapter("boras", **KNOWN)
    session.commit()
    page = client.get(HOUSE)
    facts = words(one(page, "dl.facts"))
    assert texts(page, "h1") == ["Kraftens hus Sjuhärad"]
    assert all(words(text) in facts for name, text in KNOWN.items() if name != "name")
    assert {"tel:+4633123456", "mailto:hus@example.org"} <= set(links(page, "dl.facts a"))


def test_what_is_not_known_says_what_to_do(client: FlaskClient, session: Session) -> None:
    make_chapter("boras")
    session.commit()
    facts = words(one(client.get(HOUSE), "dl.facts"))
    assert "Gatuadressen är inte inlagd än." in facts
    assert "Fråga huset om vägen in." in facts
    assert "Telefon och e-post är inte inlagda än." in facts


def test_what_is_next_in_the_house(client: FlaskClient, session: Session) -> None:
    make_event(make_chapter("boras"), "2026-11-24 17:00", title="Körsång")
    session.commit()
    assert "I dag: Körsång kl. 17.00–19.00." in words(one(client.get(HOUSE), "dl.facts"))


def test_the_national_association_has_no_house(client: FlaskClient, session: Session) -> None:
    make_chapter("riks", name="Riksföreningen", national=True)
    session.commit()
    page = client.get("/riks/huset")
    assert texts(page, "dt") == ["Kontakt"]
    assert texts(page, ".site-footer h2")[0] == "Kontakta oss"


def test_notices_are_there_too(client: FlaskClient, session: Session) -> None:
    make_notice(make_chapter("boras"), "Hissen är trasig.")
    session.commit()
    assert texts(client.get(HOUSE), ".notice") == ["Hissen är trasig."]


@pytest.mark.parametrize("path", ["/", "/boras/", "/boras/huset", "/boras/vecka/2026-v48", "/om/integritet"])
def test_contact_is_in_the_same_place_on_every_page(client: FlaskClient, session: Session, path: str) -> None:
    make_chapter("boras", **KNOWN)
    session.commit()
    footer = one(client.get(path), "footer")
    assert words(select(footer, "h2")[0]) == "Kontakta huset"
    assert HOUSE in links(footer)


def test_every_house_is_in_the_header(client: FlaskClient, session: Session) -> None:
    make_chapter("boras", short_name="Borås")
    make_chapter("ornas", short_name="Ornäs")
    session.commit()
    header = one(client.get(HOUSE), "header.site-header")
    assert texts(header, "nav a") == ["Borås", "Ornäs"]
    assert texts(header, "nav a[aria-current]") == ["Borås"]


def test_a_page_that_is_missing_leads_to_its_house_first(client: FlaskClient, session: Session) -> None:
    make_chapter("boras", name="Kraftens hus Sjuhärad")
    session.commit()
    assert links(client.get("/finns-inte/"), "main a") == ["/"]
    assert links(client.get("/boras/aktivitet/finns-inte"), "main a") == ["/boras/", "/"]


def test_a_house_that_does_not_exist(client: FlaskClient) -> None:
    assert client.get(HOUSE).status_code == 404


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("033-12 34 56", "+4633123456"),
        ("+46 33 12 34 56", "+4633123456"),
        ("0046331234", "+46046331234"),
        ("1177", "1177"),
        ("", ""),
    ],
)
def test_a_number_is_dialled_from_anywhere(number: str, dialled: str) -> None:
    assert tel(number) == dialled
