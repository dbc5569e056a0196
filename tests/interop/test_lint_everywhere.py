"""The lint on what one chooses to be told of: a filter, a group, one date; in every state, and empty."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from khcal.calendaring.filters import VALUES
from khcal.calendaring.terms import Audience, Form, Kind, Places, Signup, Status
from khcal.db import db
from khcal.models import Event, Occurrence
from tests.factories import make_chapter, make_closure, make_event, make_occurrence
from tests.interop.feeds import HOUSES
from tests.interop.lint import event_sizes, faults
from tests.tries import IS_SAMPLE

FILES = (".ics", "/diskret.ics")
FILTERS = [f"{name}={value}" for name, values in VALUES.items() for value in values]
SEVERAL = "typ=samtal&for=narstaende&anmalan=anmalan&sok=%2C"
NOTHING = "form=utomhus"
IN_ALL_STATES = 8
CHOSEN = {
    "/hus.ics?typ=samtal": IN_ALL_STATES,
    f"/hus.ics?{SEVERAL}": IN_ALL_STATES,
    "/hus.ics?form=digitalt": 1,
    "/hus.ics?anmalan=utan": 3,
    f"/hus.ics?{NOTHING}": 0,
    "/hus/aktivitet/prat-och-fika.ics": IN_ALL_STATES,
    "/hus/aktivitet/julstangt.ics": 1,
    # All of its dates are long over.
    "/hus/aktivitet/slut.ics": 0,
    # Only another house shows it: whoever has the address must be told so.
    "/gast/aktivitet/prat-och-fika.ics": 0,
}
# Signs that a feed must escape, and more letters than it has room for.
HARD: dict[str, Any] = {
    "title": "Prat, och; fika",
    "slug": "prat-och-fika",
    "kind": Kind.CONVERSATION,
    "audience": frozenset({Audience.RELATIVE}),
    "signup": Signup.REQUIRED,
    "signup_contact": "prat@example.org; eller kom\\in",
    "short_text": "Rad ett,\nrad två; \\n\n" + "åäö, " * 40,
    "neutral_title": "Träff, kort; \\",
}


@pytest.fixture
def app(app: Flask) -> Flask:
    """A house whose words are hard to write, with a group in every state, days that are closed, a video."""
    with app.app_context():
        house = make_chapter("hus", name='Kraftens hus; "Prov", stad\\by', street="Gatan 1", city="Borås")
        make_chapter("gast")
        in_all_states(make_event(house, **HARD))
        make_closure(house, date(2026, 12, 24), date(2026, 12, 26), title="Julstängt")
        make_closure(house, date(2026, 12, 31), date(2026, 12, 31), title="Nyår").occurrences[0].cancel("")
        link: dict[str, Any] = {"online_link": "https://m.example.org/k,v;x", "link_is_open": True}
        make_event(house, "2026-12-08 18:00", title="Kvällsprat", form=Form.ONLINE, **link)
        make_event(house, "2025-12-01 18:00", title="Slut")
        db.session.commit()
    return app


def in_all_states(event: Event) -> None:
    make_occurrence(event, "2026-12-01 13:00")
    make_occurrence(event, "2026-12-02 13:00", places=Places.FULL, status_note="Kö, finns; \\")
    make_occurrence(event, "2026-12-03 13:00").cancel("Storm; tyvärr, igen \\")
    make_occurrence(event, "2026-12-04 13:00", places=Places.FULL).cancel("Storm.")
    make_occurrence(event, "2026-12-05 13:00").withdraw()
    make_occurrence(event, "2026-12-06")
    make_occurrence(event, "2026-12-10", title="å" * 200).cancel("")
    moved = make_occurrence(event, "2026-12-12 13:00", hours=50)
    moved.move(datetime(2026, 12, 13, 14), datetime(2026, 12, 16, 2), "Snö.")


def checked(client: FlaskClient, address: str) -> int:
    """How many dates there are in a feed that has no fault."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert faults(answer.data, discreet="diskret" in address) == [], address
    return len(event_sizes(answer.data))


@pytest.mark.parametrize("file", FILES)
def test_what_one_chooses_has_no_fault_in_any_state_and_when_it_is_empty(
    client: FlaskClient, file: str
) -> None:
    assert {each: checked(client, each.replace(".ics", file)) for each in CHOSEN} == CHOSEN


def test_one_date_has_no_fault_in_any_state(app: Flask, client: FlaskClient) -> None:
    addresses = addresses_of_dates(app)
    assert [checked(client, each) for each in addresses] == [1] * len(addresses)
    # All but the one that was published by mistake, which has no page either.
    assert len(addresses) == IN_ALL_STATES - 1 + 4


@pytest.mark.parametrize("query", FILTERS)
def test_a_narrowed_feed_has_no_fault(sample_client: FlaskClient, query: str) -> None:
    for house in ("goteborg",) if IS_SAMPLE else HOUSES:
        plain, discreet = (checked(sample_client, f"/{house}{file}?{query}") for file in FILES)
        assert plain == discreet


def test_one_date_of_the_sample_has_no_fault(sample_app: Flask) -> None:
    client = sample_app.test_client()
    for address in addresses_of_dates(sample_app)[:: 40 if IS_SAMPLE else 1]:
        assert checked(client, address) == 1


def addresses_of_dates(app: Flask) -> list[str]:
    """Of every date that has a page."""
    with app.app_context():
        dates = db.session.scalars(select(Occurrence).order_by(Occurrence.id)).all()
        shown = [date for date in dates if date.published_at and date.status is not Status.WITHDRAWN]
        return [f"/{date.event.chapter.slug}/tillfalle/{date.id}.ics" for date in shown]
