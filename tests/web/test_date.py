"""One date: everything a visitor wonders before coming."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from khcal.calendaring.terms import Form, Places, Signup
from khcal.models import Chapter, Event
from tests.factories import make_chapter, make_closure, make_event, make_occurrence
from tests.html import links, one, select, texts, words


@pytest.fixture
def house(session: Session) -> Chapter:
    return make_chapter("goteborg", name="Kraftens hus Göteborg")


def address(event: Event, house: str = "goteborg") -> str:
    return f"/{house}/tillfalle/{event.occurrences[0].id}"


def test_what_and_when(client: FlaskClient, session: Session, house: Chapter) -> None:
    path = address(make_event(house, "2026-11-24 17:30", short_text="Vi målar."))
    session.commit()
    page = client.get(path)
    assert texts(page, "h1") == ["Målarkväll"]
    assert texts(page, ".date-head__when") == ["Tisdag 24 november 2026 kl. 17.30–19.30 i dag"]
    assert texts(page, ".date-head__text") == ["Vi målar."]
    assert words(one(page, "title")).startswith("Målarkväll, tisdag 24 november")


def test_to_keep_it_in_mind(client: FlaskClient, session: Session, house: Chapter) -> None:
    path = address(make_event(house, "2026-12-01 13:00"))
    session.commit()
    side = one(client.get(path), ".columns__side")
    assert {
        f"{path}.ics",
        "/goteborg/prenumerera?grupp=malarkvall",
        "/goteborg/aktivitet/malarkvall",
        "/goteborg/",
    } == {link for link in links(side) if link.startswith("/")}


def test_a_cancelled_date(client: FlaskClient, session: Session, house: Chapter) -> None:
    event = make_event(house, "2026-11-26 13:00", "2026-12-03 13:00", status_note="Ta med förkläde.")
    event.occurrences[0].cancel("Ledaren är sjuk.")
    path = address(event)
    session.commit()
    page = client.get(path)
    assert texts(page, ".outcome") == ["Inställt . Ledaren är sjuk. Nästa gång är torsdag 3 december."]
    assert texts(page, "s") == ["Torsdag 26 november 2026 kl. 13.00–15.00"]
    assert not select(page, ".places")


def test_a_cancelled_date_invites_nobody(client: FlaskClient, session: Session, house: Chapter) -> None:
    event = make_event(house, "2026-11-26 13:00", "2026-12-03 13:00", signup=Signup.REQUIRED, capacity=10)
    event.occurrences[0].cancel("")
    path = address(event)
    session.commit()
    page = client.get(path)
    assert "Anmälan" not in texts(page, "dt")
    assert "Högst" not in words(one(page, "dl.facts"))
    assert f"{path}.ics" not in links(page, "main a")
    assert not [link for link in links(page, "main a") if "google" in link or "outlook" in link]
    told = "Inställt: Målarkväll, torsdag 26 november kl. 13.00–15.00"
    for title in (one(page, "title").get_text(), str(one(page, "share-link")["data-title"])):
        assert title.replace("\N{NO-BREAK SPACE}", " ").startswith(told)
    assert "/goteborg/aktivitet/malarkvall" in links(page, ".columns__side a")


def test_a_moved_date(client: FlaskClient, session: Session, house: Chapter) -> None:
    event = make_event(house, "2026-11-27 10:30")
    event.occurrences[0].move(datetime(2026, 11, 26, 10, 30), datetime(2026, 11, 26, 12), "Storm väntas.")
    path = address(event)
    session.commit()
    page = client.get(path)
    assert texts(page, ".date-head__when") == ["Torsdag 26 november 2026 kl. 10.30–12.00"]
    assert texts(page, ".outcome") == ["Flyttat hit från fredag 27 november. Storm väntas."]


def test_a_full_date_says_how_to_queue(client: FlaskClient, session: Session, house: Chapter) -> None:
    note = "Du kan ställa dig i kö."
    event = make_event(house, "2026-12-01 13:00", status_note=note, signup=Signup.REQUIRED)
    event.occurrences[0].places = Places.FULL
    path = address(event)
    session.commit()
    page = client.get(path)
    assert texts(page, ".places") == ["Fullt. Du kan ställa dig i kö."]
    assert "Anmälan Fullt. Fråga huset om du vill stå i kö Så når du oss" in words(one(page, "dl.facts"))


def test_a_date_that_has_been(client: FlaskClient, session: Session, house: Chapter) -> None:
    path = address(make_event(house, "2026-11-10 13:00", status_note="Fullbokat."))
    session.commit()
    page = client.get(path)
    assert "Det här har redan varit." in words(one(page, "main"))
    assert one(page, "meta[name=robots]")["content"] == "noindex"
    assert f"{path}.ics" not in links(page, "main a")
    assert not select(page, ".places")


@pytest.mark.parametrize(
    ("values", "answer"),
    [
        ({"signup": Signup.DROP_IN}, "Anmälan Du behöver inte anmäla dig För vem?"),
        (
            {"signup": Signup.REQUIRED, "signup_until_day": date(2026, 11, 30)},
            "Anmälan senast måndag 30 november Anmäl dig till huset. Så når du oss",
        ),
        (
            {"signup": Signup.REQUIRED, "signup_until_day": date(2026, 11, 20)},
            "Anmälan stängde fredag 20 november Fråga huset om det ändå finns plats.",
        ),
        (
            {"signup": Signup.REQUIRED, "signup_contact": "hus@example.org"},
            "Anmälan Anmäl dig före hus@example.org",
        ),
        ({"form": Form.ONLINE, "online_info": "Du får länken."}, "Vara med digitalt Du får länken."),
        ({"form": Form.HYBRID}, "Det går att vara med hemifrån."),
        ({"price": 0}, "Vad kostar det? Kostnadsfritt"),
        ({"price": 120}, "Vad kostar det? 120 kr"),
    ],
)
def test_answers(
    client: FlaskClient, session: Session, house: Chapter, values: dict[str, Any], answer: str
) -> None:
    path = address(make_event(house, "2026-12-01 13:00", **values))
    session.commit()
    assert answer in words(one(client.get(path), "dl.facts"))


def test_a_link_is_shown_only_when_it_is_open(client: FlaskClient, session: Session, house: Chapter) -> None:
    link = "https://mote.example.org/rum"
    online: dict[str, Any] = {"form": Form.ONLINE, "online_link": link}
    hidden = address(make_event(house, "2026-12-01 13:00", title="Sluten", **online))
    shown = address(make_event(house, "2026-12-01 13:00", title="Öppen", link_is_open=True, **online))
    session.commit()
    assert link not in client.get(hidden).text
    assert link in links(client.get(shown), "dl.facts a")


def test_a_shared_date_names_the_houses(client: FlaskClient, session: Session, house: Chapter) -> None:
    other = make_chapter("stockholm", name="Kraftens hus Stockholm", short_name="Stockholm")
    event = make_event(other, "2026-12-01 13:00", shown_in=(house,))
    here, there = address(event), address(event, "stockholm")
    session.commit()
    assert "Kraftens hus Stockholm ordnar." in words(one(client.get(here), "dl.facts"))
    assert client.get(there).status_code == 200


def test_days_without_times(client: FlaskClient, session: Session, house: Chapter) -> None:
    event = make_event(house, title="Helg vid havet")
    make_occurrence(event, "2027-04-23", ends_at=datetime(2027, 4, 26))
    path = address(event)
    session.commit()
    assert texts(client.get(path), ".date-head__when") == ["23–25 april 2027"]


def test_a_closed_house(client: FlaskClient, session: Session, house: Chapter) -> None:
    path = address(make_closure(house, date(2026, 12, 21), date(2027, 1, 6), "Julstängt"))
    session.commit()
    page = client.get(path)
    assert texts(page, ".date-head__when") == ["21 december 2026–6 januari 2027"]
    assert not select(page, "dl.facts")


def test_a_date_of_another_house_does_not_exist(
    client: FlaskClient, session: Session, house: Chapter
) -> None:
    path = address(make_event(make_chapter("boras"), "2026-12-01 13:00"))
    session.commit()
    assert client.get(path).status_code == 404


def test_a_draft_does_not_exist(client: FlaskClient, session: Session, house: Chapter) -> None:
    path = address(make_event(house, "2026-12-01 13:00", published=False))
    session.commit()
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("number", ["0", "999999", "-1", "abc", "99999999999999999999999"])
def test_a_number_that_is_no_date(client: FlaskClient, session: Session, house: Chapter, number: str) -> None:
    session.commit()
    assert client.get(f"/goteborg/tillfalle/{number}").status_code == 404
