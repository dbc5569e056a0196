"""Short messages of the house: put one up, change it, take it down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Response, flash, make_response, render_template, request
from sqlalchemy import select

from khcal import permissions
from khcal.calendaring import clock, phrases
from khcal.db import db
from khcal.forms.notice import NoticeForm
from khcal.i18n import gettext as _
from khcal.models import Notice
from khcal.models.bookkeeping import begin_change
from khcal.queries import HousePage
from khcal.queries.staff.deleted import was_deleted

from .access import load_own_house
from .done import commit_and_tell
from .house_rows import back_to_house, load_row, save_row, tell_unless_stale, write
from .people import person

SHOWN_FOR = timedelta(days=7)


def new_notice(chapter: str) -> Response:
    """The empty form: from today and a week on."""
    page = load_own_house(chapter)
    return _show(page, None, _form(None))


def create_notice(chapter: str) -> Response:
    """Put it up; sent twice it is still one."""
    page = load_own_house(chapter)
    form = _form(None, request.form)
    if not (form.validate() and form.refuse_the_past(clock.today())):
        return _show(page, None, form, 422)
    begin_change(db.session(), "notice", person().id, page.house.id)
    row = Notice(chapter_id=page.house.id)
    write(row, form.values())
    db.session.add(row)
    db.session.flush()
    # Two sendings at once wait for each other at the house's revision, so that the later one sees this.
    if known := _same(row):
        db.session.rollback()
        return back_to_house(page, f"anslag-{known}")
    number = row.id
    commit_and_tell(page, _sentence(row))
    return back_to_house(page, f"anslag-{number}")


def edit_notice(chapter: str, number: int) -> Response:
    """The form as stored."""
    page = load_own_house(chapter)
    row = load_row(page, Notice, number)
    return _show(page, row, _form(row))


def update_notice(chapter: str, number: int) -> Response:
    """Save what was changed, unless somebody else changed it meanwhile."""
    page = load_own_house(chapter)
    if was_deleted(page.house.id, Notice, number):
        return _show(page, None, _form(None, request.form), 409, is_gone=True)
    row = load_row(page, Notice, number)
    form = _form(row, request.form)
    both, is_valid = form.meet(_form(row)), form.validate()
    if both:
        return _show(page, row, form, 409, conflicts=both)
    if not is_valid:
        return _show(page, row, form, 422)
    if not save_row(page, "notice", row, form, _("Anslaget är ändrat.")):
        row = load_row(page, Notice, number)
        return _show(page, row, form, 409, conflicts=form.meet(_form(row)))
    return back_to_house(page, f"anslag-{number}")


def remove_notice(chapter: str, number: int) -> Response:
    """Take it down; nobody sees it any more, and history remembers it."""
    page = load_own_house(chapter)
    if was_deleted(page.house.id, Notice, number):
        flash(_("Anslaget är redan nertaget."))
        return back_to_house(page, "anslag")
    row = load_row(page, Notice, number)
    begin_change(db.session(), "notice", person().id, page.house.id)
    db.session.delete(row)
    tell_unless_stale(page, _("Anslaget är nertaget."))
    return back_to_house(page, "anslag")


def _form(row: Notice | None, sent: Mapping[str, Any] | None = None) -> NoticeForm:
    today = clock.today()
    stored: dict[str, Any] = {"first_day": today, "last_day": today + SHOWN_FOR}
    if row is not None:
        stored = {name: getattr(row, name) for name in ("text", "first_day", "last_day", "everywhere")}
    form = NoticeForm(sent, data=stored)
    if not permissions.may_show_everywhere(person().grants):
        del form.everywhere
    return form if row is None or sent is not None else form.remember(str(row.version))


def _same(row: Notice) -> int | None:
    """Another notice that says the same on the same days."""
    same = {
        name: getattr(row, name) for name in ("chapter_id", "text", "first_day", "last_day", "everywhere")
    }
    return db.session.scalar(select(Notice.id).filter_by(**same).where(Notice.id != row.id).limit(1))


def _sentence(row: Notice) -> str:
    days = phrases.days(row.first_day, row.last_day)
    if row.first_day > clock.today():
        return _("Anslaget visas {days}.").format(days=days)
    return _("Anslaget visas nu, till och med {day}.").format(day=phrases.day(row.last_day))


def _show(
    page: HousePage, row: Notice | None, form: NoticeForm, status: int = 200, **told: object
) -> Response:
    body = render_template("staff/house_notice.html", page=page, row=row, form=form, **told)
    return make_response(body, status)
