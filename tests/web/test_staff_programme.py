"""The programme as staff see it: own dates with drafts and notes, others' as visitors do."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select as select_all

from khcal.db import db
from khcal.models import Chapter
from tests.factories import make_event
from tests.html import links, select, texts, words
from tests.people import ADMIN, client_of

PROGRAMME = "/personal/sjuharad/"


def house(slug: str) -> Chapter:
    return db.session.scalars(select_all(Chapter).filter_by(slug=slug)).one()


@pytest.fixture(autouse=True)
def events(staff_app: Flask) -> None:
    with staff_app.app_context():
        own, other = house("sjuharad"), house("goteborg")
        make_event(
            own, "2026-11-24 13:00", "2026-12-24 13:00", title="Målarkväll", internal_note="Köp penslar"
        )
        make_event(own, "2026-11-26 10:00", title="Vårstart", published=False)
        make_event(other, "2026-11-25 10:00", title="Delad", shown_in=(own,), internal_note="Deras ensak")
        make_event(other, "2026-11-25 12:00", title="Delat utkast", shown_in=(own,), published=False)
        make_event(other, "2026-11-25 14:00", title="Bara deras")
        db.session.commit()


def test_the_next_four_weeks_by_day(editor: FlaskClient) -> None:
    page = editor.get(PROGRAMME)
    assert texts(page, ".staff-day__heading") == [
        "Tisdag 24 november i dag v. 48",
        "Onsdag 25 november v. 48",
        "Torsdag 26 november v. 48",
    ]
    assert texts(page, ".staff-row__title") == ["Målarkväll", "Delad", "Vårstart"]


def test_the_rest_is_one_step_away(editor: FlaskClient) -> None:
    later = next(link for link in links(editor.get(PROGRAMME)) if "fran=" in link)
    assert later == "/personal/sjuharad/?fran=2026-12-24"
    assert texts(editor.get(later), ".staff-row__title") == ["Målarkväll"]


def test_what_one_can_do_is_on_the_row(editor: FlaskClient) -> None:
    page = editor.get(PROGRAMME)
    assert texts(page, "#tillfalle-1 .staff-action") == [
        "Ändra Målarkväll, tisdag 24 november",
        "Ställ in Målarkväll, tisdag 24 november",
    ]
    own_draft, others = select(page, "#tillfalle-3 .staff-action"), select(page, "#tillfalle-4 .staff-action")
    assert [words(action).split()[0] for action in own_draft] == ["Ändra"]
    assert not others


def test_notes_of_the_house_are_seen_but_not_those_of_others(editor: FlaskClient) -> None:
    page = editor.get(PROGRAMME).text
    assert "Köp penslar" in page
    assert "Deras ensak" not in page


def test_drafts_stand_on_top(editor: FlaskClient) -> None:
    assert texts(editor.get(PROGRAMME), ".staff-drafts li") == [
        "Vårstart 1 tillfälle, från torsdag 26 november"
    ]


@pytest.mark.parametrize("query", ["fran=skräp", "fran=9999-12-31", "fran=0001-01-01", "fran="])
def test_a_strange_day_is_today(editor: FlaskClient, query: str) -> None:
    assert texts(editor.get(f"{PROGRAMME}?{query}"), ".tag--today") == ["i dag"]


def test_an_empty_house_says_so(stranger: FlaskClient) -> None:
    assert "Inget är inlagt" in words(stranger.get("/personal/goteborg/?fran=2028-01-01"))


@pytest.mark.parametrize("address", [PROGRAMME, "/personal/finns-inte/", "/personal/goteborg/"])
def test_only_ones_own_house(editor: FlaskClient, stranger: FlaskClient, address: str) -> None:
    answers = {"editor": editor.get(address).status_code, "stranger": stranger.get(address).status_code}
    own = {PROGRAMME: "editor", "/personal/goteborg/": "stranger"}.get(address)
    assert answers == {who: 200 if who == own else 404 for who in answers}


def test_the_start_page_lists_ones_houses(staff_app: Flask) -> None:
    admin = client_of(staff_app, ADMIN)
    assert links(admin.get("/personal/"), ".staff-houses a") == ["/personal/goteborg/", PROGRAMME]


@pytest.mark.parametrize("dates", [1, 40])
def test_the_number_of_questions_does_not_grow(staff_app: Flask, editor: FlaskClient, dates: int) -> None:
    from tests.web.statements import asked_of

    with staff_app.app_context():
        starts = [f"2026-12-{1 + number // 2:02} {10 + number % 2}:00" for number in range(dates)]
        make_event(house("sjuharad"), *starts, title="Många")
        db.session.commit()
    with asked_of(staff_app) as statements:
        editor.get(PROGRAMME)
    assert len(statements) <= 7
