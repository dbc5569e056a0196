"""Small numbers in words: ``sex``, ``tredje``, ``3:e``."""

from __future__ import annotations

from .line import Line

_CARDINALS = """
noll ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton
tjugo
"""
_ORDINALS = (
    "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte trettonde fjortonde"
)
CARDINALS = {word: number for number, word in enumerate(_CARDINALS.split())}
CARDINALS |= {"en": 1, "trettio": 30, "fyrtio": 40, "femtio": 50, "sextio": 60, "nittio": 90}
ORDINALS = {word: number for number, word in enumerate(_ORDINALS.split(), 1)}
WORDS = frozenset({*CARDINALS, *ORDINALS})
_ENDINGS = frozenset({"e", "a"})


def read_number(line: Line, at: int) -> tuple[int, int] | None:
    """A whole number in figures or words, and the position after it."""
    number = line.number(at)
    if number is None:
        number = CARDINALS.get(line.word(at))
    return None if number is None else (number, at + 1)


def read_ordinal(line: Line, at: int) -> tuple[int, int] | None:
    """``tredje``, ``3:e`` or ``3e``, and the position after it."""
    word = line.word(at)
    if word in ORDINALS:
        return ORDINALS[word], at + 1
    number = line.number(at)
    end = past_ending(line, at + 1)
    return (number, end) if number is not None and end > at + 1 else None


def past_ending(line: Line, at: int) -> int:
    """The position after the ``:e`` of an ordinal, if it has one."""
    after_colon = at + 1 if line.word(at) == ":" and line.touches(at) else at
    return after_colon + 1 if line.word(after_colon) in _ENDINGS and line.touches(after_colon) else at
