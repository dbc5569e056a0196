"""What visitors read where a house was to be closed, once that was moved to other days."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from tests.html import texts
from tests.web.house_forms import form_at, sent_of
from tests.web.test_staff_house_closures import close, one_address


def test_the_day_that_is_open_again_says_so_everywhere(staff_app: Flask, editor: FlaskClient) -> None:
    close(editor)
    address = one_address(staff_app)
    page = editor.post(f"{address}/traffar", data=form_at(editor, address) | {"first_day": "2026-12-23"})
    editor.post(address, data=sent_of(page))
    visitor = staff_app.test_client()
    told = "Inte stängt . Huset är stängt 23 december 2026–6 januari 2027 i stället."
    for view in ("dag/2026-12-21", "?fran=2026-12-21"):
        rows = texts(visitor.get(f"/sjuharad/{view}"), ".row")
        [row] = [each for each in rows if told in each]
        assert row.startswith("Hela dagen Inte stängt"), view
        assert row.endswith("Öppet som vanligt , måndag 21 december"), row
    for view in ("vecka/2026-v52", "manad/2026-12"):
        entries = texts(visitor.get(f"/sjuharad/{view}"), ".entry")
        assert "Inte stängt Hela dagen Öppet som vanligt" in entries, (view, entries)
    assert "Flyttat till" not in visitor.get("/sjuharad/dag/2026-12-21").text
