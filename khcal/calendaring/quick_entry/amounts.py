"""What it costs and for how many: ``50 kr``, ``gratis``, ``max 12 platser``."""

from __future__ import annotations

from .facts import Capacity, Found, Price
from .line import Line
from .numbers import read_number

_FREE = frozenset({"gratis", "kostnadsfritt", "kostnadsfri"})
_KRONOR = frozenset({"kr", "kronor", "sek"})
_PLACES = frozenset({"platser", "plats", "deltagare", "personer", "pers", "st"})
AT_MOST = frozenset({"max", "högst", "maximalt"})
WORDS = frozenset({*_FREE, *_KRONOR, *_PLACES, *AT_MOST, "kostar", "kostnad", "pris", "avgift"})
_PRICE_WORDS = frozenset({"kostar", "kostnad", "pris", "avgift"})
MOST_PLACES = 9999


def read_amount(line: Line, at: int) -> Found | None:
    """A price or a number of places; a number alone is neither, but "max 20" can only be places."""
    if line.word(at) in _FREE:
        return Found(at + 1, Price(0))
    start = at + 1 if line.word(at) in _PRICE_WORDS else at
    start = start + 1 if start > at and line.word(start) == ":" else start
    number = read_number(line, start)
    if number and line.word(number[1]) in _KRONOR:
        return Found(
            line.past_dot(number[1] + 1) if line.word(number[1]) == "kr" else number[1] + 1, Price(number[0])
        )
    return _read_places(line, at)


def _read_places(line: Line, at: int) -> Found | None:
    is_most = line.word(at) in AT_MOST
    number = read_number(line, line.past_dot(at + 1) if is_most else at)
    if number is None or not 1 <= number[0] <= MOST_PLACES:
        return None
    has_unit = line.word(number[1]) in _PLACES
    # "Två personer" may be anybody; only places and an upper bound are about room.
    if has_unit and (is_most or line.word(number[1]) == "platser"):
        return Found(number[1] + 1, Capacity(number[0]))
    # "Max 20 kr", "max 20 minuter": a word after it says of what, known or not.
    is_bare = is_most and line.ends_thought(number[1])
    return Found(number[1], Capacity(number[0], is_bare=True)) if is_bare else None
