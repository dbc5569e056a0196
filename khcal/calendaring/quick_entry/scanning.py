"""From left to right through a line: at each place, the first recogniser that understands what stands there.

The order of the recognisers is the grammar: what is longer or more certain is asked first.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from ..proposal import Pause
from . import (
    amounts,
    bounds,
    church_days,
    day_points,
    exclusions,
    groups,
    hours,
    numbers,
    rhythms,
    rooms,
    signups,
    titles,
    weekdays,
)
from .facts import Denied, Found, Piece
from .known import Known, Room
from .line import Line, Vocabulary, line_of
from .spelling import shelves_of
from .tokens import Sort

Recogniser = Callable[[Line, int], Found | None]
_RECOGNISERS: tuple[Recogniser, ...] = (
    signups.read_signup,
    exclusions.read_exclusions,
    groups.read_group,
    rooms.read_rooms,
    rhythms.read_month_day,
    rhythms.read_nth,
    rhythms.read_term,
    rhythms.read_for_weeks,
    hours.read_lasting,
    hours.read_whole_day,
    bounds.read_bounds,
    bounds.read_days,
    rhythms.read_times,
    amounts.read_amount,
    hours.read_hours,
    rhythms.read_interval,
    rhythms.read_parity,
    hours.read_part,
    rhythms.read_weekdays_said,
)
_OF_DAYS = frozenset({*weekdays.FORMS, *day_points.MONTH_NAMES})
# Words of the grammar that may be misspelt. Those that are near to common words are not among them.
_MAY_BE_MISSPELT = """
varannan varje gånger tillfällen träffar veckor vecka jämna terminen vårterminen höstterminen månaden månad
anmälan föranmälan senast uppehåll förutom undantag digitalt online utomhus närstående anhöriga efterlevande
medlemmar volontärer klockan första andra tredje fjärde sista start börjar kostnadsfritt platser kronor
minuter timmar heldag vardagar eftermiddagen kvällen förmiddagen morgon övermorgon nästa
"""
_WORDS = frozenset().union(
    *(
        part.WORDS
        for part in (
            amounts,
            bounds,
            church_days,
            day_points,
            exclusions,
            groups,
            hours,
            numbers,
            rhythms,
            rooms,
            signups,
            weekdays,
        )
    )
)


def scan(text: str, known: Known) -> tuple[Line, tuple[Piece, ...]]:
    """The line, and every piece of it that is understood, in order and not overlapping."""
    line = line_of(text, known, _vocabulary(known.rooms, known.breaks))
    pieces: list[Piece] = []
    at = 0
    while at < len(line):
        is_fresh = at == 0 or not line.is_word(at - 1) or bool(pieces and pieces[-1].end == at)
        found = (_read_title(line, at) if is_fresh else None) or _recognise(line, at)
        if found:
            pieces.append(Piece(at, found.end, found.fact, found.is_soft))
            at = found.end
        else:
            at += 1
    return line, tuple(pieces)


def _recognise(line: Line, at: int) -> Found | None:
    if found := _first_to_understand(line, at):
        return found
    if line.word(at) not in exclusions.WORDS:
        return None
    after = _first_to_understand(line, at + 1)
    is_denied = after is not None and not after.is_soft and exclusions.denies(line, at, after.fact)
    return Found(after.end, Denied()) if after and is_denied else None


def _first_to_understand(line: Line, at: int) -> Found | None:
    if not line.may_begin(at):
        return None
    return next((found for read in _RECOGNISERS if (found := read(line, at))), None)


def _read_title(line: Line, at: int) -> Found | None:
    """A title of its own; one that the house has used only where the words after it are not part of it."""
    if quoted := titles.read_quoted(line, at):
        return quoted
    earlier = titles.read_earlier(line, at)
    if earlier is None or earlier.end == len(line) or line.tokens[earlier.end].sort is Sort.MARK:
        return earlier
    after = _recognise(line, earlier.end)
    return earlier if after and not after.is_soft else None


@lru_cache(maxsize=64)
def _vocabulary(of_house: tuple[Room, ...], breaks: tuple[Pause, ...]) -> Vocabulary:
    own = rooms.words_of_rooms(of_house) | day_points.words_of_breaks(breaks)
    fixed = {*_OF_DAYS, *church_days.WORDS, *_MAY_BE_MISSPELT.split()}
    return Vocabulary(_WORDS | own, shelves_of(fixed | own), _OF_DAYS)
