"""From when until when a series goes: starts, ends, weeks, months and terms, together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from .entry import Assumed, Conflict, Lack
from .facts import Role
from .heard import Heard, Said
from .points import Span, is_one_day, next_span, one
from .rhythm_said import Rhythm
from .terms_of_year import term_meant


@dataclass
class Bounds:
    """The first and last day allowed. ``is_told`` when somebody said from when; ``start`` the date itself.

    ``areas`` are the stretches that dates must lie in, when more than one was said.
    """

    first: date
    last: date | None = None
    is_told: bool = False
    start: Said | None = None
    areas: list[Span] = field(default_factory=list)


def bounds_of(heard: Heard, rhythm: Rhythm) -> Bounds:
    """The bounds as far as they were said; from today on where no beginning was."""
    today = heard.known.today
    bounds = Bounds(today)
    _read_starts(heard, bounds)
    for each in heard.days(Role.WHEN):
        if is_one_day(each.stretch):
            continue
        if span := heard.resolve(each, today):
            bounds.areas.append(span)
        elif start := one(each.stretch.first).on_or_after(today):
            # Its end is wrong, which has been told; its beginning may still be right.
            bounds.first, bounds.is_told = start[0], True
    if bounds.areas:
        hull = min(first for first, _ in bounds.areas), max(last for _, last in bounds.areas)
        bounds.first = max(bounds.first, hull[0]) if bounds.is_told else hull[0]
        bounds.last, bounds.is_told = hull[1], True
        _tell_later_start(heard, bounds)
    _read_term(heard, rhythm, bounds)
    _read_month_of_nth(heard, rhythm, bounds)
    _read_ends(heard, bounds)
    if rhythm.for_weeks and bounds.last is None:
        bounds.last = bounds.first + timedelta(weeks=rhythm.for_weeks) - timedelta(days=1)
    return bounds


def _read_starts(heard: Heard, bounds: Bounds) -> None:
    """The first day: said as such, or the only day that was said at all."""
    starts = heard.days(Role.START, Role.FROM)
    alone = [each for each in heard.days(Role.WHEN) if is_one_day(each.stretch)]
    if not starts and alone:
        starts, alone = alone[:1], alone[1:]
        heard.assume(Assumed.STARTS_ON, starts[0].piece)
    for each in [*starts[1:], *alone]:
        heard.object_to(Conflict.SECOND_VALUE, each.piece, word=heard.text(starts[0].piece))
        heard.unread.append(each.piece)
    if starts and (span := heard.resolve(starts[0], heard.known.today)):
        bounds.first, bounds.is_told = span[0], True
        bounds.start = starts[0] if is_one_day(starts[0].stretch) else None


def _tell_later_start(heard: Heard, bounds: Bounds) -> None:
    if bounds.last and bounds.first > bounds.last and bounds.start:
        heard.object_to(Conflict.BACKWARDS, bounds.start.piece)


def _read_term(heard: Heard, rhythm: Rhythm, bounds: Bounds) -> None:
    if rhythm.term is None:
        return
    term = term_meant(heard.known, rhythm.term.is_spring, rhythm.term.year)
    if term is None:
        heard.lack(Lack.UNTIL)
        return
    if not bounds.is_told:
        bounds.first, bounds.is_told = max(term.first_day, heard.known.today), True
    bounds.last = bounds.last or term.last_day
    heard.assume(Assumed.TERM, None, day=term.first_day, last=term.last_day)


def _read_month_of_nth(heard: Heard, rhythm: Rhythm, bounds: Bounds) -> None:
    """``första måndagen i maj`` lies in May."""
    month = rhythm.month_of_nth.month if rhythm.month_of_nth else None
    if month is None:
        return
    if span := next_span(month, bounds.first):
        bounds.first, bounds.last, bounds.is_told = span[0], span[1], True


def _read_ends(heard: Heard, bounds: Bounds) -> None:
    for each in heard.days(Role.TO):
        span = heard.resolve(each, bounds.first)
        if span:
            bounds.last = min(bounds.last or span[1], span[1])
        if bounds.last and bounds.last < bounds.first:
            heard.object_to(Conflict.BACKWARDS, each.piece)
            bounds.last = None
