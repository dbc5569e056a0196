"""Call off one date, with a reason, and take that back."""

from __future__ import annotations

from flask import Response, make_response, render_template, request, url_for
from sqlalchemy.orm.exc import StaleDataError

from khcal.calendaring import phrases
from khcal.calendaring.terms import Status
from khcal.forms.cancel import CancelForm
from khcal.i18n import gettext as _
from khcal.models import Occurrence
from khcal.queries import HousePage
from khcal.queries.staff.announced import latest_change_of

from .access import load_date, load_own_house
from .after_dates import done_already, go_on, named, save_dates, title_of
from .chosen import load_own_date, stamp_of, week_of
from .new_times import NewTime, look_around


def cancel_page(chapter: str, number: int) -> Response:
    """Which date, and why; of one that is called off already, what one can do with it."""
    page = load_own_house(chapter)
    row = _load(page, number)
    return _show(page, row, CancelForm.showing(row.reason))


def cancel(chapter: str, number: int) -> Response:
    """Call it off. It keeps its place in calendar, wall and feed."""
    page = load_own_house(chapter)
    row = _load(page, number)
    form = CancelForm(request.form)
    if not form.validate() or row.is_over:
        return _show(page, row, form, 422)
    told = _("{date} är inställt.").format(date=named(row))
    if _is_so(row, form):
        return done_already(page, row, "cancel", told)
    if form.seen.data != stamp_of(row):
        return _show(page, row, form, 409)
    try:
        return go_on(page, row, save_dates(page, "cancel", lambda: row.cancel(form.sentence), told))
    except StaleDataError:
        return _show(page, _load(page, number), form, 409)


def restore(chapter: str, number: int) -> Response:
    """It takes place after all."""
    page = load_own_house(chapter)
    row = _load(page, number)
    told = _("{date} blir av.").format(date=named(row))
    if row.status is not Status.CANCELLED:
        return done_already(page, row, "restore", told)
    if row.is_over:
        return _show(page, row, CancelForm.showing(row.reason), 422)
    told = " ".join([told, *_trouble(page, row)])
    try:
        return go_on(page, row, save_dates(page, "restore", row.restore, told))
    except StaleDataError:
        return _show(page, _load(page, number), CancelForm.showing(row.reason), 409)


def _load(page: HousePage, number: int) -> Occurrence:
    """A date that visitors know of."""
    load_date(page, number)
    return load_own_date(page, number)


def _is_so(row: Occurrence, form: CancelForm) -> bool:
    return row.status is Status.CANCELLED and row.reason == form.sentence


def _change_behind(page: HousePage, row: Occurrence) -> int | None:
    """The number of the change whose texts tell that the date is off."""
    change = latest_change_of(page.house.id, row.id) if row.status is Status.CANCELLED else None
    return change.id if change else None


def _trouble(page: HousePage, row: Occurrence) -> list[str]:
    """What has taken its place meanwhile."""
    here = NewTime(row, row.starts_at, row.ends_at, row.room_id)
    look_around(page, [here])
    found = [
        _("Rummet är också bokat för {title} {when}.").format(
            title=other.title, when=phrases.at_span(other.starts_at, other.ends_at)
        )
        for other in here.clashes
    ]
    closed = [_("Huset är stängt då: {title}.").format(title=here.closed.title)] if here.closed else []
    return found + closed


def _show(page: HousePage, row: Occurrence, form: CancelForm, status: int = 200) -> Response:
    typed = _("Ställa in: {reason}").format(reason=form.sentence)
    if status in {200, 409}:
        form.seen.data = stamp_of(row)
    several = "restore_many_page" if row.status is Status.CANCELLED else "cancel_many_page"
    body = render_template(
        "staff/cancel.html",
        page=page,
        row=row,
        title=title_of(row),
        form=form,
        typed=typed,
        stale=status == 409,
        change=_change_behind(page, row),
        in_week=url_for(f"staff.{several}", chapter=page.house.slug, vecka=week_of(row)),
        onwards=url_for(
            f"staff.{several}",
            chapter=page.house.slug,
            aktivitet=row.event_id,
            fran=row.starts_at.date().isoformat(),
        ),
    )
    return make_response(body, status)
