"""Put away what is over, bring it back, and delete drafts. What was published is never deleted."""

from __future__ import annotations

from flask import Response, flash, make_response, render_template, url_for

from khcal.calendaring import clock
from khcal.db import db
from khcal.i18n import gettext as _
from khcal.models import Event
from khcal.models.archiving import delete_draft, still_to_come
from khcal.models.bookkeeping import begin_change
from khcal.queries.staff.deleted import was_deleted

from ..access import redirect_to
from .access import load_event, load_own_house
from .done import commit_and_tell
from .people import person
from .ways_back import back_to_programme


def archive_event(chapter: str, number: int) -> Response:
    """Put it away; while dates are to come, offer to call them off first."""
    page = load_own_house(chapter)
    event = load_event(page, number)
    if coming := still_to_come(event):
        shown = render_template(
            "staff/not_over.html", page=page, event=event, coming=coming, first=clock.today().isoformat()
        )
        return make_response(shown, 422)
    begin_change(db.session(), "archive", person().id, page.house.id)
    if not event.archived:
        event.archived = True
    commit_and_tell(page, _("{title} är arkiverad. Du hittar den när du söker.").format(title=event.title))
    return redirect_to(url_for("staff.edit_event", chapter=page.house.slug, number=event.id))


def unarchive_event(chapter: str, number: int) -> Response:
    """Take it out of the archive."""
    page = load_own_house(chapter)
    event = load_event(page, number)
    begin_change(db.session(), "archive", person().id, page.house.id)
    if event.archived:
        event.archived = False
    commit_and_tell(page, _("{title} är inte arkiverad längre.").format(title=event.title))
    return redirect_to(url_for("staff.edit_event", chapter=page.house.slug, number=event.id))


def delete_event(chapter: str, number: int) -> Response:
    """Delete a draft. What was published is called off or archived instead."""
    page = load_own_house(chapter)
    if was_deleted(page.house.id, Event, number):
        flash(_("Utkastet är redan borttaget."))
        return back_to_programme(page)
    event = load_event(page, number)
    if not event.is_draft:
        flash(_("Publicerade aktiviteter tas inte bort. Ställ in dem eller arkivera dem."))
        return redirect_to(url_for("staff.edit_event", chapter=page.house.slug, number=event.id))
    begin_change(db.session(), "delete-draft", person().id, page.house.id)
    title = event.title
    delete_draft(db.session(), event)
    commit_and_tell(page, _("Utkastet {title} är borttaget.").format(title=title))
    return back_to_programme(page)
