"""What is said when an activity is saved, and where one is then."""

from __future__ import annotations

from flask import Response

from khcal.calendaring import clock
from khcal.forms.change import numbers_in
from khcal.forms.event import EventForm
from khcal.i18n import gettext as _
from khcal.i18n import ngettext
from khcal.models import Event, Occurrence
from khcal.queries import HousePage

from .ways_back import back_to_programme


def sentence_after(event: Event) -> str:
    """That it is saved, and how many dates it has to come."""
    told = ngettext(
        "{title} har ett tillfälle framåt.", "{title} har {number} tillfällen framåt.", len(coming_of(event))
    )
    state = _("Sparat som utkast.") if event.is_unseen else _("Sparat och publicerat.")
    return f"{state} {told.format(title=event.title, number=len(coming_of(event)))}"


def back_to(page: HousePage, event: Event, form: EventForm) -> Response:
    """To the date in the programme that one came from, otherwise to the next one."""
    numbers = numbers_in([form.tillfalle.data or ""])
    came_from = [row for row in event.occurrences if row.id in numbers]
    first = next(iter([*came_from, *coming_of(event)]), None)
    day, number = (first.starts_at.date(), first.id) if first else (None, None)
    return back_to_programme(page, day, number)


def coming_of(event: Event) -> list[Occurrence]:
    """Its dates from today on."""
    today = clock.midnight(clock.today())
    return [each for each in event.occurrences if each.ends_at > today]
