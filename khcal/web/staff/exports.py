"""The programme of a house as a file that a spreadsheet opens and that khcal reads again. Staff only."""

from __future__ import annotations

from flask import Response, make_response

from khcal.calendaring import clock
from khcal.db import db
from khcal.models.exporting import export_programme

from .access import load_own_house


def export(chapter: str) -> Response:
    """Everything that the house keeps, with notes and drafts."""
    page = load_own_house(chapter)
    response = make_response(export_programme(db.session(), [page.house.slug]))
    response.mimetype = "text/csv"
    name = f"program-{page.house.slug}-{clock.today()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
