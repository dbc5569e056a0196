"""What must not be brought in by hand: hostile files, a form that was tampered with."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from khcal.db import db
from khcal.models import Event
from tests.html import fields, one, words
from tests.unit.calendars import calendar, event
from tests.web.import_files import CELLS, IMPORT, TABLE, bring_in, counted, latest, look_at, save, sections


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "Det finns inget att läsa in."),
        (b"PK\x03\x04", "Excelbok"),
        (calendar(event(), head="METHOD:CANCEL"), "inte en kalender"),
        (b"\x00" * 500, "styrtecken"),
    ],
    ids=["nothing", "workbook", "cancel", "nulls"],
)
def test_what_can_not_be_read_is_told_at_the_field(
    editor: FlaskClient, content: bytes | str, told: str
) -> None:
    answer = look_at(editor, content)
    assert answer.status_code == 422
    assert told in words(one(answer, ".error-summary"))
    assert told in words(one(answer, ".field__error"))


def test_pasted_text_is_kept_when_it_can_not_be_read(editor: FlaskClient) -> None:
    answer = look_at(editor, 'Dag;Titel\n"12/1;Yoga')
    assert answer.status_code == 422
    assert one(answer, "[name=pasted]").get_text().strip().startswith("Dag;Titel")


def test_what_was_read_can_not_be_changed_on_the_way(editor: FlaskClient, colleague: FlaskClient) -> None:
    page = look_at(editor, CELLS)
    content = str(one(page, "[name=content]")["value"])
    assert save(editor, page, content=content[:-3] + "abc").status_code == 422
    assert save(editor, page, content="").status_code == 422
    own = fields(one(look_at(colleague, CELLS), ".staff-import__table")) | {"content": content}
    assert colleague.post(IMPORT, data=own).status_code == 422


def test_a_large_table_travels(editor: FlaskClient, staff_app: Flask) -> None:
    rows = "".join(f"2027-01-{n % 28 + 1:02}\t13–15\tGrupp {n} med {n * n} ord\n" for n in range(700))
    page = look_at(editor, f"Dag\tTid\tTitel\n{rows}")
    assert len(one(page, ".staff-import__table").select("[name=med]")) == 700
    assert save(editor, page).status_code == 303
    assert counted(staff_app) == (700, 700)


def test_old_letters_are_read_right_and_shown_to_be_checked(editor: FlaskClient) -> None:
    page = look_at(editor, "Dag;Tid;Titel\n2027-01-12;13–15;Målarkväll på ön\n".encode("cp1252"))
    assert sections(page) == {"Nytt": ["Målarkväll på ön"]}
    assert "Kontrollera att å, ä och ö har blivit rätt." in words(one(page, "main"))


def test_formulas_are_data(editor: FlaskClient, staff_app: Flask) -> None:
    bring_in(editor, 'Dag\tTid\tTitel\n2027-01-12\t13–15\t=HYPERLINK("https://example.org")\n')
    with staff_app.app_context():
        assert db.session.scalars(select(Event.title)).one().startswith("=HYPERLINK")
    assert "\"'=HYPERLINK" in editor.get("/personal/sjuharad/export.csv").text


def test_nothing_of_a_file_that_is_not_asked_for_is_stored(
    editor: FlaskClient, staff_app: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    canary = "kanariefagel"
    lines = [
        event(),
        f'ATTENDEE;CN="{canary}":mailto:{canary}@example.org',
        f"ORGANIZER:mailto:{canary}@example.org",
        f"COMMENT:{canary}",
        f"X-{canary.upper()}:{canary}",
        *("BEGIN:VALARM", f"DESCRIPTION:{canary}", "END:VALARM"),
    ]
    bring_in(editor, calendar("\n".join(lines), event("2", canary, CLASS="PRIVATE")))
    assert counted(staff_app) == (1, 1)
    kept = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert kept
    assert not [file for file in kept if canary.encode() in file.read_bytes()]
    assert canary not in caplog.text


def test_an_import_that_never_was_or_is_anothers_is_not_there(
    editor: FlaskClient, stranger: FlaskClient, staff_app: Flask
) -> None:
    bring_in(editor, CELLS)
    number = latest(staff_app)
    assert editor.get(f"{IMPORT}/{number}").status_code == 200
    assert editor.get(f"{IMPORT}/{number + 1}").status_code == 404
    assert stranger.get(f"/personal/goteborg/import/{number}").status_code == 404
    assert editor.get(TABLE).status_code == 405
