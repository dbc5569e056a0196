"""A room of the house, or a place outside that it uses again and again."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField
from wtforms.validators import DataRequired
from wtforms.widgets import TextArea

from khcal.calendaring.phrases.words import N_

from .fields import TextField
from .seen import SeenForm

COLUMNS = ("name", "address", "directions", "access", "outside")


class RoomForm(SeenForm):
    """What it is called, where it is and how one gets in."""

    kept = COLUMNS

    name = TextField(
        N_("Vad rummet eller platsen heter"), 120, validators=[DataRequired(N_("Skriv vad rummet heter."))]
    )
    outside = BooleanField(N_("Det är en plats utanför huset"))
    address = TextField(N_("Adress"), 200)
    directions = TextField(N_("Så hittar man dit"), 1000, widget=TextArea())
    access = TextField(N_("Om tillgänglighet"), 1000, widget=TextArea())

    def values(self) -> dict[str, Any]:
        """The room's columns by name."""
        return {name: self[name].data for name in COLUMNS}

    def refuse_name(self, message: str) -> None:
        """Another room has this name."""
        self.name.errors = [*self.name.errors, message]
