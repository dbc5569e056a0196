"""Copy a term: last term's groups in the next one, looked at in one table, saved as drafts, published."""

from __future__ import annotations

from flask import Response, abort, make_response, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from khcal.calendaring import clock
from khcal.calendaring.next_term import usual_terms
from khcal.db import db
from khcal.forms.term import TermForm
from khcal.i18n import gettext as _
from khcal.i18n import ngettext
from khcal.models.bookkeeping import begin_change
from khcal.models.continuing import Wanted, continue_event
from khcal.queries import HousePage
from khcal.queries.staff import imported

from ..access import redirect_to
from .access import load_own_house
from .done import commit_and_tell, tell
from .editing import breaks_of
from .import_done import counted, publish_all
from .people import person
from .term_table import TermTable, make_table

VERB = "copy-term"


def copy_term_page(chapter: str) -> Response:
    """Which term, as terms usually lie; with the four days in the address the table as well."""
    page = load_own_house(chapter)
    old, new = usual_terms(clock.today())
    usual = {
        "old_first": old.first_day,
        "old_last": old.last_day,
        "new_first": new.first_day,
        "new_last": new.last_day,
    }
    form = TermForm(request.args or None, data=usual)
    if not request.args:
        return _show(page, form, None)
    if not form.validate():
        return _show(page, form, None, 422)
    return _show(page, form, make_table(page, form, breaks_of(page), None))


def copy_term(chapter: str) -> Response:
    """Save the ticked groups as drafts, if their dates are those that were shown."""
    page = load_own_house(chapter)
    form = TermForm(request.form)
    form.validate()
    if form.fields_in_error():
        return _show(page, form, None, 422)
    is_saving = not form.is_resumed and request.form.get("action") != "visa"
    table = make_table(page, form, breaks_of(page), request.form, hold=is_saving)
    if is_saving and (number := _copied_before(page, table)):
        return _to_copied(page, number)
    if not table.validate() or not is_saving:
        return _show(page, form, table, 422 if table.faults or form.is_resumed else 200)
    if form.digest.data != table.digest or not table.chosen:
        return _show_first(page, form, table)
    number = _save(page, form, table) or _copied_before(page, table)
    if number is None:
        # Somebody else was faster: the groups as they are now.
        return _show_first(page, form, make_table(page, form, breaks_of(page), request.form))
    return _to_copied(page, number)


def copied_term(chapter: str, number: int) -> Response:
    """What was copied, with the way to publish it."""
    page = load_own_house(chapter)
    found = imported.brought(page.house.id, number, VERB) or abort(404)
    told = {"found": found, "number": number, "section": "programme"}
    return make_response(render_template("staff/term_done.html", page=page, **told))


def publish_term(chapter: str, number: int) -> Response:
    """Publish every draft that the copy made and that is still one."""
    page = load_own_house(chapter)
    found = imported.brought(page.house.id, number, VERB) or abort(404)
    commit_and_tell(page, counted(publish_all(page, found.drafts)))
    return redirect_to(url_for("staff.copied_term", chapter=chapter, number=number))


def _save(page: HousePage, form: TermForm, table: TermTable) -> int | None:
    """The number of the change; ``None``, with nothing saved, when another request was faster."""
    begin_change(db.session(), VERB, person().id, page.house.id)
    try:
        for row in table.chosen:
            uid = form.uid_of_copy(row.event.id)
            wanted = Wanted(row.coming, row.ticked, row.why_not, row.room_id, uid)
            db.session.add(continue_event(row.event, wanted))
        return commit_and_tell(page, _saved_sentence(sum(len(row.ticked) for row in table.chosen)))
    except (IntegrityError, StaleDataError):
        db.session.rollback()
        return None


def _copied_before(page: HousePage, table: TermTable) -> int | None:
    """The change in which the person copied all this already: the second of a double click finds it."""
    asked = table.days_sent
    number = imported.latest(page.house.id, person().id, 0, VERB) if any(asked.values()) else None
    if number is None:
        return None
    made = {
        slug: {day.isoformat() for day in days}
        for slug, days in imported.days_brought(page.house.id, number).items()
    }
    if any(days - made.get(slug, set()) for slug, days in asked.items()):
        return None
    tell(page, _saved_sentence(sum(map(len, made.values()))), number)
    return number


def _saved_sentence(dates: int) -> str:
    one, many = _("Ett tillfälle är sparat som utkast."), _("{n} tillfällen är sparade som utkast.")
    return ngettext(one, many, dates).format(n=dates)


def _to_copied(page: HousePage, number: int) -> Response:
    return redirect_to(url_for("staff.copied_term", chapter=page.house.slug, number=number))


def _show_first(page: HousePage, form: TermForm, table: TermTable) -> Response:
    """The table once more, unsaved: with other dates than were looked at, or with nothing ticked."""
    is_empty = not table.chosen and not table.overtaken
    status = 409 if table.overtaken else 422
    return _show(page, form, table, status, look_first=bool(table.chosen), nothing=is_empty)


def _show(
    page: HousePage, form: TermForm, table: TermTable | None, status: int = 200, **told: object
) -> Response:
    form.renew()
    body = render_template("staff/term.html", page=page, form=form, table=table, section="programme", **told)
    return make_response(body, status)
