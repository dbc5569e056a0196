"""Which house an activity is given to, and what goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField

from khcal.calendaring.phrases.words import N_
from khcal.i18n import gettext as _

from .change import Meeting, Renamed
from .swedish import SwedishForm


class OwnerForm(SwedishForm):
    """``house`` is the new one's number. ``renamed`` says whether the whole group goes, ``meeting`` what of a
    group there with the same name."""

    version = HiddenField()
    house = RadioField(N_("Nytt hus"), choices=[], validate_choice=False)
    renamed = RadioField(
        N_("Vad flyttar med"), choices=[], validate_choice=False, default=Renamed.GROUP.value
    )
    keeps_showing = BooleanField(N_("Fortsätt visa den"), default=True)
    meeting = RadioField(N_("Samma namn"), choices=[], validate_choice=False)

    def __init__(self, *args: Any, houses: Sequence[tuple[int, str]], mates: int, **values: Any) -> None:
        super().__init__(*args, **values)
        self._houses = {str(number): number for number, _name in houses}
        self.house.choices = [(str(number), name) for number, name in houses]
        if mates:
            self.renamed.choices = [
                (Renamed.GROUP.value, _("Hela gruppen, också tidigare terminer")),
                (Renamed.ONE.value, _("Bara den här")),
            ]
        if len(houses) == 1 and not self.house.data:
            self.house.data = str(houses[0][0])

    @property
    def house_id(self) -> int | None:
        """The number of the house, of those that can be chosen."""
        return self._houses.get(self.house.data or "")

    def has_house(self) -> bool:
        """Whether a house is chosen; says so at the field otherwise."""
        if self.house_id is None:
            self.house.errors = [_("Välj vilket hus som ska sköta den.")]
        return self.house_id is not None

    def ask_where(self, title: str, house: str) -> bool:
        """Ask whether it is the same group as one there; ``True`` when that is answered."""
        self.meeting.choices = [
            (Meeting.JOIN.value, _("Samma grupp: en sida och en prenumeration för båda")),
            (Meeting.APART.value, _("En egen grupp med egen sida")),
        ]
        if self.meeting.data in set(Meeting):
            return True
        told = _("{house} har redan en grupp som heter {title}. Välj om det är samma grupp.")
        self.meeting.errors = [told.format(house=house, title=title)]
        return False
