"""Add and change an activity."""

from __future__ import annotations

from flask import Response, flash, request, url_for

from khcal.calendaring import clock
from khcal.forms.event import EventForm
from khcal.forms.schedule import SCHEDULE_FIELDS
from khcal.i18n import gettext as _
from khcal.i18n import ngettext
from khcal.models import Event
from khcal.queries import HousePage

from ..htmx import render
from .access import load_event, load_own_house
from .blueprint import blueprint
from .editing import differences, make_form, make_proposal
from .preview import Preview, make_preview
from .saving import Outcome, made_already, save
from .ways_back import back_to_programme

PUBLISH = "publicera"
ALWAYS_VISIBLE = {*SCHEDULE_FIELDS, "uid", "title", "room_id", "form", "audience", "signup"}


@blueprint.get("/<chapter>/aktivitet/ny")
def new_event(chapter: str) -> Response:
    """The empty form."""
    page = load_own_house(chapter)
    return _show(page, None, make_form(page, None))


@blueprint.post("/<chapter>/aktivitet/ny")
def create_event(chapter: str) -> Response:
    """Save a new activity; sent twice it is still one."""
    page = load_own_house(chapter)
    form = make_form(page, None, request.form)
    known = made_already(page, form)
    return _saved(page, known) if known else _save(page, None, form)


@blueprint.get("/<chapter>/aktivitet/<int:number>")
def edit_event(chapter: str, number: int) -> Response:
    """The form as stored."""
    page = load_own_house(chapter)
    event = load_event(page, number)
    return _show(page, event, make_form(page, event))


@blueprint.post("/<chapter>/aktivitet/<int:number>")
def update_event(chapter: str, number: int) -> Response:
    """Save what was changed, unless somebody else changed it meanwhile."""
    page = load_own_house(chapter)
    event = load_event(page, number)
    return _save(page, event, make_form(page, event, request.form))


@blueprint.post("/<chapter>/aktivitet/ny/datum")
def preview_new(chapter: str) -> Response:
    """The dates that an empty form leads to, without saving."""
    page = load_own_house(chapter)
    return _show(page, None, make_form(page, None, request.form))


@blueprint.post("/<chapter>/aktivitet/<int:number>/datum")
def preview_event(chapter: str, number: int) -> Response:
    """The dates that a changed form leads to, without saving."""
    page = load_own_house(chapter)
    event = load_event(page, number)
    return _show(page, event, make_form(page, event, request.form))


def _save(page: HousePage, event: Event | None, form: EventForm) -> Response:
    outcome, saved = save(page, event, form, request.form.get("action") == PUBLISH)
    if outcome is Outcome.SAVED and saved is not None:
        return _saved(page, saved)
    if outcome is Outcome.STALE and event is not None:
        return _show_both(page, load_event(page, event.id), form)
    return _show(page, event, form, 422, look_first=outcome is Outcome.LOOK_FIRST)


def _show_both(page: HousePage, event: Event, form: EventForm) -> Response:
    """What was typed stays in the form; what somebody else saved stands beside it."""
    stored = make_form(page, event)
    form.version.data = str(event.version)
    return _show(page, event, form, 409, conflicts=differences(form, stored))


def _show(
    page: HousePage, event: Event | None, form: EventForm, status: int = 200, **told: object
) -> Response:
    if form.wanted is None and not form.errors and not _is_untouched(event, form):
        form.read_wanted()
    return render(
        "staff/event.html",
        "date_preview",
        status=status,
        page=page,
        event=event,
        form=form,
        preview=_preview(page, event, form),
        action=_address(page, event),
        more_is_open=bool(form.fields_in_error() - ALWAYS_VISIBLE),
        **told,
    )


def _is_untouched(event: Event | None, form: EventForm) -> bool:
    """Whether the form is empty and new, so that there is nothing to complain about."""
    return event is None and request.method == "GET"


def _preview(page: HousePage, event: Event | None, form: EventForm) -> Preview | None:
    proposal = make_proposal(event, form)
    return make_preview(page, event, form, proposal) if proposal else None


def _address(page: HousePage, event: Event | None) -> str:
    if event is None:
        return url_for("staff.create_event", chapter=page.house.slug)
    return url_for("staff.update_event", chapter=page.house.slug, number=event.id)


def _saved(page: HousePage, event: Event) -> Response:
    """Back to the programme, to the activity's next date."""
    today = clock.midnight(clock.today())
    coming = [each for each in event.occurrences if each.ends_at > today]
    told = ngettext(
        "{title} har ett tillfälle framåt.", "{title} har {number} tillfällen framåt.", len(coming)
    )
    state = _("Sparat som utkast.") if event.is_draft else _("Sparat och publicerat.")
    flash(f"{state} {told.format(title=event.title, number=len(coming))}")
    first = coming[0] if coming else None
    day, number = (first.starts_at.date(), first.id) if first else (None, None)
    return back_to_programme(page, day, number)
