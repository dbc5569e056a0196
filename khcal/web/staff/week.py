"""The answer "Allt stämmer" to the card of a week."""

from __future__ import annotations

from datetime import date

from flask import Response, abort, flash, request, url_for
from sqlalchemy.exc import IntegrityError

from khcal.calendaring import clock, phrases
from khcal.db import db
from khcal.i18n import gettext as _
from khcal.models import WeekCheck
from khcal.queries import HousePage

from ..access import redirect_to
from .access import load_own_house
from .people import person


def check_week(chapter: str, year: int, number: int) -> Response:
    """Mark the week as found right, as the person saw it; what changed meanwhile has to be seen first."""
    page = load_own_house(chapter)
    monday = _monday(year, number)
    if request.form.get("revision") != str(page.house.revision):
        flash(_("Något har ändrats sedan du öppnade sidan. Titta igenom veckan en gång till."))
    else:
        _keep(page, monday)
        flash(_("{week} är kontrollerad.").format(week=phrases.capital(phrases.week(monday))))
    return redirect_to(_address(page, monday))


def _monday(year: int, number: int) -> date:
    try:
        return clock.days_of_week(year, number)[0]
    except ValueError:
        abort(404)


def _keep(page: HousePage, monday: date) -> None:
    """One check a week: the latest. Sent twice at once it is still one."""
    known = db.session.scalar(db.select(WeekCheck).filter_by(chapter_id=page.house.id, monday=monday))
    check = known or WeekCheck(chapter_id=page.house.id, monday=monday)
    check.user_id, check.revision = person().id, page.house.revision
    check.checked_at = clock.epoch_seconds()
    db.session.add(check)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()


def _address(page: HousePage, monday: date) -> str:
    """The programme with that week on it."""
    this_monday = clock.monday_of(clock.today())
    is_shown = monday in {this_monday, this_monday + 7 * clock.ONE_DAY}
    start = None if is_shown else monday.isoformat()
    return url_for("staff.programme", chapter=page.house.slug, fran=start, _anchor=f"vecka-{monday}")
