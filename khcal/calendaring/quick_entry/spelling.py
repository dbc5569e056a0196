"""Misspelt words: the one word of a fixed vocabulary that is near enough, or none.

One slip is forgiven in words of five letters, two in words of nine; the first letter must be right,
because short Swedish words with another first letter are other words ("sånger", "gånger"). When two
words are equally near, none is taken. A slip is a letter too many, one missing, a wrong one, or two
that changed places (optimal string alignment).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

Shelves = Mapping[str, tuple[str, ...]]
ONE_SLIP_LETTERS = 5
TWO_SLIPS_LETTERS = 9
LONGEST_WORD = 40
_NO_WEEKDAYS = frozenset({"fredlig", "fredliga", "fredligt", "fredligare"})


def shelves_of(words: Iterable[str]) -> Shelves:
    """The words long enough to be misspelt, by first letter."""
    shelves: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        if len(word) >= ONE_SLIP_LETTERS:
            shelves.setdefault(word[0], []).append(word)
    return {letter: tuple(found) for letter, found in shelves.items()}


def nearest(word: str, shelves: Shelves) -> tuple[str, ...]:
    """The nearest words within the slips allowed; more than one when they are equally near."""
    allowed = _slips_allowed(len(word))
    if not allowed:
        return ()
    best, found = allowed + 1, []
    for other in shelves.get(word[0], ()):
        most = min(best, allowed, _slips_allowed(len(other)))
        slips = slips_between(word, other, most)
        if slips < best and slips <= most:
            best, found = slips, [other]
        elif slips == best <= most:
            found.append(other)
    return tuple(found)


def is_like_weekday(word: str, names: Iterable[str]) -> bool:
    """Whether it may be one of these weekdays, with more slips than are put right: ``tisdgr``."""
    if (
        not ONE_SLIP_LETTERS <= len(word) <= LONGEST_WORD
        or word in _NO_WEEKDAYS
        or not {*"dg"} <= {*word[3:]}
    ):
        return False
    return any(name[0] == word[0] and slips_between(word, name, 2) <= 2 for name in names if "dag" in name)


@lru_cache(maxsize=8192)
def slips_between(word: str, other: str, most: int) -> int:
    """How many slips apart two words are, or ``most + 1`` when it is more than ``most``."""
    if abs(len(word) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for n, letter in enumerate(word, 1):
        earlier, before, row = before, row, [n]
        for m, wanted in enumerate(other, 1):
            row.append(min(before[m] + 1, row[m - 1] + 1, before[m - 1] + (letter != wanted)))
            if n > 1 and m > 1 and letter == other[m - 2] and word[n - 2] == wanted:
                row[m] = min(row[m], earlier[m - 2] + 1)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _slips_allowed(letters: int) -> int:
    if not ONE_SLIP_LETTERS <= letters <= LONGEST_WORD:
        return 0
    return 1 if letters < TWO_SLIPS_LETTERS else 2
