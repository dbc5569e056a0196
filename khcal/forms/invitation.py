"""To invite somebody, and to say yes."""

from __future__ import annotations

from khcal.calendaring.phrases.words import N_

from .account import AccessForm, ConfirmForm, EmailField, NewPasswordField, UserNameField
from .swedish import SwedishForm


class InviteForm(ConfirmForm):
    """Whom one invites to one's own house."""

    name = UserNameField(N_("Användarnamn för den du bjuder in"))


class InviteAnywhereForm(AccessForm):
    """Whom a national admin invites, and to what."""

    name = UserNameField(N_("Användarnamn för den du bjuder in"))


class JoinForm(SwedishForm):
    """How the invited person wants to log in."""

    name = UserNameField(N_("Användarnamn"))
    email = EmailField(N_("E-post"))
    password = NewPasswordField(N_("Lösenord"))
