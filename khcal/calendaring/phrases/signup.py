"""What one has to do before coming, in words."""

from __future__ import annotations

from datetime import date, datetime

from khcal.i18n import gettext as _
from khcal.i18n import ngettext

from ..shapes import Deadline, Group, ListedDate
from ..terms import Places, Signup
from .moments import at, clock_time, day, day_with_year
from .words import N_

SIGNUPS = {
    Signup.DROP_IN: N_("Drop-in"),
    Signup.REQUIRED: N_("Anmälan"),
    Signup.INTERVIEW: N_("Anmälan och samtal före start"),
    Signup.APPOINTMENT: N_("Bokad tid"),
    Signup.NONE: N_("Ingen anmälan"),
}
_ANYTIME = {
    Signup.DROP_IN: N_("Du behöver inte anmäla dig"),
    Signup.REQUIRED: N_("Anmäl dig före"),
    Signup.INTERVIEW: N_("Anmälan, med ett samtal före start"),
    Signup.APPOINTMENT: N_("Boka tid"),
}
_UNTIL = {
    Signup.REQUIRED: N_("Anmälan senast {when}"),
    Signup.INTERVIEW: N_("Anmälan senast {when}, med ett samtal före start"),
    Signup.APPOINTMENT: N_("Boka tid senast {when}"),
}
_CLOSED = {
    Signup.REQUIRED: N_("Anmälan stängde {when}"),
    Signup.INTERVIEW: N_("Anmälan stängde {when}"),
    Signup.APPOINTMENT: N_("Bokningen stängde {when}"),
}
_QUEUE = N_("Fråga huset om du vill stå i kö")
_FULL = {Signup.DROP_IN: N_("Fråga huset innan du kommer")}


def signup_word(signup: Signup) -> str:
    """``Drop-in``: the rule in a word, for choices."""
    return _(SIGNUPS[signup])


def signup_label(item: ListedDate | Group, today: date | None = None) -> str:
    """``Du behöver inte anmäla dig``, ``Anmälan senast måndag 23 november kl. 15.00``; nothing for none.

    For a date a deadline counted in days becomes a day; with ``today`` one that passed is said so.
    A full date asks nobody to sign up, unless a place became free ``today``.
    """
    if item.signup is Signup.NONE:
        return ""
    if isinstance(item, ListedDate) and _is_full(item, today):
        return _(_FULL.get(item.signup, _QUEUE))
    if item.signup not in _UNTIL or not item.deadline:
        return _(_ANYTIME[item.signup])
    starts_at = item.starts_at if isinstance(item, ListedDate) else None
    last_day = item.deadline.for_date(starts_at) if starts_at else item.deadline.day
    if today and last_day and last_day < today:
        return _(_CLOSED[item.signup]).format(when=day(last_day))
    return _(_UNTIL[item.signup]).format(when=_deadline(item.deadline, last_day, starts_at))


def _is_full(row: ListedDate, today: date | None) -> bool:
    """Whether one can only queue: not for a place that is free today, nor when it has been."""
    if row.places is not Places.FULL or today is None:
        return row.places is Places.FULL
    return not row.has_free_place(today) and row.last_day >= today


def _deadline(deadline: Deadline, last_day: date | None, starts_at: datetime | None) -> str:
    """A day, "samma dag", or what the house wrote; ``last_day`` is the day if one is known."""
    if deadline.days_before == 0 or (deadline.days_before is not None and last_day is None):
        words = _days_before(deadline.days_before)
    elif last_day is None:
        return deadline.words
    else:
        same_year = starts_at is None or last_day.year == starts_at.year
        words = day(last_day) if same_year else day_with_year(last_day)
    return f"{words} {at(clock_time(deadline.at))}" if deadline.at else words


def _days_before(number: int) -> str:
    named = {0: _("samma dag"), 1: _("dagen före")}
    return named.get(number) or ngettext("%(num)s dag före", "%(num)s dagar före", number) % {"num": number}
