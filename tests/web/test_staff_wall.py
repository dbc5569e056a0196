"""What staff choose for an activity on the screen in the house, from the form to the screen."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.html import texts, words
from tests.web.made import made
from tests.web.staff_forms import NEW, ONE_DATE, save

SECRET, NEUTRAL = "Kvällsfika", "Träff i köket"


def on_the_wall(client: FlaskClient) -> list[str]:
    days = json.loads(client.get("/skarm/sjuharad/program.json").text)["days"]
    return [event["title"] for day in days for event in day["events"]]


def test_the_form_asks_how_it_is_shown(editor: FlaskClient) -> None:
    assert texts(editor.get(NEW), "#wall option") == [
        "Visas som vanligt",
        "Visas med en neutral titel",
        "Visas inte",
    ]


@pytest.mark.parametrize(("chosen", "shown"), [("show", [SECRET]), ("neutral", [NEUTRAL]), ("hide", [])])
def test_a_choice_is_on_the_wall_at_once(
    staff_app: Flask, editor: FlaskClient, chosen: str, shown: list[str]
) -> None:
    made(editor, **ONE_DATE, wall=chosen, neutral_title=NEUTRAL)
    visitor = staff_app.test_client()
    assert on_the_wall(visitor) == shown
    assert (SECRET in visitor.get("/skarm/sjuharad/program.json").text) is (chosen == "show")
    # Everywhere else it is what it is.
    assert SECRET in words(visitor.get("/sjuharad/dag/2026-12-03"))


def test_it_may_be_chosen_later(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **ONE_DATE, neutral_title=NEUTRAL)
    visitor, seen = staff_app.test_client(), []
    for chosen in ("neutral", "hide", "show"):
        save(editor, "/personal/sjuharad/aktivitet/1", wall=chosen)
        seen.append(on_the_wall(visitor))
    assert seen == [[NEUTRAL], [], [SECRET]]
