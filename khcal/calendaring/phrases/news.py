"""What became of a date, in words: cancelled, moved, full, and what comes next."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from khcal.i18n import gettext as _

from ..shapes import ListedDate
from ..terms import Places, Status
from ..vacancy import Vacancy
from .moments import at, at_span, clock_time, day, day_and_time, day_with_year, days, near_day
from .words import N_, capital, listing

# What staff write first in a reason and khcal says better: "Inställt.", "Flyttad till onsdag kl. 18."
_CANCELLED_FIRST = re.compile(r"^inställ[dt]\b[.,:]?\s*", re.IGNORECASE)
_MOVED_FIRST = re.compile(
    r"^flytta[dt]\b(?:[^,.]*?(?=på grund av)|(?:kl\.|\.(?=\d)|[^,.])*[,.]?\s*)", re.IGNORECASE
)

VACANCIES = {
    Vacancy.OPEN: N_("Platser finns"),
    Vacancy.FEW: N_("Få kvar"),
    Vacancy.FULL: N_("Fullt"),
    Vacancy.FREE_TODAY: N_("Plats ledig i dag"),
}


def bare_reason(reason: str) -> str:
    """The reason without the news in front of it: ``Inställt. Ledaren är sjuk.`` is ``Ledaren är sjuk.``"""
    return _MOVED_FIRST.sub("", _CANCELLED_FIRST.sub("", reason.strip())).strip()


def headline(row: ListedDate) -> str:
    """The title; of a closure that was taken back ``Öppet som vanligt``, for its title says the opposite."""
    return _("Öppet som vanligt") if row.is_reopened else row.title


def status_word(row: ListedDate) -> str:
    """``Inställt``, ``Flyttat``, ``Inte stängt`` or nothing: the word that its sentence begins with."""
    if row.is_reopened:
        return _("Inte stängt")
    if row.was_moved_away:
        return _("Flyttat")
    return _("Inställt") if row.is_cancelled else ""


def places_label(row: ListedDate, today: date) -> str:
    """``Plats ledig i dag``, ``Fullt``, ``Få platser kvar``, or nothing when there is room."""
    if row.is_cancelled or row.was_moved_away:
        return ""
    if row.has_free_place(today):
        return _("Plats ledig i dag")
    return {Places.FULL: _("Fullt"), Places.FEW: _("Få platser kvar")}.get(row.places, "")


def vacancy_label(vacancy: Vacancy) -> str:
    """``Platser finns``, as staff see it."""
    return _(VACANCIES[vacancy])


def cancelled_sentence(row: ListedDate, today: date | None = None) -> str:
    """``Inställt. Ledaren är sjuk. Nästa gång är torsdag 26 november.``; without a today no next time."""
    told = _with_reason(status_word(row), _CANCELLED_FIRST.sub("", row.reason))
    if row.is_reopened or today is None or row.next_at is None or row.next_at.date() < today:
        return told
    return f"{told} {_('Nästa gång är {day}.').format(day=near_day(row.next_at, today))}"


def moved_sentence(row: ListedDate) -> str:
    """``Flyttat till torsdag 29 oktober kl. 10.30 på grund av allhelgonaafton.``"""
    if row.is_reopened:
        return _open_after_all(row)
    moment = day(row.starts_at) if row.is_all_day else day_and_time(row.starts_at)
    if row.is_cancelled:
        told = _("Flyttat till {when}, sedan inställt").format(when=moment)
        return _with_reason(told, _CANCELLED_FIRST.sub("", row.reason))
    return _with_reason(_("Flyttat till {when}").format(when=moment), _MOVED_FIRST.sub("", row.left_reason))


def _open_after_all(row: ListedDate) -> str:
    """``Inte stängt. Huset är stängt 28–30 december i stället.``, unless those days are open too."""
    if row.is_cancelled or row.status is Status.WITHDRAWN:
        return cancelled_sentence(row)
    told = _("{word}. Huset är stängt {days} i stället").format(
        word=status_word(row), days=days(row.starts_at.date(), row.last_day)
    )
    return _with_reason(told, _MOVED_FIRST.sub("", row.left_reason))


def moved_here_sentence(row: ListedDate, reason: str = "", before: Collection[date] = ()) -> str:
    """``Flyttat hit från onsdag 18 november. Föreläsaren fick förhinder.``; nothing if it was not.

    ``before`` are the days it had left already when it was moved for the last time.
    """
    if row.moved_from is None or row.moved_from.date() == row.starts_at.date():
        return ""
    told = _("Flyttat hit från {day}").format(day=_day_beside(row.moved_from, row))
    told = _with_reason(told, _MOVED_FIRST.sub("", reason))
    first = listing(_day_beside(each, row) for each in before)
    return f"{told} {_('Först skulle det vara {day}.').format(day=first)}" if before else told


def _day_beside(value: date, row: ListedDate) -> str:
    return day(value) if value.year == row.starts_at.year else day_with_year(value)


def note_beside_news(row: ListedDate) -> str:
    """The house's note, without the move that the page tells already; nothing for a cancelled date."""
    if row.is_cancelled:
        return ""
    return capital(_MOVED_FIRST.sub("", row.status_note)) if row.moved_from else row.status_note


def next_sentence(row: ListedDate, today: date) -> str:
    """``Nästa är Öppet hus, måndag 23 november kl. 10.00.``: what an empty page says.

    One of today is told with its whole time and never as the next: it may be over already.
    """
    if row.starts_at.date() == today:
        return _("I dag: {title}.").format(title=_with_time(row))
    start = "" if row.is_all_day else " " + at(clock_time(row.starts_at.time()))
    moment = near_day(row.starts_at, today) + start
    return _("Nästa är {title}, {when}.").format(title=row.title, when=moment)


def _with_time(row: ListedDate) -> str:
    """``Öppet hus kl. 11.00–16.00``; of several days only the start, of a whole day no time."""
    if row.is_all_day:
        return row.title
    start, end = row.starts_at, row.ends_at
    return f"{row.title} {at_span(start, end) if row.days == 1 else at(clock_time(start.time()))}"


def _with_reason(told: str, reason: str) -> str:
    """The news and why as sentences; "på grund av" goes on in the first one."""
    reason = reason.strip()
    if not reason:
        return f"{told}."
    ending = "" if reason[-1] in ".?!" else "."
    goes_on = reason.startswith("på grund av")
    return f"{told}{' ' if goes_on else '. '}{reason if goes_on else capital(reason)}{ending}"
