"""What a change of an activity asks besides its fields: for which dates it is, and who goes along."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from wtforms import HiddenField, RadioField, SelectMultipleField

from khcal.calendaring.phrases.words import N_

from .swedish import SwedishForm


class Reach(StrEnum):
    """Which dates a change is for."""

    FROM = "from"
    COMING = "coming"


class Meeting(StrEnum):
    """What a title does that leads to the page of another group."""

    JOIN = "join"
    APART = "apart"


class Renamed(StrEnum):
    """Which activities of a group get a new title."""

    GROUP = "group"
    ONE = "one"


class ChangeFields(SwedishForm):
    """``tillfalle`` is the date that one came from. What is ticked in ``follow_look`` loses its own words."""

    tillfalle = HiddenField()
    reach = RadioField(N_("Vilka tillfällen ändras"), choices=[], validate_choice=False)
    renamed = RadioField(N_("Fler i gruppen"), choices=[], validate_choice=False)
    meeting = RadioField(N_("Samma namn"), choices=[], validate_choice=False)
    follow_look = SelectMultipleField(validate_choice=False, choices=[])

    def look_followers(self) -> set[int]:
        """Ids of dates that shall be called, led and placed like the rest again."""
        return numbers_in(self.follow_look.data or ())


# Fields that say how to save, not what: no text to compare with somebody else's.
STEERING = frozenset({"ticked", "follow", "follow_look", "reach", "renamed", "meeting"})


def numbers_in(texts: Collection[str]) -> set[int]:
    """The whole numbers among what was sent."""
    return {int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 12}
