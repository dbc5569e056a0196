"""What staff set for one screen, as it is kept and as the screen gets it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Distance(StrEnum):
    """From how many metres a screen is read."""

    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    SIX = "6"


class Turned(StrEnum):
    """How a screen hangs: as its picture comes, or turned a quarter."""

    NO = "no"
    LEFT = "left"
    RIGHT = "right"


# ``opens`` and ``closes`` are ``08.00`` or empty: the screen is never dimmed. Without a greeting of its own
# a screen has the house's.
USUAL = {
    "distance": Distance.FOUR.value,
    "turned": Turned.NO.value,
    "opens": "",
    "closes": "",
    "greeting": "",
}


def whole(kept: Mapping[str, Any]) -> dict[str, str]:
    """Every setting, with what is usual for those that nobody has set."""
    return {name: str(kept.get(name, usual)) for name, usual in USUAL.items()}
