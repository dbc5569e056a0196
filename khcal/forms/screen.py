"""Screens: the code that one shows, what it is called, how it shows what it shows, where it hangs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Any

from wtforms import RadioField
from wtforms.validators import DataRequired, ValidationError

from khcal.calendaring.pairing_code import CodeError, read_code
from khcal.calendaring.phrases.screens import TURNS, code_fault
from khcal.calendaring.phrases.words import N_
from khcal.calendaring.screen_settings import Distance, Turned, whole
from khcal.i18n import gettext as _

from .fields import CodeField, OneCodeField, TextField, TimeField
from .seen import SeenForm
from .swedish import SwedishForm
from .typed import read_time, say_time

LONGEST_NAME = 80
NO_NAME = N_("Skriv vad skärmen heter, till exempel Skärmen i entrén.")
NEW = ""


class PairForm(SwedishForm):
    """``which`` is the number of a screen that is paired again, or nothing for a new one."""

    code = TextField(N_("Koden på skärmen"), 200)
    which = RadioField(N_("Vilken skärm är det"), choices=[], validate_choice=False, default=NEW)
    name = TextField(N_("Vad skärmen heter"), LONGEST_NAME)

    def offer(self, screens: Iterable[tuple[int, str]]) -> None:
        """The screens of the house, which may be paired again."""
        offered = [(NEW, _("En ny skärm")), *((str(number), name) for number, name in screens)]
        self.which.choices = offered
        self._offered = {number for number, _name in offered}

    @property
    def asks_which(self) -> bool:
        """Whether there is a screen that it could be."""
        return len(self._offered) > 1

    @property
    def is_new(self) -> bool:
        """Whether it is one that the house does not have yet."""
        return not self.which.data

    @property
    def typed_code(self) -> str:
        """The code as it is compared; only of a form that is valid."""
        return read_code(self.code.data or "")

    def validate_code(self, field: TextField) -> None:
        """It has to look like one."""
        try:
            read_code(field.data or "")
        except CodeError as error:
            raise ValidationError(code_fault(error)) from None

    def validate_which(self, field: RadioField) -> None:
        """One of the house's own."""
        if (field.data or NEW) not in self._offered:
            raise ValidationError(_("Välj en av skärmarna."))

    def validate_name(self, field: TextField) -> None:
        """A new screen needs one."""
        if self.is_new and not field.data:
            raise ValidationError(_(NO_NAME))

    def refuse_code(self) -> None:
        """It opens nothing."""
        told = _("Koden gäller inte. Den byts var femtonde minut: skriv den som står på skärmen nu.")
        self.code.errors = [told]

    def refuse_name(self) -> None:
        """Another screen of the house has it."""
        self.name.errors = [_("Det finns redan en skärm som heter så. Välj ett annat namn.")]


class ScreenForm(SeenForm):
    """The name, and what is set."""

    kept = ("name", "distance", "turned", "opens", "closes", "greeting")

    name = TextField(N_("Vad skärmen heter"), LONGEST_NAME, validators=[DataRequired(NO_NAME)])
    distance = CodeField(
        N_("Läsavstånd"),
        Distance,
        lambda code: _("{number} meter").format(number=code),
        default=Distance.FOUR,
    )
    turned = OneCodeField(
        N_("Så hänger skärmen"),
        Turned,
        lambda code: _(TURNS[code]),
        N_("Välj hur skärmen hänger."),
        default=Turned.NO,
    )
    opens = TimeField(N_("Tänds"))
    closes = TimeField(N_("Släcks"))
    greeting = TextField(N_("Hälsning"), 80)

    def validate_closes(self, field: TimeField) -> None:
        """After it opens; both times or none."""
        opens = self.opens.data
        if (opens is None) != (field.data is None) and not self.opens.errors:
            raise ValidationError(_("Skriv båda tiderna, eller ingen."))
        if opens is not None and field.data is not None and field.data <= opens:
            raise ValidationError(_("Skriv en tid som kommer efter att skärmen tänds."))

    def refuse_name(self) -> None:
        """Another screen of the house has it."""
        self.name.errors = [_("Det finns redan en skärm som heter så. Välj ett annat namn.")]

    def settings(self) -> dict[str, str]:
        """What is set, as it is kept."""
        return {
            "distance": str(self.distance.data),
            "turned": str(self.turned.data),
            "opens": say_time(self.opens.data),
            "closes": say_time(self.closes.data),
            "greeting": self.greeting.data or "",
        }


def stored_values(name: str, settings: dict[str, Any]) -> dict[str, Any]:
    """The fields of :class:`ScreenForm` for a screen as it is kept."""
    of = whole(settings)
    return {
        "name": name,
        "distance": Distance(of["distance"]),
        "turned": Turned(of["turned"]),
        "opens": _time(of["opens"]),
        "closes": _time(of["closes"]),
        "greeting": of["greeting"],
    }


def _time(kept: str) -> time | None:
    return read_time(kept) if kept else None


class MoveScreenForm(SwedishForm):
    """Which house it is to show."""

    house = RadioField(N_("Nytt hus"), choices=[], validate_choice=False)

    def offer(self, houses: Sequence[tuple[int, str]]) -> None:
        """The houses that the person keeps besides."""
        self.house.choices = [(str(number), name) for number, name in houses]
        self._offered = {str(number) for number, _name in houses}
        if len(houses) == 1 and not self.house.data:
            self.house.data = str(houses[0][0])

    def has_house(self) -> bool:
        """Whether a house is chosen that can be; says so at the field otherwise."""
        if self.house.data not in self._offered or self.is_resumed:
            self.house.errors = [_("Välj vilket hus skärmen ska visa.")]
            return False
        return True

    def refuse_name(self, name: str, house: str) -> None:
        """A screen of that house has the same name."""
        told = _("{house} har redan en skärm som heter {name}. Byt namn på den här först.")
        self.house.errors = [told.format(house=house, name=name)]
