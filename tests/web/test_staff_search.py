"""Search in everything of one's house, past terms too."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from khcal.queries.staff import search as queries
from tests.factories import make_event, make_occurrence
from tests.html import Answer, links, one, select, texts, words
from tests.tables import for_each
from tests.web.statements import asked_of
from tests.web.test_staff_programme import house
from tests.web.test_staff_week_card import room

SEARCH = "/personal/sjuharad/sok"


@pytest.fixture(autouse=True)
def events(staff_app: Flask) -> None:
    with staff_app.app_context():
        own = house("sjuharad")
        make_event(
            own,
            "2024-09-03 13:00",
            "2024-12-10 13:00",
            title="Örtagård",
            leader="Trädgårdsmästaren",
            internal_note="NYCKELN hänger i ÅTERVINNINGSRUMMET",
            room=room("Samtalsrummet"),
        )
        long = make_event(
            own, "2026-11-24 13:00", "2026-12-01 13:00", title="Öppet hus", text="100 % avkoppling"
        )
        make_occurrence(long, "2026-12-13 13:00", title="Luciafika", room=room("Köket"))
        make_event(own, title="Våren 2027", published=False)
        make_event(own, "2025-01-07 10:00", title="Gamla gruppen", archived=True)
        make_event(house("goteborg"), "2026-11-24 13:00", title="Örtagård i Göteborg")
        db.session.commit()


def look_for(client: FlaskClient, wanted: str) -> Answer:
    return client.get(SEARCH, query_string={"q": wanted})


def titles(page: Answer) -> list[str]:
    return texts(page, ".staff-hit__title bdi")


@pytest.fixture
def client(editor: FlaskClient) -> FlaskClient:
    return editor


@for_each(
    ("wanted", "found"),
    [
        ("örtagård", ["Örtagård"]),
        ("ÖRTAGÅRD", ["Örtagård"]),
        ("ört", ["Örtagård"]),
        ("trädgårdsmästaren", ["Örtagård"]),
        ("TRÄDGÅRD", ["Örtagård"]),
        ("återvinning", ["Örtagård"]),
        ("nyckeln", ["Örtagård"]),
        ("samtalsrummet", ["Örtagård"]),
        ("ört samtal", ["Örtagård"]),
        ("avkoppling", ["Öppet hus"]),
        ("lucia", ["Öppet hus"]),
        ("köket", ["Öppet hus"]),
        ("öppet LUCIAFIKA", ["Öppet hus"]),
        ("våren", ["Våren 2027"]),
        ("gamla", ["Gamla gruppen"]),
        # The signs of a pattern are letters like others.
        ("100 %", ["Öppet hus"]),
        ("%", ["Öppet hus"]),
        ("_", []),
        ("\\", []),
        ("'; drop table event; --", []),
        ("ört lucia", []),
        ("ballong", []),
        # Without Swedish letters, as on a foreign keyboard.
        ("ortagard", ["Örtagård"]),
        ("ATERVINNING", ["Örtagård"]),
        ("koket", ["Öppet hus"]),
        ("ortagärd", []),
        # What is on a weekday, whatever its title.
        ("tisdag", ["Öppet hus", "Gamla gruppen", "Örtagård"]),
        ("Tisdagar avkoppling", ["Öppet hus"]),
        ("sondag", ["Öppet hus"]),
        ("måndagar", []),
        ("tis", []),
        ("ä" * 300, []),
    ],
)
def test_words_are_found_wherever_they_stand(client: FlaskClient, wanted: str, found: list[str]) -> None:
    page = look_for(client, wanted)
    assert titles(page) == found


def test_a_hit_says_what_and_when_and_leads_on(editor: FlaskClient) -> None:
    page = look_for(editor, "ö")
    hits = [words(hit) for hit in select(page, ".staff-hit")]
    assert hits == [
        "Öppet hus 3 tillfällen, 24 november–13 december 2026 "
        "Luciafika , söndag 13 december 2026 "
        "Nästa: tisdag 24 november kl. 13.00 , Öppet hus",
        "Örtagård 2 tillfällen, 3 september–10 december 2024 Senast: tisdag 10 december kl. 13.00 , Örtagård",
    ]
    assert links(page, ".staff-hit a") == [
        "/personal/sjuharad/aktivitet/2",
        "/personal/sjuharad/?fran=2026-11-24",
        "/personal/sjuharad/aktivitet/1",
        "/personal/sjuharad/?fran=2024-12-10",
    ]
    assert words(one(page, ".staff-hits__number")) == "Hittade 2"


def test_the_date_that_has_the_word_is_named(editor: FlaskClient) -> None:
    assert "Luciafika , söndag 13 december 2026" in texts(look_for(editor, "lucia"), ".staff-hit p")


def test_drafts_and_the_archived_are_marked(editor: FlaskClient) -> None:
    assert texts(look_for(editor, "våren"), ".tag") == ["Utkast"]
    assert texts(look_for(editor, "gamla"), ".tag") == ["Arkiverad"]


def test_without_a_hit_it_says_what_to_do(editor: FlaskClient) -> None:
    page = look_for(editor, "<b>ballong</b>")
    assert "Inget hittades för <b>ballong</b> . Pröva ett ord i taget" in words(page)
    assert one(page, "#sok")["value"] == "<b>ballong</b>"


def test_without_words_it_says_what_to_write(editor: FlaskClient) -> None:
    for wanted in ("", "   ", "\0"):
        assert "Skriv ett eller flera ord" in words(look_for(editor, wanted))


def test_more_than_fit_are_said(
    staff_app: Flask, editor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_HITS", 1)
    page = look_for(editor, "ö")
    assert titles(page) == ["Öppet hus"]
    assert "Hittade fler än 1" in words(page)


def test_the_field_is_on_the_programme(editor: FlaskClient) -> None:
    form = one(editor.get("/personal/sjuharad/"), "[role=search]")
    assert form["action"] == SEARCH
    assert "visually-hidden" not in one(form, "label[for=sok]").get("class", "")


@pytest.mark.parametrize("address", ["/personal/goteborg/sok?q=fika", "/personal/finns-inte/sok?q=fika"])
def test_only_in_ones_own_house(editor: FlaskClient, address: str) -> None:
    assert editor.get(address).status_code == 404


def test_as_many_questions_for_many(staff_app: Flask, editor: FlaskClient) -> None:
    counts = []
    for _ in range(2):
        with asked_of(staff_app) as statements:
            look_for(editor, "ört")
        counts.append(len(statements))
        with staff_app.app_context():
            for number in range(30):
                make_event(house("sjuharad"), f"2025-03-{number % 28 + 1:02} 10:00", title=f"Ört {number}")
            db.session.commit()
    assert counts == [5, 5]
