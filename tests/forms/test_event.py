"""The whole form of an activity: what it lets through, what it keeps, what it refuses."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from khcal.calendaring.terms import Audience, Form, Kind, Signup
from khcal.forms.cancel import CancelForm
from khcal.forms.event import COLUMNS, EventForm

TYPED = {
    "uid": "7c1c5f2e",
    "title": " Öppet  hus ",
    "first_day": "2026-12-03",
    "starts": "10",
    "ends": "15",
    "repeat": "once",
    "every": "1",
    "nth": "1",
    "audience": "everyone",
    "form": "onsite",
    "signup": "drop_in",
    "kind": "community",
    "language": "sv",
    "wall": "show",
}


def form_of(**typed: Any) -> EventForm:
    form = EventForm(MultiDict(TYPED | typed))
    form.offer([(1, "Köket")], [(2, "Göteborg: Salongen")], [(7, "Göteborg")], [(3, "Yoga")])
    return form


def test_a_few_fields_are_enough() -> None:
    form = form_of()
    assert form.validate(), form.errors
    values = form.values()
    assert set(values) == set(COLUMNS)
    assert (values["title"], values["kind"], values["form"]) == ("Öppet  hus", Kind.COMMUNITY, Form.ONSITE)
    assert (values["audience"], values["price"], values["room_id"]) == (
        frozenset({Audience.EVERYONE}),
        0,
        None,
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"signup_until_day": "2026-12-01"}, (date(2026, 12, 1), None, None, "")),
        ({"signup_days_before": "2", "signup_time": "12"}, (None, 2, time(12), "")),
        ({"signup_days_before": "0", "signup_time": "10"}, (None, 0, time(10), "")),
        ({"signup_until_words": "så snart du kan"}, (None, None, None, "så snart du kan")),
        ({}, (None, None, None, "")),
    ],
)
def test_the_ways_to_say_a_deadline(typed: dict[str, str], expected: tuple[object, ...]) -> None:
    form = form_of(**typed)
    assert form.validate(), form.errors
    deadline = form.deadline
    assert (deadline.day, deadline.days_before, deadline.at, deadline.words) == expected


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"signup_days_before": "2", "signup_until_words": "snart"}, "signup_until_day"),
        ({"signup_time": "12"}, "signup_time"),
        ({"signup_time": "lunch", "signup_days_before": "1"}, "signup_time"),
        ({"title": ""}, "title"),
        ({"uid": ""}, "uid"),
        ({"uid": "x y"}, "uid"),
        ({"language": "klingonska"}, "language"),
        ({"room_id": "2"}, "room_id"),
        ({"room_id": "köket"}, "room_id"),
        ({"second_room_id": "9"}, "second_room_id"),
        ({"sibling_id": "4"}, "sibling_id"),
        ({"houses": "8"}, "houses"),
        ({"facts": "hiss"}, "facts"),
        ({"online_link": "example.org/mote"}, "online_link"),
        ({"online_link": "https://example.org/a b"}, "online_link"),
        ({"online_link": "data:text/html,x"}, "online_link"),
        ({"text": "x" * 8001}, "text"),
    ],
)
def test_what_cannot_be_is_told_in_swedish(typed: dict[str, str], field: str) -> None:
    form = form_of(**typed)
    assert not form.validate()
    assert form.fields_in_error() == {field}
    assert not {"Not", "This", "Invalid"} & set(" ".join(map(str, form[field].errors)).split())


@pytest.mark.parametrize("link", ["", "https://example.org/mote?x=1", "http://example.org"])
def test_links_of_the_web_are_fine(link: str) -> None:
    assert form_of(online_link=link).validate()


def test_a_closure_has_no_sign_up() -> None:
    form = form_of(kind="closure", signup="required")
    assert form.values()["signup"] is Signup.NONE


def test_control_characters_vanish_and_lines_stay() -> None:
    assert form_of(text="Rad\x00 ett\r\nRad\x1b två\u200d").values()["text"] == "Rad ett\nRad två\u200d"


@pytest.mark.parametrize(
    ("shown", "ticked", "expected"),
    [
        ("", [], (True, False)),
        ("+a -b", ["a"], (True, False)),
        ("+a -b", [], (False, False)),
        ("+a -b", ["a", "b"], (True, True)),
        ("-a +b", ["b"], (True, False)),
    ],
)
def test_a_tick_counts_when_somebody_changed_it(
    shown: str, ticked: list[str], expected: tuple[bool, bool]
) -> None:
    form = EventForm(MultiDict([*TYPED.items(), ("shown", shown), *(("ticked", key) for key in ticked)]))
    assert (form.is_ticked("a", True), form.is_ticked("b", False)) == expected


def test_only_numbers_follow() -> None:
    form = EventForm(MultiDict([("follow", "3"), ("follow", "x"), ("follow", "³"), ("follow", "-1")]))
    assert form.followers() == {3}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reason": "ill"}, "Ledaren är sjuk."),
        ({"reason": "few", "words": "Hör av dig."}, "För få har anmält sig. Hör av dig."),
        ({"reason": "other", "words": "Vi är på utflykt."}, "Vi är på utflykt."),
    ],
)
def test_why_a_date_is_called_off(typed: dict[str, str], sentence: str) -> None:
    form = CancelForm(MultiDict(typed))
    assert form.validate(), form.errors
    assert form.sentence == sentence
