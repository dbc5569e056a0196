"""Move several dates at once: by days, to other hours, to another room."""

from __future__ import annotations

from flask import Response, request, url_for
from sqlalchemy.orm.exc import StaleDataError

from khcal.calendaring import clock
from khcal.calendaring.terms import Status
from khcal.forms.move import MoveManyForm, tell
from khcal.i18n import gettext as _
from khcal.models import Occurrence
from khcal.queries import HousePage

from ..htmx import render
from .access import load_own_house
from .after_dates import done_already, go_on, named_all, save_dates
from .chosen import Choice, load_choice
from .moving import move_row, own_rooms
from .new_times import NewTime, look_around, place_of


def move_many_page(chapter: str) -> Response:
    """The dates as they are, and how they can be moved."""
    page = load_own_house(chapter)
    return _show(page, load_choice(page), MoveManyForm(rooms=own_rooms(page)))


def preview_move_many(chapter: str) -> Response:
    """Each date as it is and as it would be, without saving."""
    page = load_own_house(chapter)
    form = MoveManyForm(request.form, rooms=own_rooms(page))
    form.validate()
    return _show(page, load_choice(page), form)


def move_many(chapter: str) -> Response:
    """Move those that are ticked as they were shown, as one change."""
    page = load_own_house(chapter)
    choice, form = load_choice(page), MoveManyForm(request.form, rooms=own_rooms(page))
    times = [each for each in new_times(page, choice, form) if each.ticked]
    told = _("Flyttat: {dates}.").format(dates=named_all(each.row for each in times))
    if choice.is_stale:
        is_done = bool(times) and all(_is_where_it_was_sent(each.row, form) for each in times)
        return done_already(page, times[0].row, "move", told) if is_done else _show(page, choice, form, 409)
    if not form.validate() or _has_fault(times, form):
        return _show(page, choice, form, 422)
    if {each.mark for each in times if each.is_changed} - set((form.shown.data or "").split()):
        return _show(page, choice, form, 422, look_first=True)
    try:
        number = save_dates(page, "move", lambda: _move_all(times, form), told)
    except StaleDataError:
        return _show(page, load_choice(page), form, 409)
    return go_on(page, times[0].row, number)


def can_be_moved(row: Occurrence) -> bool:
    """Whether it is still to be held; drafts can be moved too."""
    return row.status is Status.PLANNED and row.ends_at > clock.wall_now()


def new_times(page: HousePage, choice: Choice, form: MoveManyForm) -> list[NewTime]:
    """What the form makes of each date that can be moved."""
    found = []
    for row in choice.rows:
        if can_be_moved(row):
            found.append(_new_time(row, form, choice.is_ticked(row)))
    look_around(page, found)
    return found


def _new_time(row: Occurrence, form: MoveManyForm, ticked: bool) -> NewTime:
    was = (row.starts_at, row.ends_at)
    room = form.room_for(row.room_id) if not form.room_id.errors else row.room_id
    try:
        return NewTime(row, *form.span_for(was), room, ticked)
    except ValueError:
        fault = _("Slutar före starten med de här tiderna.")
        return NewTime(row, *was, room, ticked, fault)


def _has_fault(times: list[NewTime], form: MoveManyForm) -> bool:
    """Say at its field what speaks against saving, if anything does."""
    if form.is_empty:
        tell(form.shift, _("Välj en annan dag, en annan tid eller ett annat rum."))
    elif any(each.fault for each in times):
        tell(form.ends, _("Några tillfällen slutar då före starten. Ändra tiden, eller kryssa ur dem."))
    elif any(each.is_past for each in times) and not form.past_ok.data:
        tell(form.past_ok, _("Några nya tider har redan varit. Kryssa ur dem, eller kryssa i här."))
    elif not times:
        form.form_errors = [_("Kryssa i minst ett tillfälle.")]
    return bool(form.errors)


def _move_all(times: list[NewTime], form: MoveManyForm) -> None:
    for each in times:
        move_row(each, form.words.data or "")


def _is_where_it_was_sent(row: Occurrence, form: MoveManyForm) -> bool:
    """Whether the date has the time and the room that the form showed: the same request came twice."""
    here = place_of(row.id, row.starts_at, row.ends_at, row.room_id)
    return any(mark.startswith(here) for mark in (form.shown.data or "").split())


def _show(
    page: HousePage, choice: Choice, form: MoveManyForm, status: int = 200, look_first: bool = False
) -> Response:
    times = new_times(page, choice, form)
    return render(
        "staff/move_many.html",
        "date_preview",
        status=status,
        page=page,
        choice=choice,
        form=form,
        times={each.row.id: each for each in times},
        stamps=choice.stamps(anew=status == 409),
        marks=" ".join(filter(None, [each.mark for each in times])),
        any_past=any(each.is_past and each.ticked for each in times),
        changed={row.id for row in choice.changed} if status == 409 else set(),
        now=clock.wall_now(),
        rooms=dict(own_rooms(page)),
        look_first=look_first,
        action=url_for("staff.move_many", chapter=page.house.slug, **choice.query),
        look=url_for("staff.preview_move_many", chapter=page.house.slug, **choice.query),
    )
