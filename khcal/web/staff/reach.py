"""The question which dates a change is for, as the form asks it."""

from __future__ import annotations

from datetime import datetime

from khcal.calendaring import phrases
from khcal.forms.change import Reach
from khcal.forms.event import EventForm
from khcal.i18n import gettext as _
from khcal.i18n import ngettext
from khcal.models import Event

from .scope import Scope, scope_of


def offer_reach(form: EventForm, event: Event | None) -> Scope:
    """Which dates are changed as the form stands; it asks only where there is a choice."""
    scope = scope_of(event, form)
    if scope.earlier and scope.row is not None and scope.next_at is not None:
        form.reach.data = scope.reach.value
        form.reach.choices = [
            (Reach.FROM.value, _in_words(_("Det här och kommande"), scope.row.starts_at, scope.following)),
            (Reach.COMING.value, _in_words(_("Alla kommande"), scope.next_at, scope.coming)),
        ]
    return scope


def _in_words(reach: str, begins: datetime, number: int) -> str:
    dates = ngettext("%(num)s tillfälle", "%(num)s tillfällen", number) % {"num": number}
    return _("{reach}: {dates} från {day}").format(
        reach=reach,
        dates=dates,
        day=phrases.day(begins),
    )
