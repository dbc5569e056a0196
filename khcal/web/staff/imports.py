"""Bring in a programme by hand: choose a file or paste cells, look at the table, save it as drafts."""

from __future__ import annotations

from flask import Response, abort, flash, make_response, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import CombinedMultiDict

from khcal.calendaring import clock
from khcal.calendaring.phrases import imports as imports_phrases
from khcal.calendaring.phrases.imports import caution_line
from khcal.calendaring.reading_bytes import FileRefusal
from khcal.db import db
from khcal.forms.imports import ImportForm
from khcal.i18n import gettext as _
from khcal.models.importing import apply_import
from khcal.queries import HousePage
from khcal.queries.staff import imported

from ..access import is_resuming, redirect_to
from .access import load_own_house
from .done import commit_and_tell
from .import_content import Content, pack, read_content, unpack
from .import_done import counted, publish_all, saved_sentence
from .import_look import ImportLook, look
from .people import person

MOST_CAUTIONS = 50
JUST_NOW = 600


def imports(chapter: str) -> Response:
    """What to read."""
    return _ask(load_own_house(chapter), ImportForm())


def look_at_import(chapter: str) -> Response:
    """What would come in: of an upload, or again with other answers. Nothing is saved."""
    page = load_own_house(chapter)
    form = ImportForm(CombinedMultiDict([request.files, request.form]))
    try:
        content = _content(page, form)
        return _show(page, content, _look(page, content))
    except FileRefusal as refusal:
        form.refuse(str(refusal))
        return _ask(page, form, 422)


def save_import(chapter: str) -> Response:
    """Save the ticked rows as drafts, if they are what was shown."""
    page = load_own_house(chapter)
    if is_resuming() and not request.form.get("content"):
        return _ask(page, ImportForm(request.form).ask_for_file())
    try:
        content = unpack(request.form.get("content", ""), page)
    except FileRefusal as refusal:
        form = ImportForm()
        form.refuse(str(refusal))
        return _ask(page, form, 422)
    shown = _look(page, content)
    if is_resuming():
        return _show(page, content, shown)
    if not shown.has_work:
        return _say_it_is_there(page)
    if shown.digest != request.form.get("digest"):
        return _show(page, content, shown, look_first=True, status=409)
    return _save(page, content, shown)


def import_done(chapter: str, number: int) -> Response:
    """What an import brought, with the way to publish it."""
    page = load_own_house(chapter)
    found = imported.brought(page.house.id, number) or abort(404)
    body = render_template("staff/import_done.html", page=page, found=found, number=number, section="imports")
    return make_response(body)


def publish_import(chapter: str, number: int) -> Response:
    """Publish every draft that the import brought and that is still one."""
    page = load_own_house(chapter)
    found = imported.brought(page.house.id, number) or abort(404)
    dates = publish_all(page, found.drafts)
    commit_and_tell(page, counted(dates))
    return redirect_to(url_for("staff.import_done", chapter=chapter, number=number))


def _save(page: HousePage, content: Content, shown: ImportLook) -> Response:
    plan = shown.plan_for(_ticked(shown), _taken())
    if not any(event.changes_something for event in plan.events):
        flash(_("Inget var ikryssat, så inget är ändrat."))
        return redirect_to(url_for("staff.imports", chapter=page.house.slug))
    try:
        apply_import(db.session(), plan, False, person().id, page.house.id)
        number = commit_and_tell(page, saved_sentence(plan))
    except IntegrityError:
        db.session.rollback()
        return _show(page, content, _look(page, content), look_first=True, status=409)
    return redirect_to(url_for("staff.import_done", chapter=page.house.slug, number=number))


def _say_it_is_there(page: HousePage) -> Response:
    """Somebody pressed twice, or brought in the same again: to what the first press made."""
    last = imported.latest(page.house.id, person().id, clock.epoch_seconds() - JUST_NOW)
    if last is not None:
        return redirect_to(url_for("staff.import_done", chapter=page.house.slug, number=last))
    flash(_("Allt det här finns redan. Inget är ändrat."))
    return redirect_to(url_for("staff.imports", chapter=page.house.slug))


def _content(page: HousePage, form: ImportForm) -> Content:
    packed = request.form.get("content")
    return unpack(packed, page) if packed else read_content(form.content, clock.today(), form.is_pasted)


def _look(page: HousePage, content: Content) -> ImportLook:
    return look(page, content, request.form, _taken())


def _taken() -> set[str]:
    """Rows in which the file's word counts, not what people made of it."""
    return set(request.form.getlist("ta"))


def _ticked(shown: ImportLook) -> set[str]:
    """The rows to import: as ticked, or as they start where they were not shown."""
    were_shown, ticked = request.form.get("visade", "").split(), request.form.getlist("med")
    return {
        row.key for row in shown.rows if (row.key in ticked if row.key in were_shown else row.starts_ticked)
    }


def _ask(page: HousePage, form: ImportForm, status: int = 200) -> Response:
    body = render_template("staff/import.html", page=page, form=form, section="imports")
    return make_response(body, status)


def _show(
    page: HousePage, content: Content, shown: ImportLook, look_first: bool = False, status: int = 200
) -> Response:
    told = {
        "content": pack(content, page),
        "ticked": _ticked(shown),
        "taken": _taken(),
        "cautions": [caution_line(each, shown.plan.names) for each in shown.plan.cautions[:MOST_CAUTIONS]],
        "say": imports_phrases,
    }
    body = render_template(
        "staff/import_table.html", page=page, look=shown, look_first=look_first, section="imports", **told
    )
    return make_response(body, status)
