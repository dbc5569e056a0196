"""Addresses that nobody typed: each gets a page of ours, on both engines, and never a fault."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from tests.factories import make_chapter, make_event
from tests.html import fields, one


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/provhus/aktivitet/%00", 404),
        ("/provhus/aktivitet/%00.ics", 404),
        ("/provhus/prenumerera?grupp=%00", 404),
        ("/provhus/?sok=cancer%00", 200),
        ("/provhus/?sok=%E2%80%8B%0A", 200),
        ("/provhus/?fran=0001-01-01", 200),
        ("/provhus/?fran=9999-12-31", 200),
        ("/provhus/tillfalle/2147483647", 404),
        ("/provhus/tillfalle/99999999999999999999", 404),
        ("/provhus/vecka/9999-v52", 404),
        ("/provhus/manad/0000-00", 404),
        ("/%F0%9F%8D%B5/", 404),
    ],
)
def test_it_is_answered(any_engine_app: Flask, address: str, status: int) -> None:
    with any_engine_app.app_context():
        make_event(make_chapter("provhus"), "2026-12-01 13:00")
        db.session.commit()
    answer = any_engine_app.test_client().get(address)
    assert answer.status_code == status
    assert address.endswith(".ics") or one(answer, "h1")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"andringar?fore={'9' * 5000}", 200),
        (f"andringar?aktivitet={'9' * 5000}", 200),
        (f"tillfallen/stall-in?tillfalle={'0' * 15}{'9' * 20}", 404),
        (f"tillfallen/stall-in?tillfalle={'9' * 5000}", 404),
        (f"tillfallen/stall-in?aktivitet={'0' * 15}{'9' * 20}", 404),
        ("tillfallen/stall-in?vecka=9999-v52", 200),
        ("tillfallen/stall-in?vecka=9999-v51", 200),
        ("tillfallen/stall-in?vecka=0001-v01", 200),
        ("tillfallen/flytta?vecka=9999-v52", 200),
        ("tillfallen/ta-tillbaka?vecka=9999-v52", 200),
        ("?fran=9999-12-31", 200),
    ],
)
def test_staff_are_answered(editor: FlaskClient, address: str, status: int) -> None:
    answer = editor.get(f"/personal/sjuharad/{address}")
    assert answer.status_code == status
    assert one(answer, "h1")


def test_a_week_beyond_the_calendar_can_not_be_found_right(editor: FlaskClient) -> None:
    sent = fields(one(editor.get("/personal/sjuharad/"), "form[action='/personal/logga-ut']"))
    assert editor.post("/personal/sjuharad/vecka/9999-v52/stammer", data=sent).status_code == 404
    assert editor.post("/personal/sjuharad/vecka/0000-v01/stammer", data=sent).status_code == 404
