"""What other houses show here: hide it in one's own calendar, and show it again."""

from __future__ import annotations

from flask import Response, abort, flash, make_response, render_template, request, url_for
from sqlalchemy.exc import IntegrityError

from khcal.db import LARGEST_ID, db
from khcal.i18n import gettext as _
from khcal.models import Chapter, Event
from khcal.models.bookkeeping import begin_change
from khcal.models.sharing import hide_in, is_hidden_in, is_offered_to, show_again_in
from khcal.queries import HousePage
from khcal.queries.staff.from_others import from_others

from ..access import redirect_to
from .access import load_own_house
from .done import commit_and_tell
from .people import person
from .ways_back import back_to_programme


def from_other_houses(chapter: str) -> Response:
    """What others share with this house, shown or hidden."""
    page = load_own_house(chapter)
    found = from_others(page.house.id)
    return make_response(
        render_template(
            "staff/from_others.html",
            page=page,
            shown=[each for each in found if not each.is_hidden],
            hidden=[each for each in found if each.is_hidden],
        )
    )


def hide_event(chapter: str, number: int) -> Response:
    """Hide another house's activity here. Done twice it is hidden once."""
    page = load_own_house(chapter)
    event, house = _load_offered(page, number)
    begin_change(db.session(), "hide", person().id, page.house.id)
    if is_hidden_in(event, house):
        flash(_("{title} är redan dold hos er.").format(title=event.title))
        return _back(page)
    told = _("{title} visas inte hos er längre. Det märks inte hos {owner}.")
    told = told.format(title=event.title, owner=event.chapter.short_name)
    hide_in(event, house)
    try:
        commit_and_tell(page, told)
    except IntegrityError:
        # A double click: the other request hid it a moment ago.
        db.session.rollback()
    return _back(page)


def show_event(chapter: str, number: int) -> Response:
    """Show what the house hid."""
    page = load_own_house(chapter)
    event, house = _load_offered(page, number)
    begin_change(db.session(), "hide", person().id, page.house.id)
    show_again_in(event, house)
    commit_and_tell(page, _("{title} visas hos er igen.").format(title=event.title))
    return _back(page)


def _load_offered(page: HousePage, number: int) -> tuple[Event, Chapter]:
    """A published activity that another house shares with this one. 404 otherwise."""
    event = db.session.get(Event, number) if number < LARGEST_ID else None
    house = db.session.get_one(Chapter, page.house.id)
    if event is None or event.is_draft or not is_offered_to(event, house):
        abort(404)
    return event, house


def _back(page: HousePage) -> Response:
    """To the list of what is shared when one came from there, otherwise to the programme."""
    if request.form.get("till") == "delade":
        return redirect_to(url_for("staff.from_other_houses", chapter=page.house.slug))
    return back_to_programme(page)
