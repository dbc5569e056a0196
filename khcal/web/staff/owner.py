"""Give an activity to another house, which then keeps it."""

from __future__ import annotations

from flask import Response, make_response, render_template, request, url_for
from sqlalchemy.orm.exc import StaleDataError

from khcal import permissions
from khcal.db import LARGEST_ID, db
from khcal.forms.change import Meeting, Renamed
from khcal.forms.owner import OwnerForm
from khcal.i18n import gettext as _
from khcal.models import Chapter, Event
from khcal.models.bookkeeping import begin_change
from khcal.models.group_addresses import free_slug, group_of
from khcal.models.owning import give
from khcal.queries import HousePage

from ..access import redirect_to
from .access import load_event, load_own_house, own_houses
from .done import commit_and_tell
from .people import person


def owner_page(chapter: str, number: int) -> Response:
    """The houses that can take it over: those that the person keeps as well."""
    page = load_own_house(chapter)
    event = load_event(page, number)
    return _show(page, event, _make_form(page, event))


def change_owner(chapter: str, number: int) -> Response:
    """Give it away, with its dates, its page and its subscribers."""
    page = load_own_house(chapter)
    if given := _given_already(page, number):
        return _go_there(given)
    event = load_event(page, number)
    form = _make_form(page, event)
    if not form.has_house():
        return _show(page, event, form, 422)
    if form.version.data != str(event.version):
        return _show(page, event, form, 409)
    house = db.session.get_one(Chapter, form.house_id)
    met = group_of(db.session(), house.id, event.slug)
    if met and not form.ask_where(met[0].title, house.short_name):
        return _show(page, event, form, 422)
    try:
        return _give(page, event, form, house, joins=bool(met) and form.meeting.data == Meeting.JOIN)
    except StaleDataError:
        db.session.rollback()
        return _show(page, load_event(page, number), form, 409)


def _give(page: HousePage, event: Event, form: OwnerForm, house: Chapter, joins: bool) -> Response:
    begin_change(db.session(), "owner", person().id, page.house.id)
    goes = _group(event) if form.renamed.data != Renamed.ONE else [event]
    slug = event.slug if joins else free_slug(db.session(), house.id, event.title, [each.id for each in goes])
    give(db.session(), goes, house, slug, keeps_showing=bool(form.keeps_showing.data))
    told = _("{title} sköts nu av {house}. Kontrollera rum, anmälan och kontakt.")
    commit_and_tell(page, told.format(title=event.title, house=house.short_name))
    return _go_there(event)


def _given_already(page: HousePage, number: int) -> Event | None:
    """The activity, if the house that is to get it has it: the same request came twice."""
    event = db.session.get(Event, number) if number < LARGEST_ID else None
    is_there = event is not None and event.chapter_id != page.house.id
    if event is None or not is_there or str(event.chapter_id) != request.form.get("house"):
        return None
    return event if permissions.may_edit(person().grants, event.chapter_id) else None


def _go_there(event: Event) -> Response:
    return redirect_to(url_for("staff.edit_event", chapter=event.chapter.slug, number=event.id))


def _group(event: Event) -> list[Event]:
    return group_of(db.session(), event.chapter_id, event.slug)


def _make_form(page: HousePage, event: Event) -> OwnerForm:
    houses = [(each.id, each.short_name) for each in own_houses() if each.id != page.house.id]
    sent = request.form if request.method == "POST" else None
    form = OwnerForm(sent, data={"version": str(event.version)}, houses=houses, mates=len(_group(event)) - 1)
    form.keeps_showing.label.text = _("{house} fortsätter att visa den").format(house=page.house.short_name)
    return form


def _show(page: HousePage, event: Event, form: OwnerForm, status: int = 200) -> Response:
    if status == 409:
        # Looked at once more, it can be given.
        form.version.data = str(event.version)
    rooms = [room for room in (event.room, event.second_room) if room is not None]
    shown = render_template(
        "staff/owner.html", page=page, event=event, form=form, rooms=rooms, stale=status == 409
    )
    return make_response(shown, status)
