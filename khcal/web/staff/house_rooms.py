"""The rooms of a house: add one, change it, put it away and take it out again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, make_response, render_template, request
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from khcal.calendaring import clock
from khcal.db import db
from khcal.forms.room import RoomForm
from khcal.i18n import gettext as _
from khcal.i18n import ngettext
from khcal.models import Room
from khcal.models.bookkeeping import begin_change
from khcal.queries import HousePage
from khcal.queries.staff import house as house_queries

from .access import load_own_house
from .house_rows import back_to_house, load_row, save_row, tell_unless_stale
from .people import person


def new_room(chapter: str) -> Response:
    """The empty form."""
    page = load_own_house(chapter)
    return _show(page, None, _form(None))


def create_room(chapter: str) -> Response:
    """Add it; sent twice it is still one."""
    page = load_own_house(chapter)
    form = _form(None, request.form)
    if not form.validate():
        return _show(page, None, form, 422)
    known = _named(page, form)
    if known is None:
        known = Room(chapter_id=page.house.id)
        db.session.add(known)
    elif not _says(known, form):
        return _show_taken(page, None, form, known)
    return _save(page, known, form, _("{room} är tillagt.").format(room=form.name.data))


def edit_room(chapter: str, number: int) -> Response:
    """The form as stored, and what takes place there."""
    page = load_own_house(chapter)
    row = load_row(page, Room, number)
    return _show(page, row, _form(row))


def update_room(chapter: str, number: int) -> Response:
    """Save what was changed, unless somebody else changed it meanwhile."""
    page = load_own_house(chapter)
    row = load_row(page, Room, number)
    form = _form(row, request.form)
    both, is_valid = form.meet(_form(row)), form.validate()
    if both:
        return _show(page, row, form, 409, conflicts=both)
    if not is_valid:
        return _show(page, row, form, 422)
    known = _named(page, form)
    if known is not None and known is not row:
        return _show_taken(page, row, form, known)
    return _save(page, row, form, _("{room} är ändrat.").format(room=form.name.data))


def archive_room(chapter: str, number: int) -> Response:
    """Put it away: nobody is offered it any more; what is planned there stays."""
    page = load_own_house(chapter)
    row = load_row(page, Room, number)
    coming = len(house_queries.coming_in_room(row.id, clock.wall_now()))
    left = ngettext("Ett tillfälle ligger kvar i rummet.", "%(num)s tillfällen ligger kvar i rummet.", coming)
    told = _("{room} är undanlagt.").format(room=row.name)
    _set_archived(page, row, True, f"{told} {left % {'num': coming}}" if coming else told)
    return back_to_house(page, "rum")


def bring_back_room(chapter: str, number: int) -> Response:
    """Offer it again."""
    page = load_own_house(chapter)
    row = load_row(page, Room, number)
    _set_archived(page, row, False, _("{room} går att välja igen.").format(room=row.name))
    return back_to_house(page, f"rum-{number}")


def _set_archived(page: HousePage, row: Room, archived: bool, sentence: str) -> None:
    begin_change(db.session(), "room", person().id, page.house.id)
    row.archived = archived
    tell_unless_stale(page, sentence)


def _save(page: HousePage, row: Room, form: RoomForm, sentence: str) -> Response:
    number = row.id
    try:
        if save_row(page, "room", row, form, sentence):
            return back_to_house(page, f"rum-{row.id}")
    except IntegrityError:
        # Somebody gave another room this name a moment ago.
        db.session.rollback()
        known, own = _named(page, form), load_row(page, Room, number) if number else None
        return _show_taken(page, own, form, known) if known else _show(page, own, form, 422)
    row = load_row(page, Room, number)
    return _show(page, row, form, 409, conflicts=form.meet(_form(row)))


def _form(row: Room | None, sent: Mapping[str, Any] | None = None) -> RoomForm:
    if row is None or sent is not None:
        return RoomForm(sent)
    stored = {name: getattr(row, name) for name in RoomForm.kept}
    return RoomForm(data=stored).remember(str(row.version))


def _named(page: HousePage, form: RoomForm) -> Room | None:
    """The room of the house with the name that was typed, whatever the size of its letters."""
    rooms = db.session.scalars(select(Room).where(Room.chapter_id == page.house.id))
    wanted = (form.name.data or "").casefold()
    return next((room for room in rooms if room.name.casefold() == wanted), None)


def _says(row: Room, form: RoomForm) -> bool:
    """Whether the room is as the form says: it was sent a moment ago."""
    return not row.archived and all(getattr(row, name) == value for name, value in form.values().items())


def _show_taken(page: HousePage, row: Room | None, form: RoomForm, known: Room) -> Response:
    if known.archived:
        form.refuse_name(_("Det finns ett undanlagt rum som heter så. Ta fram det i stället."))
    else:
        form.refuse_name(_("Det finns redan ett rum som heter så. Välj ett annat namn."))
    return _show(page, row, form, 422)


def _show(page: HousePage, row: Room | None, form: RoomForm, status: int = 200, **told: object) -> Response:
    coming = house_queries.coming_in_room(row.id, clock.wall_now()) if row else []
    body = render_template("staff/house_room.html", page=page, row=row, form=form, coming=coming, **told)
    return make_response(body, status)
