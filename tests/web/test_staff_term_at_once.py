"""Two who copy the same term at the same moment: the groups are copied once."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from khcal.db import db
from khcal.models import Event
from khcal.web.staff import term
from tests.html import fields, one, words
from tests.people import COLLEAGUE, client_of, make_user
from tests.web.staff_series import make_series
from tests.web.test_staff_term import DAYS, TERM


@pytest.fixture
def either_colleague(any_engine_app: Flask, either_editor: FlaskClient) -> FlaskClient:
    with any_engine_app.app_context():
        make_user(COLLEAGUE)
        db.session.commit()
    return client_of(any_engine_app, COLLEAGUE)


def table_at(client: FlaskClient, number: int, starts: str, ends: str) -> dict[str, object]:
    """What she would send, once she has looked at the group's dates at these hours."""
    typed = {f"g{number}-starts": starts, f"g{number}-ends": ends}
    shown = client.get(TERM, query_string=DAYS)
    seen = client.post(TERM, data=fields(one(shown, "#term-form")) | typed | {"action": "visa"})
    return fields(one(seen, "#term-form")) | {"action": "utkast"}


@pytest.mark.parametrize("hours", [("14", "16"), ("15", "17")])
def test_two_with_other_hours_at_the_same_moment_make_one_copy(
    any_engine_app: Flask,
    either_editor: FlaskClient,
    either_colleague: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    hours: tuple[str, str],
) -> None:
    number = make_series(any_engine_app)
    hers, theirs = (
        table_at(either_editor, number, "14", "16"),
        table_at(either_colleague, number, *hours),
    )
    answers: list[TestResponse] = []
    second = threading.Thread(target=lambda: answers.append(either_colleague.post(TERM, data=theirs)))
    save = term._save

    def save_while_the_other_asks(*asked: object) -> int | None:
        if not second.ident:
            second.start()
            second.join(0.5)
        return save(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(term, "_save", save_while_the_other_asks)
    assert either_editor.post(TERM, data=hers).status_code == 303
    second.join()
    with any_engine_app.app_context():
        old, new = db.session.scalars(db.select(Event).order_by(Event.id))
        assert {row.starts_at.hour for row in new.occurrences} == {14}
        assert (len(old.occurrences), len(new.occurrences)) == (15, 22)
    [answer] = answers
    assert answer.status_code == 409
    assert "Någon annan hann före och har kopierat Målarverkstad. Inget av ditt är sparat." in words(answer)
    assert f"Finns redan i den nya terminen. Du hade valt kl. {hours[0]}.00–{hours[1]}.00." in words(answer)
    assert "Inget datum är ikryssat" not in words(answer)
