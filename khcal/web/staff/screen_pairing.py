"""A new screen shows a code; whoever types it here, or scans it, takes the screen for the house."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, make_response, render_template, request, url_for

from khcal.calendaring.screen_health import ScreenState
from khcal.db import db
from khcal.forms.screen import PairForm
from khcal.i18n import gettext as _
from khcal.models import Chapter, Screen
from khcal.models.bookkeeping import begin_change
from khcal.models.pairing import PairingError, pair_again, pair_new
from khcal.queries import HousePage

from ..access import redirect_to
from .access import load_own_house, number_in, own_houses
from .done import commit_and_tell, tell
from .house_rows import load_row
from .people import person
from .screens_told import ToldScreen, is_name_taken, starts_without_net, tell_screens
from .tries import CODES, limit_codes


def scanned_code() -> Response:
    """Where the code in the square on a screen leads: to the person's house, or to a choice of several."""
    houses, code = own_houses(), request.args.get("kod", "")[:40]
    if len(houses) == 1:
        return redirect_to(url_for("staff.new_screen", chapter=houses[0].slug, kod=code or None))
    return make_response(render_template("staff/screen_house.html", houses=houses, code=code))


def new_screen(chapter: str) -> Response:
    """The form, filled in with the code that was scanned (``kod``) or the screen that it is (``skarm``)."""
    page = load_own_house(chapter)
    told = _paired(page)
    asked = number_in(request.args.get("skarm", ""))
    which = next((str(screen.id) for screen in told if screen.id == asked), "")
    form = PairForm(
        data={"code": request.args.get("kod", "")[:40], "which": which, "name": _first_name(told)}
    )
    return _show(page, form)


@limit_codes
def pair_screen(chapter: str) -> Response:
    """Pair it. The code is good once and for a quarter of an hour."""
    page = load_own_house(chapter)
    form = _offering(page, PairForm(request.form))
    if not form.validate():
        return _show(page, form, 422)
    begin_change(db.session(), "screen-pair", person().id, page.house.id)
    try:
        row = _pair(page, form)
    except PairingError as fault:
        db.session.rollback()
        return _used_by_ourselves(page, fault.screen_id, form) or _refuse_code(page, form)
    if form.is_new and is_name_taken(page.house.id, row.name, row.id):
        db.session.rollback()
        form.refuse_name()
        return _show(page, form, 422)
    _commit(page, row, form.is_new)
    return _to_screen(page, row.id)


def _pair(page: HousePage, form: PairForm) -> Screen:
    if form.is_new:
        house = db.session.get_one(Chapter, page.house.id)
        return pair_new(db.session(), form.typed_code, house, form.name.data or "")
    return pair_again(db.session(), form.typed_code, load_row(page, Screen, int(form.which.data)))


def _commit(page: HousePage, row: Screen, is_new: bool) -> None:
    told = _("{screen} är kopplad. Om några sekunder visar den programmet.").format(screen=row.name)
    if is_new:
        commit_and_tell(page, told)
    else:
        db.session.commit()
        tell(page, told, None)


def _used_by_ourselves(page: HousePage, number: int | None, form: PairForm) -> Response | None:
    """The same form sent twice: the screen is paired, as it was to be."""
    row = db.session.get(Screen, number) if number else None
    if row is None or row.chapter_id != page.house.id:
        return None
    is_as_asked = row.name == form.name.data if form.is_new else str(row.id) == form.which.data
    return _to_screen(page, row.id) if is_as_asked else None


def _refuse_code(page: HousePage, form: PairForm) -> Response:
    CODES.count()
    form.refuse_code()
    return _show(page, form, 422)


def _to_screen(page: HousePage, number: int) -> Response:
    return redirect_to(url_for("staff.screens", chapter=page.house.slug, _anchor=f"skarm-{number}"))


def _paired(page: HousePage) -> list[ToldScreen]:
    return [screen for screen in tell_screens(page) if screen.revoked_at is None]


def _first_name(told: list[ToldScreen]) -> str:
    """What the first screen of a house is called, unless somebody thinks of another name."""
    return "" if told else _("Skärmen i entrén")


def _offering(page: HousePage, form: PairForm) -> PairForm:
    form.offer((screen.id, _called(screen)) for screen in _paired(page))
    return form


def _called(screen: ToldScreen) -> str:
    """Its name, and how it is when that may be why it is paired again."""
    return screen.name if screen.state is ScreenState.GOOD else f"{screen.name} ({screen.health})"


def _show(page: HousePage, form: PairForm, status: int = 200) -> Response:
    shown: Mapping[str, Any] = {"form": _offering(page, form), "starts_without_net": starts_without_net()}
    return make_response(render_template("staff/screen_new.html", page=page, **shown), status)
