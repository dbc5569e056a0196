"""What is left out: ``ej v. 7 och v. 14``, ``uppehåll v. 44 (höstlov)``, ``utom fredagar``."""

from __future__ import annotations

from .church_days import FEASTS, capital
from .day_points import read_feast
from .facts import Days, Fact, Found, Skip, Skips, Weekdays
from .line import Line
from .stretches import is_joined_by_word, past_and, read_stretch
from .weekdays import read_weekdays

_OPENINGS = (
    ("med", "undantag", "för"),
    ("med", "undantag", "av"),
    ("med", "uppehåll"),
    ("men", "inte"),
    ("men", "ej"),
    ("dock", "inte"),
    ("dock", "ej"),
    ("hoppar", "över"),
    ("inga", "träffar"),
    ("ingen", "träff"),
    ("ej",),
    ("inte",),
    ("icke",),
    ("utom",),
    ("förutom",),
    ("undantag",),
    ("undantaget",),
    ("uppehåll",),
    ("paus",),
    ("inget",),
    ("inga",),
    ("ingen",),
    ("stängt",),
    ("ledigt",),
    ("exkl",),
    ("exklusive",),
    ("minus",),
)
_BY_FIRST_WORD = {first: [words for words in _OPENINGS if words[0] == first] for first, *_ in _OPENINGS}
_DENIALS = frozenset({"ej", "inte", "icke", "ingen", "inget", "inga", "utan"})
# Not dates of the activity either, but nothing that a form of dates can hold.
_OTHER_NEWS = frozenset({"inställt", "inställd", "inställda", "flyttas", "flyttat", "flyttad"})
_FILLERS = frozenset({"i", "på", "under", "för", "den", "över", ":", "vid"})
_EVERY_RED_DAY = (("röda", "dagar"), ("röd", "dag"), ("helgdagar",), ("helgdag",), ("röda", "dagarna"))
_BREAKS = frozenset(
    {
        "höstlov",
        "sportlov",
        "påsklov",
        "jullov",
        "sommarlov",
        "lov",
        "höstlovet",
        "sportlovet",
        "påsklovet",
        "jullovet",
    }
)
WORDS = frozenset(
    word
    for words in (*_OPENINGS, *_EVERY_RED_DAY, *FEASTS, _BREAKS, _OTHER_NEWS)
    for word in words
    if len(word) > 2
) | {"ej", "röd"}
MOST_ITEMS = 60
LONGEST_REASON = 6


def read_exclusions(line: Line, at: int) -> Found | None:
    """A word that leaves out, and everything that it leaves out.

    "Stängt" at the beginning of a line is what the line is about, no exception.
    """
    if line.word(at) == "stängt" and at == 0:
        return None
    for words in _BY_FIRST_WORD.get(line.word(at), ()):
        end = line.past(at, *words)
        end = line.past_dot(end) if end and words == ("exkl",) else end
        if end and (found := _read_items(line, at, end)):
            return found
    return None


def denies(line: Line, at: int, fact: Fact) -> bool:
    """Whether the word there makes something else of what follows it than it would be alone."""
    word = line.word(at)
    return word in _DENIALS or (word in _OTHER_NEWS | _BREAKS and isinstance(fact, Days))


def _read_items(line: Line, start: int, at: int) -> Found | None:
    items: list[Skip] = []
    more = _read_item(line, start, _past_fillers(line, at))
    while more and len(items) < MOST_ITEMS:
        items += more[0]
        at = more[1]
        more = _read_next(line, at, items[-1])
    return Found(at, Skips(tuple(items))) if items else None


def _read_next(line: Line, at: int, before: Skip) -> tuple[list[Skip], int] | None:
    start = past_and(line, at)
    if not start:
        return None
    after = start + 1 if line.word(start) in _DENIALS else start
    more = _read_item(line, start, _past_fillers(line, after))
    if more is None or after > start:
        return more
    # "ej v. 7, 12 januari" and "ej v. 7 och tisdagar": another sort begins something new.
    is_same = _sort_of(before) == _sort_of(more[0][0])
    is_weekday = bool(more[0][0].weekdays)
    return more if is_same or (is_joined_by_word(line, at) and not is_weekday) else None


def _sort_of(item: Skip) -> object:
    return (type(item.stretch.first), item.stretch.is_range) if item.stretch else bool(item.weekdays)


def _read_item(line: Line, start: int, at: int) -> tuple[list[Skip], int] | None:
    for words in _EVERY_RED_DAY:
        if end := line.past(at, *words):
            return [Skip(start, end)], end
    reason = line.piece(at, at + 1) if line.word(at) in _BREAKS and line.is_word(at) else ""
    after_break = at + 1 if reason and read_stretch(line, at + 1) else at
    if found := read_stretch(line, after_break, with_months=True):
        stretches, end = found
        said, end = _read_reason(line, end)
        why = capital(said or (reason if after_break > at else ""))
        return [Skip(start, end, stretch, reason=why) for stretch in stretches], end
    if feast := read_feast(line, at):
        stretch, end = feast
        why = capital(line.piece(at, end - 1 if stretch.first.year else end))
        return [Skip(start, end, stretch, reason=why, is_feast=True)], end
    weekdays = read_weekdays(line, at)
    if weekdays is None or not isinstance(weekdays.fact, Weekdays):
        return None
    return [Skip(start, weekdays.end, weekdays=weekdays.fact.days)], weekdays.end


def _read_reason(line: Line, at: int) -> tuple[str, int]:
    """The words in brackets after what is left out: ``v. 44 (höstlov)``."""
    if line.word(at) != "(":
        return "", at
    end = at + 1
    while end - at <= LONGEST_REASON and line.is_word(end):
        end += 1
    return (line.piece(at + 1, end), end + 1) if end > at + 1 and line.word(end) == ")" else ("", at)


def _past_fillers(line: Line, at: int) -> int:
    while line.word(at) in _FILLERS and line.number(at + 1) is None:
        at += 1
    return at
