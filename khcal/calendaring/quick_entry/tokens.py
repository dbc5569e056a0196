"""A typed line → its words, numbers and marks, each with its place in the line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple
from unicodedata import normalize

# No part of a token can be matched in two ways, so the time is linear. A mark may be any other sign.
_PARTS = re.compile(r"(?P<number>[0-9]+)|(?P<word>[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*)|.")
_CHUNK = re.compile(r"\S+")
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
_AFTER_ADDRESS = ".,;:!?)\"'”"


class Sort(Enum):
    """What a token is. An address is one of e-mail or the web; it is never taken apart."""

    WORD = "word"
    NUMBER = "number"
    MARK = "mark"
    ADDRESS = "address"


class Token(NamedTuple):
    """A piece of the line from ``start`` to ``end`` (exclusive). ``folded`` is in small letters and NFC.

    All dashes are ``-`` when folded.
    """

    sort: Sort
    folded: str
    start: int
    end: int


def tokens_of(text: str) -> tuple[Token, ...]:
    """Everything in the line but the space between."""
    return tuple(token for chunk in _CHUNK.finditer(text) for token in _of_chunk(chunk[0], chunk.start()))


def _of_chunk(chunk: str, start: int) -> Iterator[Token]:
    rest = 0
    if "@" in chunk or "://" in chunk:
        address = chunk.lstrip("(<").rstrip(_AFTER_ADDRESS + ">")
        rest = chunk.find(address) + len(address)
        if address:
            yield Token(Sort.ADDRESS, address.casefold(), start + rest - len(address), start + rest)
    for part in _PARTS.finditer(chunk, rest):
        sort = Sort(part.lastgroup) if part.lastgroup else Sort.MARK
        yield Token(sort, _folded(part[0]), start + part.start(), start + part.end())


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    return "-" if text in _DASHES else normalize("NFC", text).casefold()
