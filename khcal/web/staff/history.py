"""What was changed in the house, by whom and when, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from flask import Response, abort, flash, make_response, render_template, request, url_for

from khcal import permissions
from khcal.calendaring import clock
from khcal.db import LARGEST_ID, db
from khcal.i18n import gettext as _
from khcal.models import Change, Chapter, Event
from khcal.models.bookkeeping import begin_change, current_change_id
from khcal.models.undoing import undo
from khcal.models.undone_rows import Left
from khcal.queries import HousePage
from khcal.queries.staff import history as kept

from ..access import redirect_to
from .access import load_event, load_own_house, number_in, own_houses
from .done import commit_and_tell
from .people import person
from .taking_back import may_manage
from .told_changes import tell_changes, tell_whole
from .told_left import tell_left
from .ways_back import back_to_programme

FROM_HISTORY = "historik"
OF_SCREENS = "screen"


def history(chapter: str) -> Response:
    """Every change of the house, or of one activity (``aktivitet``) or person (``vem``), the latest first."""
    page = load_own_house(chapter)
    if (other := request.args.get("hus", chapter)) != chapter:
        return redirect_to(url_for("staff.history", chapter=other, vem=_number("vem")))
    event, by = _event_asked_for(page), _number("vem")
    found = kept.kept_changes(page.house.id, _number("fore"), event.id if event else None, by)
    shown = found[: kept.PAGE]
    told = tell_changes(page, shown)
    return make_response(
        render_template(
            "staff/history.html",
            page=page,
            event=event,
            days=[(day, list(some)) for day, some in groupby(told, key=lambda each: each.made_at.date())],
            today=clock.today(),
            by=by,
            people=kept.people_of(page.house.id),
            houses=own_houses(),
            older=shown[-1].id if len(found) > kept.PAGE else None,
            is_first=_number("fore") is None,
        )
    )


def change(chapter: str, number: int) -> Response:
    """One change with everything that it did."""
    page = load_own_house(chapter)
    found = (kept.kept_change(page.house.id, number) if number < LARGEST_ID else None) or abort(404)
    return make_response(
        render_template("staff/change.html", page=page, change=tell_whole(page, found), section="history")
    )


def undo_change(chapter: str, number: int) -> Response:
    """Take a change back; where others have changed the same since, ask first."""
    page = load_own_house(chapter)
    found = _held_change(page, number)
    if kept.undone_by([number]):
        flash(_("Det är redan ångrat."))
        return _back(page, number)
    begin_change(db.session(), "undo", person().id, page.house.id, number)
    left = _undo(found)
    if left and "resten" not in request.form:
        db.session.rollback()
        return _ask(page, number, left)
    db.session.flush()
    done = current_change_id(db.session())
    told = _heading(page, done) if done else _("Det står redan som det stod före ändringen.")
    commit_and_tell(page, told, is_undo=True)
    return _back(page, number)


def _undo(found: Change) -> list[Left]:
    """Take back what this person may; an editor neither closes nor renames a house by it."""
    return undo(db.session(), found, lambda house: permissions.may_edit(person().grants, house), may_manage())


def _heading(page: HousePage, number: int) -> str:
    return tell_changes(page, list(kept.changes_by_id([number]).values()))[0].heading


def _held_change(page: HousePage, number: int) -> Change:
    """A change that may be taken back here, held until that is saved: two that do it at once take turns."""
    statement = db.select(Change).where(Change.id == number).with_for_update()
    found: Change | None = db.session.scalar(statement) if number < LARGEST_ID else None
    if found is None or not _is_ones_own(page, found):
        abort(404)
    return found


def _is_ones_own(page: HousePage, found: Change) -> bool:
    if found.chapter_id is not None:
        return found.chapter_id == page.house.id
    is_admin = permissions.is_national_admin(person().grants)
    return is_admin and kept.kept_change(page.house.id, found.id) is not None


def _ask(page: HousePage, number: int, left: Sequence[Left]) -> Response:
    """What can't go back and why; nothing is undone before the person has chosen."""
    found = kept.kept_change(page.house.id, number) or abort(404)
    body = render_template(
        "staff/undo_left.html",
        page=page,
        change=tell_changes(page, [found])[0],
        left=tell_left(page, left),
        back=request.form.get("tillbaka", ""),
        section="history",
    )
    return make_response(body, 409)


def _back(page: HousePage, number: int) -> Response:
    """To where one came from: the history, the screens, or the first date that it was about."""
    if db.session.get_one(Chapter, page.house.id).closed_on is not None:
        return redirect_to(url_for("staff.start"))
    if request.form.get("tillbaka") == FROM_HISTORY:
        return redirect_to(url_for("staff.history", chapter=page.house.slug))
    if db.session.get_one(Change, number).verb.startswith(OF_SCREENS):
        return redirect_to(url_for("staff.screens", chapter=page.house.slug))
    first = kept.first_date_of(page.house.id, number)
    return back_to_programme(page, first.starts_at.date(), first.id) if first else back_to_programme(page)


def _event_asked_for(page: HousePage) -> Event | None:
    number = _number("aktivitet")
    return load_event(page, number) if number is not None else None


def _number(name: str) -> int | None:
    return number_in(request.args.get(name, ""))
