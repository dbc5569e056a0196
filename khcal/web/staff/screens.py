"""The screens of a house: how they are, what is set for each, moving one and letting one go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, make_response, render_template, request, url_for

from khcal.db import db
from khcal.forms.screen import MoveScreenForm, ScreenForm, stored_values
from khcal.i18n import gettext as _
from khcal.models import Chapter, Screen
from khcal.models.bookkeeping import begin_change
from khcal.queries import HousePage

from ..access import redirect_to
from .access import load_own_house, own_houses
from .house_rows import load_row, tell_unless_stale
from .people import person
from .screens_told import is_name_taken, starts_without_net, tell_screen, tell_screens


def screens(chapter: str) -> Response:
    """Every screen with how it is."""
    page = load_own_house(chapter)
    told = tell_screens(page)
    return make_response(
        render_template(
            "staff/screens.html",
            page=page,
            screens=[screen for screen in told if screen.revoked_at is None],
            revoked=[screen for screen in told if screen.revoked_at is not None],
            starts_without_net=starts_without_net(),
        )
    )


def screen(chapter: str, number: int) -> Response:
    """One screen: how it is, and what is set."""
    page = load_own_house(chapter)
    row = _load(page, number)
    return _show(page, row, _form(row))


def update_screen(chapter: str, number: int) -> Response:
    """Save what was set, unless somebody else changed the same meanwhile."""
    page = load_own_house(chapter)
    row = _load(page, number)
    form = _form(row, request.form)
    both, is_valid = form.meet(_form(row)), form.validate()
    if both:
        return _show(page, row, form, 409, conflicts=both)
    if not is_valid:
        return _show(page, row, form, 422)
    # Taking something back may leave two with one name; what is set for them can still be changed.
    is_renamed = form.name.data != row.name
    if is_renamed and is_name_taken(page.house.id, form.name.data or "", row.id):
        form.refuse_name()
        return _show(page, row, form, 422)
    begin_change(db.session(), "screen", person().id, page.house.id)
    row.rename(form.name.data or "")
    row.set_up(form.settings())
    if tell_unless_stale(page, _("{screen} är ändrad.").format(screen=row.name)):
        return redirect_to(url_for("staff.screens", chapter=page.house.slug, _anchor=f"skarm-{number}"))
    row = _load(page, number)
    return _show(page, row, form, 409, conflicts=form.meet(_form(row)))


def move_screen(chapter: str, number: int) -> Response:
    """Let it show another house of the person's; it goes there by itself."""
    page = load_own_house(chapter)
    row = _load(page, number)
    form = _move_form(page, request.form)
    if not form.has_house():
        return _show(page, row, _form(row), 422, move=form)
    house = db.session.get_one(Chapter, int(form.house.data))
    if is_name_taken(house.id, row.name, row.id):
        form.refuse_name(row.name, house.short_name)
        return _show(page, row, _form(row), 422, move=form)
    begin_change(db.session(), "screen-move", person().id, page.house.id)
    row.move_to(house)
    told = _("{screen} visar nu {house}. Den byter av sig själv inom en minut.")
    if not tell_unless_stale(page, told.format(screen=row.name, house=house.short_name)):
        abort(409)
    return redirect_to(url_for("staff.screen", chapter=house.slug, number=number))


def revoke_screen(chapter: str, number: int) -> Response:
    """Let its key open nothing any more."""
    page = load_own_house(chapter)
    row = load_row(page, Screen, number)
    begin_change(db.session(), "screen-revoke", person().id, page.house.id)
    row.revoke()
    if not tell_unless_stale(page, _("{screen} är bortkopplad.").format(screen=row.name)):
        abort(409)
    return redirect_to(url_for("staff.screens", chapter=page.house.slug))


def _load(page: HousePage, number: int) -> Screen:
    row = load_row(page, Screen, number)
    return abort(404) if row.is_revoked else row


def _form(row: Screen, sent: Mapping[str, Any] | None = None) -> ScreenForm:
    if sent is not None:
        return ScreenForm(sent)
    return ScreenForm(data=stored_values(row.name, row.settings)).remember(str(row.version))


def _move_form(page: HousePage, sent: Mapping[str, Any] | None = None) -> MoveScreenForm:
    form = MoveScreenForm(sent)
    form.offer([(house.id, house.short_name) for house in own_houses() if house.id != page.house.id])
    return form


def _show(page: HousePage, row: Screen, form: ScreenForm, status: int = 200, **told: Any) -> Response:
    shown = {"move": _move_form(page), "screen": tell_screen(page, row), "row": row, "form": form} | told
    return make_response(render_template("staff/screen.html", page=page, **shown), status)
