"""Rooms of the house by name: ``i Köket``, ``Stora rummet och Lilla rummet``."""

from __future__ import annotations

from functools import lru_cache

from .facts import Found, Rooms
from .known import Room
from .line import Line
from .stretches import past_and

_PREPOSITIONS = frozenset({"i", "rum", "lokal", "plats"})
WORDS = _PREPOSITIONS
_Names = tuple[tuple[tuple[str, ...], int], ...]


def read_rooms(line: Line, at: int) -> Found | None:
    """One room or several, with the "i" before them.

    Before a word in small letters at the beginning of the line, a room may be part of a title.
    """
    start = at + 1 if line.word(at) in _PREPOSITIONS else at
    start = start + 1 if start > at and line.word(start) == ":" else start
    found = _read_room(line, start)
    if found is None:
        return None
    ids, end = [found[0]], found[1]
    while (after := past_and(line, end)) and (other := _read_room(line, after)) and len(ids) < 4:
        ids.append(other[0])
        end = other[1]
    return Found(end, Rooms(tuple(dict.fromkeys(ids))), is_soft=at == 0 and _goes_on(line, end))


def _goes_on(line: Line, at: int) -> bool:
    """``Ateljén öppen`` goes on; ``Ateljén Bokprat`` is a room and a title."""
    return line.is_word(at) and line.piece(at, at + 1) == line.tokens[at].folded


def words_of_rooms(rooms: tuple[Room, ...]) -> frozenset[str]:
    """Every word in the names of rooms: they are part of the vocabulary."""
    return frozenset(word for words, _ in _names(rooms) for word in words)


def _read_room(line: Line, at: int) -> tuple[int, int] | None:
    for words, number in _names(line.known.rooms):
        if line.word(at) == words[0] and (end := line.past(at, *words)):
            return number, end
    return None


@lru_cache(maxsize=64)
def _names(rooms: tuple[Room, ...]) -> _Names:
    """The words of each name, longest first, so that "Stora rummet 2" is not taken for "Stora rummet"."""
    names = ((tuple(room.name.casefold().split()), room.id) for room in rooms)
    return tuple(sorted((pair for pair in names if pair[0]), key=lambda pair: -len(pair[0])))
