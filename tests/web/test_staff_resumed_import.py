"""What is read in survives a lost log-in; a file can not, and is asked for again."""

from __future__ import annotations

from io import BytesIO
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.web.staff.resuming import LONGEST_KEPT
from tests.html import fields, one, select, words
from tests.web.import_files import CELLS, IMPORT, TABLE, look_at, save, sections
from tests.web.resumed import go_back, log_in_from, lose_log_in, titles


def test_pasted_cells_come_back(editor: FlaskClient, staff_app: Flask) -> None:
    form = fields(one(editor.get(IMPORT), ".staff-import__ask"))
    lose_log_in(editor)
    sent = form | {"pasted": CELLS, "file": (BytesIO(b""), "")}
    page = editor.post(TABLE, data=sent, content_type="multipart/form-data")
    back = go_back(editor, log_in_from(editor, page))
    assert one(back, "[name=pasted]").get_text().strip().splitlines() == CELLS.strip().splitlines()
    assert select(back, ".error-summary") == []
    assert "Nytt" in sections(look_at(editor, CELLS))


def test_a_file_is_asked_for_again_in_plain_words(editor: FlaskClient, staff_app: Flask) -> None:
    form = fields(one(editor.get(IMPORT), ".staff-import__ask"))
    lose_log_in(editor)
    sent = form | {"pasted": "Yoga", "file": (BytesIO(b"BEGIN:VCALENDAR"), "höst & vår.ics")}
    page = editor.post(TABLE, data=sent, content_type="multipart/form-data")
    assert page.status_code == 401
    assert "En fil kan inte följa med" in words(one(page, "main .notice"))
    wrong = log_in_from(editor, page, "fel lösenord")
    assert "En fil kan inte följa med" in words(one(wrong, "main"))
    kept = log_in_from(editor, wrong)
    assert "Filen kunde inte följa med." in words(one(kept, "main"))
    back = go_back(editor, kept)
    told = "Filen ”höst & vår.ics” kunde inte följa med genom inloggningen. Välj den igen."
    assert words(one(back, "#file-error")) == told
    assert one(back, "[name=pasted]").get_text().strip() == "Yoga"


def test_a_large_table_comes_back(editor: FlaskClient, staff_app: Flask) -> None:
    chance = Random(1)
    told = (chance.randbytes(250).hex() for _ in range(520))
    rows = "".join(
        f"2027-{1 + n % 12:02}-12\t13–15\tYoga {n}\tKöket\t{text}\n" for n, text in enumerate(told)
    )
    cells = f"Datum\tTid\tAktivitet\tLokal\tBeskrivning\n{rows}"
    shown = look_at(editor, cells)
    form = fields(one(shown, ".staff-import__table"))
    # Longer than what else is kept, and more rows than an uploaded form may have parts.
    assert len(form["content"]) > LONGEST_KEPT
    assert len(form["med"]) > staff_app.config["MAX_FORM_PARTS"]
    for sent, name in (
        (form, "content"),
        (fields(one(editor.get(IMPORT), "form[enctype]")) | {"pasted": cells}, "pasted"),
    ):
        lose_log_in(editor)
        page = editor.post(TABLE, data=sent)
        assert page.status_code == 401, page.location
        back = go_back(editor, log_in_from(editor, page))
        assert one(back, f"[name={name}]")


@pytest.mark.parametrize("to", [IMPORT, TABLE])
def test_the_table_of_an_import_comes_back(editor: FlaskClient, staff_app: Flask, to: str) -> None:
    two = "Datum\tTid\tAktivitet\n2027-01-12\t13–15\tBokprat\n2027-01-13\t13–15\tStickning\n"
    shown = look_at(editor, two)
    form = fields(one(shown, ".staff-import__table"))
    form["med"] = form["med"][:1]
    lose_log_in(editor)
    back = go_back(editor, log_in_from(editor, editor.post(to, data=form)))
    assert sections(back) == sections(shown)
    assert len(select(back, "[name=med][checked]")) == 1
    assert titles(staff_app) == []
    assert save(editor, back).status_code == 303
    assert titles(staff_app) == ["Bokprat"]
