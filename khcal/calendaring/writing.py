"""In which language a text is written, as far as its letters tell.

Staff say in which language an activity is held; its title may still be Swedish ("Samtal på arabiska").
"""

from __future__ import annotations

import unicodedata

FROM_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def written_in(text: str, language: str) -> str:
    """``language`` when ``text`` can be in it and it is not Swedish; otherwise nothing."""
    if language == "sv" or is_from_right_to_left(text) != (language in FROM_RIGHT_TO_LEFT):
        return ""
    return language


def is_from_right_to_left(text: str) -> bool:
    """Whether the first letter of ``text`` belongs to a script that is written from the right."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False
