"""Name and password, to log in with."""

from __future__ import annotations

from wtforms import HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from khcal.calendaring.phrases.words import N_
from khcal.i18n import gettext as _

from .fields import TextField
from .swedish import SwedishForm

LONGEST_NAME = 80
LONGEST_PASSWORD = 1000


class SignInForm(SwedishForm):
    """``next`` is the page that was asked for, ``kept`` a form that was sent after the log-in had ended.

    Whoever uses them checks them.
    """

    next = HiddenField()
    kept = HiddenField()
    name = TextField(N_("Användarnamn"), LONGEST_NAME, validators=[InputRequired()])
    password = PasswordField(N_("Lösenord"), validators=[InputRequired(), Length(max=LONGEST_PASSWORD)])

    def refuse(self) -> None:
        """Say that it is wrong, and not which of the two."""
        self.form_errors = [_("Användarnamnet eller lösenordet stämmer inte. Försök igen.")]
