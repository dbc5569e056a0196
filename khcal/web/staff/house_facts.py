"""What a house tells of itself: address, way in, opening hours, telephone."""

from __future__ import annotations

from flask import Response, make_response, render_template, request

from khcal.db import db
from khcal.forms.house import FactsForm
from khcal.i18n import gettext as _
from khcal.models import Chapter
from khcal.queries import HousePage

from .access import load_own_house
from .house_rows import back_to_house, save_row


def edit_facts(chapter: str) -> Response:
    """The form as stored."""
    page = load_own_house(chapter)
    return _show(page, _form(_stored(page)))


def update_facts(chapter: str) -> Response:
    """Save what was changed, unless somebody else changed it meanwhile."""
    page = load_own_house(chapter)
    row = _stored(page)
    form = FactsForm(request.form)
    both, is_valid = form.meet(_form(row)), form.validate()
    if both:
        return _show(page, form, 409, conflicts=both)
    if not is_valid:
        return _show(page, form, 422)
    if not save_row(page, "house", row, form, _("Uppgifterna är sparade och syns nu.")):
        return _show(page, form, 409, conflicts=form.meet(_form(_stored(page))))
    return back_to_house(page, "uppgifter")


def _stored(page: HousePage) -> Chapter:
    return db.session.get_one(Chapter, page.house.id)


def _form(row: Chapter) -> FactsForm:
    stored = {name: getattr(row, name) for name in FactsForm.kept}
    return FactsForm(data=stored).remember(str(row.version))


def _show(page: HousePage, form: FactsForm, status: int = 200, **told: object) -> Response:
    return make_response(render_template("staff/house_facts.html", page=page, form=form, **told), status)
