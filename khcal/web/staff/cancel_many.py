"""Call off several dates at once, or bring several back, each of them with a box to tick."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Response, make_response, render_template, request, url_for
from sqlalchemy.orm.exc import StaleDataError

from khcal.calendaring import clock
from khcal.calendaring.terms import Status
from khcal.forms.cancel import CancelForm
from khcal.i18n import gettext as _
from khcal.models import Occurrence
from khcal.queries import HousePage

from .access import load_own_house
from .after_dates import done_already, go_on, named_all, save_dates
from .chosen import Choice, load_choice
from .new_times import NewTime, look_around


def cancel_many_page(chapter: str) -> Response:
    """The dates that will be called off, and why. ``skal`` in the address is a reason to begin with."""
    page = load_own_house(chapter)
    form = CancelForm.showing(request.args.get("skal", "")[:200])
    return _show_cancel(page, load_choice(page), form)


def cancel_many(chapter: str) -> Response:
    """Call off those that are ticked, as one change."""
    page = load_own_house(chapter)
    choice, form = load_choice(page), CancelForm(request.form)
    is_valid = form.validate()
    ticked = [row for row in choice.rows if row.id in (choice.ticked or ())]
    told = _("Inställt: {dates}.").format(dates=named_all(ticked))
    if is_valid and ticked and all(_is_so(row, form.sentence) for row in ticked):
        return done_already(page, ticked[0], "cancel", told)
    if choice.is_stale:
        return _show_cancel(page, choice, form, 409)
    rows = [row for row in ticked if can_be_cancelled(row)]
    if not is_valid or not rows:
        return _show_cancel(page, choice, form, 422, nothing=not rows)
    return _save(page, "cancel", rows, lambda row: row.cancel(form.sentence), told)


def restore_many_page(chapter: str) -> Response:
    """The dates that were called off and can take place after all."""
    page = load_own_house(chapter)
    return _show_restore(page, load_choice(page))


def restore_many(chapter: str) -> Response:
    """Bring back those that are ticked, as one change."""
    page = load_own_house(chapter)
    choice = load_choice(page)
    ticked = [row for row in choice.rows if row.id in (choice.ticked or ())]
    told = _("Blir av: {dates}.").format(dates=named_all(ticked))
    if ticked and all(row.status is Status.PLANNED for row in ticked):
        return done_already(page, ticked[0], "restore", told)
    if choice.is_stale:
        return _show_restore(page, choice, 409)
    rows = [row for row in ticked if can_be_restored(row)]
    if not rows:
        return _show_restore(page, choice, 422, nothing=True)
    return _save(page, "restore", rows, Occurrence.restore, told)


def can_be_cancelled(row: Occurrence) -> bool:
    """Whether there is anything to call off: published, planned and not over."""
    return row.is_published and row.status is Status.PLANNED and not row.is_over


def can_be_restored(row: Occurrence) -> bool:
    """Whether it was called off and is still to come."""
    return row.status is Status.CANCELLED and not row.is_over


def _is_so(row: Occurrence, reason: str) -> bool:
    return row.status is Status.CANCELLED and row.reason == reason


def _save(
    page: HousePage, verb: str, rows: list[Occurrence], act: Callable[[Occurrence], None], told: str
) -> Response:
    def act_on_all() -> None:
        for row in rows:
            act(row)

    try:
        return go_on(page, rows[0], save_dates(page, verb, act_on_all, told))
    except StaleDataError:
        choice = load_choice(page)
        if verb == "cancel":
            return _show_cancel(page, choice, CancelForm(request.form), 409)
        return _show_restore(page, choice, 409)


def _show_cancel(
    page: HousePage, choice: Choice, form: CancelForm, status: int = 200, nothing: bool = False
) -> Response:
    action = url_for("staff.cancel_many", chapter=page.house.slug, **choice.query)
    return _show(
        "staff/cancel_many.html",
        page,
        choice,
        can_be_cancelled,
        status,
        form=form,
        nothing=nothing,
        action=action,
    )


def _show_restore(page: HousePage, choice: Choice, status: int = 200, nothing: bool = False) -> Response:
    changed = {row.id for row in choice.changed} if status == 409 else set()
    rows = [row for row in choice.rows if row.status is Status.CANCELLED or row.id in changed]
    choice = replace(choice, rows=rows)
    times = {row.id: NewTime(row, row.starts_at, row.ends_at, row.room_id) for row in rows}
    look_around(page, [times[row.id] for row in rows if can_be_restored(row)])
    action = url_for("staff.restore_many", chapter=page.house.slug, **choice.query)
    return _show(
        "staff/restore_many.html",
        page,
        choice,
        can_be_restored,
        status,
        times=times,
        nothing=nothing,
        action=action,
    )


def _show(
    template: str,
    page: HousePage,
    choice: Choice,
    can: Callable[[Occurrence], bool],
    status: int,
    **told: object,
) -> Response:
    body = render_template(
        template,
        page=page,
        choice=choice,
        stamps=choice.stamps(anew=status == 409),
        can={row.id for row in choice.rows if can(row)},
        changed={row.id for row in choice.changed} if status == 409 else set(),
        now=clock.wall_now(),
        **told,
    )
    return make_response(body, status)
