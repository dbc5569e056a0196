"""A group: what it is and all its dates over the years."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from khcal.calendaring.terms import Audience, Fact, Places, Signup
from khcal.models import Chapter
from tests.factories import make_chapter, make_event
from tests.html import links, one, select, texts, words

GROUP = "/goteborg/aktivitet/malarkvall"


@pytest.fixture
def house(session: Session) -> Chapter:
    return make_chapter("goteborg", name="Kraftens hus Göteborg")


def test_coming_dates_first_and_past_ones_folded(
    client: FlaskClient, session: Session, house: Chapter
) -> None:
    make_event(house, "2026-11-10 13:00", "2026-11-17 13:00", "2026-11-24 08:00", "2027-01-12 13:00")
    session.commit()
    page = client.get(GROUP)
    assert texts(page, "h1") == ["Målarkväll"]
    assert texts(page, "section > .dates a") == [
        "Tisdag 24 november kl. 08.00–10.00",
        "Tisdag 12 januari 2027 kl. 13.00–15.00",
    ]
    assert texts(page, "details.later a") == [
        "Tisdag 17 november kl. 13.00–15.00",
        "Tisdag 10 november kl. 13.00–15.00",
    ]
    assert texts(page, "details.later summary") == ["Tidigare datum (2)"]


def test_a_long_term_is_folded_after_the_next_few(
    client: FlaskClient, session: Session, house: Chapter
) -> None:
    make_event(house, *(f"2026-12-{day:02} 13:00" for day in range(1, 13)))
    session.commit()
    page = client.get(GROUP)
    assert len(select(page, "section > .dates a")) == 8
    assert texts(page, "details.later summary") == ["4 datum till"]
    assert len(select(page, "details.later a")) == 4


def test_what_one_wonders(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(
        house,
        "2026-12-01 13:00",
        short_text="Vi målar.",
        text="Första stycket.\n\nAndra stycket.",
        audience=frozenset({Audience.RELATIVE, Audience.BEREAVED}),
        language="fi",
        place="Biblioteket",
        address="Gatan 1, Göteborg",
        signup=Signup.REQUIRED,
        signup_contact="hus@example.org",
        capacity=8,
        price=50,
        leader="konstnär",
        facts=frozenset({Fact.STEP_FREE}),
        access="Rullator går bra.",
    )
    session.commit()
    page = client.get(GROUP)
    assert texts(page, ".prose p") == ["Vi målar.", "Första stycket.", "Andra stycket."]
    facts = words(one(page, "dl.facts"))
    for answer in (
        "Var? Biblioteket Gatan 1, Göteborg",
        "Anmälan Anmäl dig före hus@example.org Högst 8 personer.",
        "För vem? Närstående och efterlevande",
        "Vad kostar det? 50 kr",
        "Språk På finska",
        "Bra att veta Utan trappsteg Rullator går bra.",
        "Vem håller i det? Konstnär",
    ):
        assert answer in facts
    assert "mailto:hus@example.org" in links(page, "dl.facts a")


def test_the_parallel_group(client: FlaskClient, session: Session, house: Chapter) -> None:
    event = make_event(house, "2026-12-01 13:00")
    event.sibling = make_event(house, "2026-12-01 13:00", title="För närstående")
    session.commit()
    assert links(client.get(GROUP), ".columns__side section a")[-1] == "/goteborg/aktivitet/for-narstaende"


def test_a_cancelled_date_keeps_its_line(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-12-01 13:00", "2026-12-08 13:00").occurrences[0].cancel("Storm.")
    session.commit()
    line = select(client.get(GROUP), ".dates li")[0]
    assert words(line) == (
        "Tisdag 1 december kl. 13.00–15.00 Inställt . Storm. Nästa gång är tisdag 8 december."
    )
    assert texts(line, "s") == ["Tisdag 1 december kl. 13.00–15.00"]


def test_how_to_come_is_told_of_a_date_one_can_come_to(
    client: FlaskClient, session: Session, house: Chapter
) -> None:
    event = make_event(house, *(f"2026-12-{day} 13:00" for day in ("01", "08", "15")), signup=Signup.REQUIRED)
    event.occurrences[0].cancel("")
    event.occurrences[1].places = Places.FULL
    session.commit()
    assert "Anmälan Anmäl dig före" in words(one(client.get(GROUP), "dl.facts"))


def test_a_moved_date_is_listed_once(client: FlaskClient, session: Session, house: Chapter) -> None:
    event = make_event(house, "2026-12-01 13:00")
    event.occurrences[0].move(datetime(2026, 12, 3, 14), datetime(2026, 12, 3, 16))
    session.commit()
    assert texts(client.get(GROUP), ".dates a") == ["Torsdag 3 december kl. 14.00–16.00"]


def test_events_of_one_title_are_one_group(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-11-30 13:00")
    make_event(house, "2027-01-18 13:00")
    session.commit()
    assert len(select(client.get(GROUP), ".dates a")) == 2


def test_a_group_with_no_dates_left(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-11-10 13:00")
    session.commit()
    page = client.get(GROUP)
    assert "Inga fler datum är bestämda än." in words(one(page, "main"))
    assert "/goteborg/" in links(page, "main a")


def test_only_this_group_can_be_subscribed_to(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-12-01 13:00")
    session.commit()
    page = client.get(GROUP)
    assert one(page, "link[rel=alternate]")["href"] == f"{GROUP}.ics"
    assert "/goteborg/prenumerera?grupp=malarkvall" in links(page, "main a")


def test_a_group_of_drafts_does_not_exist(client: FlaskClient, session: Session, house: Chapter) -> None:
    make_event(house, "2026-12-01 13:00", published=False)
    session.commit()
    assert client.get(GROUP).status_code == 404


def test_a_group_of_another_house_does_not_exist(
    client: FlaskClient, session: Session, house: Chapter
) -> None:
    make_event(make_chapter("boras"), "2026-12-01 13:00")
    session.commit()
    assert client.get(GROUP).status_code == 404
