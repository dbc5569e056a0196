"""What may be told in a calendar that others see, at work for one: nothing that names a group."""

from __future__ import annotations

import re
from functools import lru_cache

from .plain_text import one_line

_WORD = re.compile(r"\w+")


# Most dates of a feed have one of a few titles.
@lru_cache(maxsize=1024)
def gives_away(words: str, title: str) -> bool:
    """Whether ``words`` tell ``title``: they hold all of it, or are most of it.

    By whole words, however they are parted, in small letters or capitals. What is a smaller part of the
    title, as ``Träff`` of ``Träff för unga vuxna``, is what it has in common with others.
    """
    said, secret = _words(words), _words(title)
    if not (said and secret):
        return False
    told, whole = "".join(said), "".join(secret)
    return whole in _runs(said) or (2 * len(told) > len(whole) and told in _runs(secret))


def _words(text: str) -> list[str]:
    return _WORD.findall(one_line(text).casefold())


def _runs(words: list[str]) -> set[str]:
    """Each row of words that stand beside each other, written as one: ``lunch yoga`` is ``lunchyoga`` too."""
    ends = range(1, len(words) + 1)
    return {"".join(words[begin:end]) for end in ends for begin in range(end)}
