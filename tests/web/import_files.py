"""Files that people bring in: an Outlook calendar, cells from Excel; and how they are sent."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from khcal.db import db
from khcal.models import Change, Event, Occurrence
from tests.html import Answer, fields, one, texts

IMPORT = "/personal/sjuharad/import"
TABLE = f"{IMPORT}/tabell"
CELLS = (
    "Datum\tTid\tAktivitet\tLokal\tTyp\n"
    "2027-01-12\t13–15\tSamtalsgrupp\tSamtalsrummet\tsamtal\n"
    "2027-01-19\t13–15\tSamtalsgrupp\tSamtalsrummet\tsamtal\n"
    "tis 26 jan\tkl 13-15\tSamtalsgrupp\tSamtalsrummet\tsamtal\n"
    "2027-02-03\t10.00\tQigong\tGräsmattan\tQigong\n"
    "i mitten av mars\t13–15\tVårfest\t\tgemenskap\n"
)


def look_at(client: FlaskClient, content: bytes | str, **answers: Any) -> TestResponse:
    """Upload a file, or paste cells, and look at the table."""
    sent = fields(one(client.get(IMPORT), ".staff-import__ask"))
    given = {"pasted": content} if isinstance(content, str) else {"file": (BytesIO(content), "fil.ics")}
    return client.post(TABLE, data=sent | given | answers, content_type="multipart/form-data")


def again(client: FlaskClient, shown: TestResponse, **answers: Any) -> TestResponse:
    """The table anew with other answers."""
    return client.post(TABLE, data=fields(one(shown, ".staff-import__table")) | answers)


def save(client: FlaskClient, shown: TestResponse, **answers: Any) -> TestResponse:
    """Save what is ticked."""
    return client.post(IMPORT, data=fields(one(shown, ".staff-import__table")) | answers)


def bring_in(client: FlaskClient, content: bytes | str) -> TestResponse:
    """Look at it and save all of it."""
    answer = save(client, look_at(client, content))
    assert answer.status_code == 303, answer.text
    return client.get(answer.location)


def counted(app: Flask) -> tuple[int | None, int | None]:
    """Activities and dates."""
    with app.app_context():
        return tuple(db.session.scalar(select(func.count()).select_from(m)) for m in (Event, Occurrence))  # type: ignore[return-value]


def sections(page: Answer) -> dict[str, list[str]]:
    """The titles under each heading of the table."""
    return {
        texts(part, "h2")[0].rsplit(" ", 1)[0]: texts(part, ".staff-import-row__title bdi")
        for part in one(page, ".staff-import__table").select("section.staff-import__part")
        if part.select(".staff-import__rows")
    }


def latest(app: Flask) -> int:
    with app.app_context():
        return int(db.session.scalars(select(func.max(Change.id))).one() or 0)
