"""Add and change an activity."""

from __future__ import annotations

from flask import Response, flash, request, url_for

from khcal.forms.event import EventForm
from khcal.forms.quick_entry import LineForm
from khcal.forms.schedule import SCHEDULE_FIELDS
from khcal.forms.sent_values import Sent, as_sent
from khcal.models import Event
from khcal.queries import HousePage
from khcal.queries.staff.deleted import was_deleted

from ..htmx import render
from .access import load_event, load_own_house, number_in, own_houses
from .after_saving import back_to, sentence_after
from .editing import make_form, make_proposal
from .line import Line
from .preview import Preview, make_preview
from .reach import offer_reach
from .renaming import offer_answers, renaming_of
from .saving import Outcome, made_already, save

PUBLISH = "publicera"
FIELDS = "event_fields"
ALWAYS_VISIBLE = {
    *SCHEDULE_FIELDS,
    *("uid", "title", "kind", "room_id", "form", "online_link", "link_is_open", "online_info"),
    *("audience", "signup", "houses", "everywhere", "renamed", "meeting"),
}


def new_event(chapter: str) -> Response:
    """The empty form, or with ``som`` what the activity with that number had last time, in its rhythm."""
    page = load_own_house(chapter)
    form = make_form(page, None)
    if "som" not in request.args:
        return _show(page, None, form)
    event = load_event(page, number_in(request.args["som"]) or 0)
    untouched = as_sent(form)
    untouched["title"] = event.title
    return _fill(page, untouched, copied=event.id)


def create_event(chapter: str) -> Response:
    """Save a new activity; sent twice it is still one."""
    page = load_own_house(chapter)
    form = make_form(page, None, request.form)
    known = made_already(page, form)
    if known is None and not LineForm(request.form).is_read:
        return _fill(page, request.form, is_sent=True)
    if known is None:
        return _save(page, None, form)
    flash(sentence_after(known))
    return back_to(page, known, form)


def fill_from_line(chapter: str) -> Response:
    """The form filled by a line of Swedish, or as an earlier title had it, without saving."""
    return _fill(load_own_house(chapter), request.form)


def edit_event(chapter: str, number: int) -> Response:
    """The form as stored. ``tillfalle`` in the address is the date that one came from."""
    page = load_own_house(chapter)
    event = load_event(page, number)
    form = make_form(page, event)
    form.tillfalle.data = request.args.get("tillfalle", "")
    return _show(page, event, form)


def update_event(chapter: str, number: int) -> Response:
    """Save what was changed, unless somebody else changed it meanwhile."""
    page = load_own_house(chapter)
    if was_deleted(page.house.id, Event, number):
        return _show_gone(page)
    event = load_event(page, number)
    return _save(page, event, make_form(page, event, request.form))


def preview_new(chapter: str) -> Response:
    """The dates that an empty form leads to, without saving."""
    page = load_own_house(chapter)
    return _show(page, None, make_form(page, None, request.form))


def preview_event(chapter: str, number: int) -> Response:
    """The dates that a changed form leads to, without saving."""
    page = load_own_house(chapter)
    if was_deleted(page.house.id, Event, number):
        return _show_gone(page)
    event = load_event(page, number)
    return _show(page, event, make_form(page, event, request.form))


def _fill(page: HousePage, sent: Sent, is_sent: bool = False, copied: int | None = None) -> Response:
    """The form filled by the line. One sent before that is not saved: nobody has looked at it."""
    line = Line(page, sent, copied)
    form = line.fill()
    if is_sent:
        return _show(page, None, form, 422, look_first=form.validate(), line=line)
    form.read_wanted()
    form.forgive_what_is_empty()
    return _show(page, None, form, 200, FIELDS, line=line)


def _save(page: HousePage, event: Event | None, form: EventForm) -> Response:
    outcome, saved = save(page, event, form, request.form.get("action") == PUBLISH)
    if outcome is Outcome.SAVED and saved is not None:
        return back_to(page, saved, form)
    if outcome is Outcome.STALE and event is not None:
        # What was typed stays in the form; what somebody else saved stands beside it.
        return _show(page, load_event(page, event.id), form, 409, is_stale=True)
    return _show(page, event, form, 422, look_first=outcome is Outcome.LOOK_FIRST)


def _show_gone(page: HousePage) -> Response:
    """The draft was deleted meanwhile: what was typed stays, as a new activity that nobody has saved."""
    form = make_form(page, None, request.form)
    form.begin_anew()
    return _show(page, None, form, 409, is_gone=True)


def _show(
    page: HousePage,
    event: Event | None,
    form: EventForm,
    status: int = 200,
    part: str = "date_preview",
    **told: object,
) -> Response:
    if (
        form.wanted is None
        and not form.fields_in_error()
        and part != FIELDS
        and not _is_untouched(event, form)
    ):
        form.read_wanted()
    if request.method == "POST":
        offer_answers(form, renaming_of(page, event, form))
    return render(
        "staff/event.html",
        part,
        status=status,
        page=page,
        event=event,
        form=form,
        scope=offer_reach(form, event),
        can_be_given=len(own_houses()) > 1,
        preview=_preview(page, event, form),
        action=_address(page, event),
        line=told.pop("line", None) or (Line(page, request.form) if event is None else None),
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
