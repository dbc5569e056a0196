"""From when, until when, which days as well: ``med start 4 februari``, ``t.o.m. 1 juni``, ``även 5/12``."""

from __future__ import annotations

from .day_points import read_month
from .facts import Days, Found, Role
from .line import Line
from .points import BreakPoint, Stretch, one
from .stretches import past_and, read_stretch, read_stretches

_OPENINGS: dict[Role, tuple[tuple[str, ...], ...]] = {
    Role.START: (
        ("med", "start", "den"),
        ("med", "start", "i"),
        ("med", "start", "på"),
        ("med", "start"),
        ("med", "början"),
        ("med", "premiär"),
        ("första", "gången"),
        ("första", "tillfället"),
        ("första", "träffen"),
        ("startdatum",),
        ("startar",),
        ("start",),
        ("börjar",),
        ("premiär",),
    ),
    Role.FROM: (
        ("från", "och", "med"),
        ("från",),
        ("fr",),
        ("fro", "m"),
        ("from",),
        ("fom",),
        ("sedan",),
    ),
    Role.TO: (
        ("till", "och", "med"),
        ("fram", "till", "och", "med"),
        ("fram", "till"),
        ("tom",),
        ("till",),
        ("tills",),
        ("slutar",),
        ("slut",),
        ("slutdatum",),
        ("avslutas",),
        ("avslutning",),
        ("sista", "gången"),
        ("sista", "tillfället"),
        ("sista", "träffen"),
    ),
    Role.ALSO: (
        ("öppet", "även"),
        ("även", "öppet"),
        ("även",),
        ("också",),
        ("öppet",),
        ("extra",),
        ("plus",),
        ("samt", "även"),
        ("och", "även"),
        ("och", "extra"),
        ("dock", "öppet"),
        ("samt",),
        ("och",),
    ),
    Role.WHEN: (("under",), ("hela",), ("i",), ("den",), ("mellan",), ("för",)),
}
_LETTERS = {Role.FROM: (("fr", "o", "m"), ("f", "o", "m")), Role.TO: (("t", "o", "m"), ("t", "om"))}
WORDS = frozenset(word for ways in _OPENINGS.values() for words in ways for word in words) | {"fr", "f", "t"}
_FILLERS = frozenset({":", "den", "i", "på", "med"})


def read_bounds(line: Line, at: int) -> Found | None:
    """Days with a word before them that says what they are for."""
    for role, start in _openings_at(line, at):
        if found := _read_days(line, start, role):
            return found
    return None


def read_days(line: Line, at: int) -> Found | None:
    """Days without any such word."""
    found = read_stretches(line, at)
    # "Sportlov" alone may be when it is or when it is not; "under sportlovet" is clear.
    if found is None or any(isinstance(stretch.first, BreakPoint) for stretch in found[0]):
        return None
    return Found(found[1], Days(Role.WHEN, found[0]))


def _openings_at(line: Line, at: int) -> list[tuple[Role, int]]:
    found = [
        (role, end) for role, ways in _LETTERS.items() for way in ways if (end := line.past_letters(at, *way))
    ]
    word = line.word(at)
    if word == "plus" and at > 0 and line.number(at - 1) is not None:
        return []  # "40 plus" is an age
    for role, openings in _OPENINGS.items():
        found += [(role, end) for way in openings if way[0] == word and (end := line.past(at, *way))]
    return found


def _read_days(line: Line, at: int, role: Role) -> Found | None:
    at = line.past_dot(at) if line.word(at - 1) == "fr" else at
    if role is not Role.WHEN:
        while line.word(at) in _FILLERS and not (line.word(at) == "den" and line.number(at + 1) is not None):
            at += 1
    if role in {Role.WHEN, Role.ALSO}:
        return _read_several(line, at, role)
    found = read_stretch(line, at, with_months=True)
    if found is None:
        return None
    stretches, end = found
    # "från 12 januari till 1 juni" is simply when; several days can't be one beginning.
    is_simple = len(stretches) > 1 or stretches[0].is_range
    return Found(end, Days(Role.WHEN if is_simple else role, stretches))


def _read_several(line: Line, at: int, role: Role) -> Found | None:
    if line.word(at - 1) == "mellan":
        at -= 1
    found = read_stretches(line, at)
    if found is None and role is Role.WHEN and line.word(at - 1) in {"i", "under", "hela", "för"}:
        found = _read_months(line, at)
    return Found(found[1], Days(role, found[0])) if found else None


def _read_months(line: Line, at: int) -> tuple[tuple[Stretch, ...], int] | None:
    """``oktober``, ``januari och februari``: months by themselves, which need a word before them."""
    first = read_stretch(line, at, with_months=True)
    if first is None:
        return None
    found, end = list(first[0]), first[1]
    while (after := past_and(line, end)) and (more := read_month(line, after)) and len(found) < 12:
        found.append(one(more[0]))
        end = more[1]
    return tuple(found), end
