"""Accounts: name, e-mail, passwords, and what an account opens."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, HiddenField, PasswordField
from wtforms.validators import InputRequired, Length, ValidationError

from khcal.calendaring.phrases.words import N_
from khcal.i18n import gettext as _

from .fields import CodesField, TextField
from .sign_in import LONGEST_NAME, LONGEST_PASSWORD
from .swedish import SwedishForm

_NAME = re.compile(r"[\w.@'+-]+(?: [\w.@'+-]+)*")
_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+")
LONGEST_EMAIL = 120


class UserNameField(TextField):
    """What somebody logs in with. Small and capital letters are the same."""

    def __init__(self, label: str, **values: Any) -> None:
        super().__init__(label, LONGEST_NAME, **values)

    def pre_validate(self, form: Any) -> None:
        """Letters and digits that one can read out on the telephone."""
        name = " ".join((self.data or "").split())
        if len(name) < 2:
            raise ValidationError(_("Skriv ett användarnamn med minst två tecken."))
        if not _NAME.fullmatch(name) or len(name.casefold()) > LONGEST_NAME:
            raise ValidationError(_("Använd bara bokstäver, siffror, punkt, bindestreck och mellanslag."))


class EmailField(TextField):
    """An address, or nothing."""

    def __init__(self, label: str, **values: Any) -> None:
        super().__init__(label, LONGEST_EMAIL, **values)

    def pre_validate(self, form: Any) -> None:
        """It looks like one; nothing is sent to it."""
        if self.data and not _EMAIL.fullmatch(self.data):
            raise ValidationError(_("Skriv adressen så här: namn@example.org. Fältet får också vara tomt."))


class NewPasswordField(PasswordField):
    """A password that somebody chooses; whether it is good enough, who keeps it says."""

    def __init__(self, label: str = N_("Nytt lösenord"), **values: Any) -> None:
        required = InputRequired(_("Skriv ett lösenord."))
        super().__init__(label, validators=[required, Length(max=LONGEST_PASSWORD)], **values)


class ConfirmForm(SwedishForm):
    """One's own password once more, before something that decides who gets in."""

    own_password = PasswordField(N_("Ditt eget lösenord"), validators=[Length(max=LONGEST_PASSWORD)])
    # Where it stands on the page, and so in the summary of faults.
    last_field = "own_password"

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self._fields[self.last_field] = self._fields.pop(self.last_field)

    def refuse_password(self) -> None:
        """Say that it is not right."""
        self.own_password.errors = [_("Det är inte ditt lösenord. Försök igen.")]

    def validate_own_password(self, field: PasswordField) -> None:
        """It has to be there."""
        if not field.data:
            raise ValidationError(_("Skriv ditt lösenord, så att vi vet att det är du."))


class OwnAccountForm(SwedishForm):
    """What one may change of one's own account without further ado."""

    name = UserNameField(N_("Användarnamn"))
    email = EmailField(N_("E-post"))


class OwnPasswordForm(ConfirmForm):
    """The present password and a new one."""

    own_password = PasswordField(N_("Lösenordet du har nu"), validators=[Length(max=LONGEST_PASSWORD)])
    password = NewPasswordField()
    last_field = "password"


class NewPasswordForm(SwedishForm):
    """A new password for somebody who came by a link."""

    password = NewPasswordField()


class AccessForm(ConfirmForm):
    """What an account opens. ``seen`` is what the page said when it was opened."""

    national = BooleanField(N_("Nationell admin: sköter alla hus och alla konton"))
    houses = CodesField(N_("Hus"), int)
    seen = HiddenField()

    def offer(self, houses: Iterable[tuple[int, str]]) -> None:
        """The houses that can be ticked: number and name."""
        self.houses.choices = list(houses)

    def validate_houses(self, field: CodesField) -> None:
        """An account that opens nothing is an account to end."""
        if not field.data and not self.national.data:
            raise ValidationError(
                _("Välj minst ett hus. Ska personen inte ha något, avsluta kontot i stället.")
            )
