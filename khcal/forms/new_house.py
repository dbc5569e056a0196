"""A house: its names and its address; and closing one for good."""

from __future__ import annotations

import re
from typing import Any

from wtforms import BooleanField
from wtforms.validators import ValidationError

from khcal.calendaring.phrases.words import N_
from khcal.calendaring.reading_text import slug_of
from khcal.i18n import gettext as _

from .account import ConfirmForm
from .fields import TextField
from .seen import SeenForm
from .swedish import SwedishForm

LONGEST_SLUG = 60
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class SlugField(TextField):
    """The part of an address that is a house's own."""

    def __init__(self, label: str, **values: Any) -> None:
        super().__init__(label, LONGEST_SLUG, **values)

    def pre_validate(self, form: Any) -> None:
        """Letters that can be read from a wall and typed on any telephone."""
        if self.data and not _SLUG.fullmatch(self.data):
            raise ValidationError(
                _("Använd små bokstäver a–z, siffror och bindestreck, till exempel sjuharad.")
            )


class HouseNamesForm(SwedishForm):
    """The names of a house and its address; an empty address follows the short name."""

    name = TextField(N_("Hela namnet"), 120)
    short_name = TextField(N_("Kort namn"), 60)
    slug = SlugField(N_("Adress"))

    def validate_name(self, field: TextField) -> None:
        """It has to be there."""
        if not field.data:
            raise ValidationError(_("Skriv husets hela namn, till exempel Kraftens hus Sjuhärad."))

    def validate_short_name(self, field: TextField) -> None:
        """It has to be there."""
        if not field.data:
            raise ValidationError(_("Skriv ett kort namn, till exempel Sjuhärad."))

    @property
    def wanted_slug(self) -> str:
        """The address that was typed, or the one that the short name gives."""
        return self.slug.data or slug_of(self.short_name.data or "")[:LONGEST_SLUG].strip("-")


class RenameHouseForm(SeenForm, HouseNamesForm):
    """Other names for a house that is there."""

    kept = ("name", "short_name", "slug")


class NewHouseForm(HouseNamesForm):
    """A house that is to be."""

    city = TextField(N_("Ort"), 80)


class CloseHouseForm(ConfirmForm):
    """To close a house for good; what is planned has to be called off."""

    cancel_dates = BooleanField(N_("Ställ in alla kommande tillfällen"))
