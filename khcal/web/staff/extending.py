"""A series goes on: until when, which dates that makes, and publishing them."""

from __future__ import annotations

from datetime import date

from flask import Response, abort, flash, request, url_for
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from khcal.calendaring import clock, phrases
from khcal.calendaring.next_term import NEAR_THE_END, usual_terms
from khcal.calendaring.plan import Schedule
from khcal.calendaring.recurrence import RecurrenceError
from khcal.calendaring.terms import Status
from khcal.db import db
from khcal.forms.term import ExtendForm
from khcal.i18n import gettext as _
from khcal.i18n import ngettext
from khcal.models import Event, Occurrence
from khcal.models.applying import schedule_of
from khcal.models.bookkeeping import begin_change
from khcal.models.continuing import go_on
from khcal.models.publishing import publish_dates
from khcal.queries import HousePage
from khcal.queries.staff.history import kept_changes

from ..htmx import render
from .access import load_event, load_own_house
from .done import commit_and_tell, tell
from .editing import breaks_of
from .longer import Longer, longer_series
from .people import person
from .ways_back import back_to_programme

VERB = "extend"


def extend_page(chapter: str, number: int) -> Response:
    """Until when; the end of the next term is filled in, and its dates are shown."""
    page = load_own_house(chapter)
    event, former = _series(page, number)
    form = ExtendForm(request.args or None, former_until=former.rule_until, data={"until": _proposed(former)})
    return _show(page, event, form, former)


def preview_longer(chapter: str, number: int) -> Response:
    """The dates until the last day in the form, without saving."""
    page = load_own_house(chapter)
    event, former = _series(page, number)
    return _show(page, event, ExtendForm(request.form, former_until=former.rule_until), former)


def extend(chapter: str, number: int) -> Response:
    """Publish the ticked dates, if they are those that were shown, or keep them as drafts."""
    page = load_own_house(chapter)
    event, former = _series(page, number)
    form = ExtendForm(request.form, former_until=former.rule_until)
    publish = request.form.get("action") == "publicera"
    if rows := _made(event, form, publish):
        return _tell_again(page, event, rows, publish)
    longer = _longer(page, event, former, form)
    if longer is None or form.is_resumed:
        return _show(page, event, form, former, 422)
    if form.digest.data != longer.digest or not longer.ticked:
        return _show(page, event, form, former, 422, look_first=True)
    return _save(page, event, longer, publish) or _save_again(page, number, form, publish)


def _series(page: HousePage, number: int) -> tuple[Event, Schedule]:
    """An activity of the house with a rule; 404 for one that has none to go on."""
    event = load_event(page, number)
    former = schedule_of(event)
    return (event, former) if former is not None and not event.archived else abort(404)


def _proposed(former: Schedule) -> date:
    """The end of the term after the series' last day."""
    running, following = usual_terms(max(former.rule_until, clock.today()))
    goes_on = running.last_day - former.rule_until >= NEAR_THE_END
    return running.last_day if goes_on else following.last_day


def _longer(page: HousePage, event: Event, former: Schedule, form: ExtendForm) -> Longer | None:
    """The dates to look at; ``None``, with the fault at its field, when there are none."""
    form.validate()
    if form.fields_in_error() or form.until.data is None:
        return None
    try:
        longer = longer_series(page, event, former, form, breaks_of(page))
    except RecurrenceError as fault:
        form.until.errors = [phrases.rule_fault(fault)]
        return None
    if not longer.dates:
        form.until.errors = [_("Det blir inga nya datum. Välj ett senare slutdatum.")]
        return None
    return longer


def _save(page: HousePage, event: Event, longer: Longer, publish: bool) -> Response | None:
    """``None``, with nothing saved, when another request was faster."""
    begin_change(db.session(), VERB, person().id, page.house.id)
    try:
        go_on(event, longer.schedule, longer.ticked, longer.why_not)
        if publish:
            days = {slot.day for slot in longer.ticked}
            publish_dates(row for row in event.occurrences if row.slot in days)
        commit_and_tell(page, _sentence(event, len(longer.ticked)))
    except (IntegrityError, StaleDataError):
        db.session.rollback()
        return None
    return _go_back(page, longer.ticked[0].day, publish, longer.comes_back)


def _save_again(page: HousePage, number: int, form: ExtendForm, publish: bool) -> Response:
    """The answer to one who was outrun: by her own double click, or by somebody else."""
    event, former = _series(page, number)
    if rows := _made(event, form, publish):
        return _tell_again(page, event, rows, publish)
    return _show(page, event, form, former, 422, look_first=True)


def _made(event: Event, form: ExtendForm, publish: bool) -> list[Occurrence]:
    """The dates that the form asks for, if all of them are there: it was sent before. Else none."""
    days = set(form.days.data or ())
    rows = [row for row in event.occurrences if row.slot and row.slot.isoformat() in days]
    are_there = len(rows) == len(days) and form.until.data == event.rule_until
    is_so = all(row.status is Status.PLANNED and (row.is_published or not publish) for row in rows)
    return rows if are_there and is_so and not form.is_resumed else []


def _tell_again(page: HousePage, event: Event, rows: list[Occurrence], publish: bool) -> Response:
    """What the first sending did is told again, nothing is done again."""
    latest = kept_changes(page.house.id, event_id=event.id)[:1]
    tell(page, _sentence(event, len(rows)), next((each.id for each in latest if each.verb == VERB), None))
    first = min(row.slot for row in rows if row.slot)
    return _go_back(page, first, publish, any(row.is_published for row in rows))


def _go_back(page: HousePage, day: date, published: bool, some_came_back: bool) -> Response:
    if not published:
        flash(_draft_sentence(some_came_back))
    return back_to_programme(page, day)


def _sentence(event: Event, dates: int) -> str:
    told = ngettext("{title} fick ett nytt tillfälle.", "{title} fick {n} nya tillfällen.", dates)
    return told.format(title=event.title, n=dates)


def _draft_sentence(some_came_back: bool) -> str:
    if some_came_back:
        return _("Nya datum är utkast tills du publicerar dem. De som var inställda syns som vanligt igen.")
    return _("De är utkast tills du publicerar dem.")


def _show(
    page: HousePage, event: Event, form: ExtendForm, former: Schedule, status: int = 200, **told: object
) -> Response:
    longer = _longer(page, event, former, form)
    action = url_for("staff.extend", chapter=page.house.slug, number=event.id)
    told |= {"page": page, "event": event, "form": form, "longer": longer, "former": former, "action": action}
    return render("staff/extend.html", "date_preview", status, **told)
