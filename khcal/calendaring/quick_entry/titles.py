"""Titles that are told apart at once: in quotation marks, or one that the house has used before."""

from __future__ import annotations

from functools import lru_cache

from .facts import Found, TitleSaid
from .known import Earlier
from .line import Line
from .spelling import slips_between
from .tokens import tokens_of

_QUOTES = {'"': '"', "”": "”", "“": "”", "«": "»", "»": "»"}
_Titles = dict[str, list[tuple[tuple[str, ...], Earlier]]]
ONE_SLIP_LETTERS = 6
TWO_SLIPS_LETTERS = 12


def read_quoted(line: Line, at: int) -> Found | None:
    """``”Hjärntrött? Strategier i vardagen”``: a title whatever its words."""
    closing = _QUOTES.get(line.word(at))
    if closing is None:
        return None
    for end in range(at + 2, len(line)):
        if line.word(end) in {closing, '"', "“"}:
            title = line.piece(at + 1, end)
            known = same_title(title, line.known.earlier)
            return Found(end + 1, TitleSaid(known.title if known else title, known.id if known else None))
    return None


def read_earlier(line: Line, at: int) -> Found | None:
    """The longest title of the house that stands here word by word."""
    word = line.tokens[at].folded
    for words, earlier in _titles(line.known.earlier).get(word, ()):
        end = at + len(words)
        if end <= len(line) and all(line.tokens[at + n].folded == each for n, each in enumerate(words)):
            return Found(end, TitleSaid(earlier.title, earlier.id))
    return None


def same_title(title: str, known: tuple[Earlier, ...]) -> Earlier | None:
    """The known activity with that title, whatever the spaces and capitals; the first one counts."""
    wanted = _words_of(title)
    return (
        next((each for words, each in _titles(known).get(wanted[0], ()) if words == wanted), None)
        if wanted
        else None
    )


def near_title(title: str, known: tuple[Earlier, ...]) -> Earlier | None:
    """The one known title that is a slip or two away; never when figures differ, as in "grupp 2"."""
    wanted = title.casefold()
    most = 0 if len(wanted) < ONE_SLIP_LETTERS else 1 if len(wanted) < TWO_SLIPS_LETTERS else 2
    figures = _figures(wanted)
    fits: dict[str, tuple[int, Earlier]] = {}
    for each in known:
        name = each.title.casefold()
        if name not in fits and _figures(name) == figures:
            fits[name] = (slips_between(wanted, name, most), each)
    near = sorted((pair for pair in fits.values() if pair[0] <= most), key=lambda pair: pair[0])
    return near[0][1] if len(near) == 1 or (near and near[0][0] < near[1][0]) else None


def _figures(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _words_of(title: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens_of(title))


@lru_cache(maxsize=64)
def _titles(known: tuple[Earlier, ...]) -> _Titles:
    found: _Titles = {}
    for each in known:
        if words := _words_of(each.title):
            found.setdefault(words[0], []).append((words, each))
    for ways in found.values():
        ways.sort(key=lambda way: -len(way[0]))
    return found
