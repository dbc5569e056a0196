"""What the pages about accounts share: asking for one's password, the link that is shown once."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, make_response, render_template

from khcal.forms.account import ConfirmForm, UserNameField
from khcal.i18n import gettext as _
from khcal.models import User
from khcal.queries import HousePage

from .account_steps import Handed


@dataclass(frozen=True)
class Question:
    """Something that asks for one's own password before it is done: what it is, and what comes of it."""

    heading: str
    told: tuple[str, ...]
    button: str
    back: str
    is_end: bool = False
    page: HousePage | None = None


def ask(question: Question, form: ConfirmForm, trouble: str = "") -> Response:
    """The page with the question; 422 when the form was sent and something is wrong with it."""
    body = render_template(
        "staff/confirm.html", question=question, page=question.page, form=form, trouble=trouble
    )
    return make_response(body, 422 if form.errors or trouble else 200)


def about_new_link(user: User, back: str, page: HousePage | None = None) -> Question:
    """Before a new link is made for somebody."""
    told = [
        _("Du får en länk som gäller i 30 minuter. Lämna den bara till {name} själv."),
        _("När {name} har valt ett nytt lösenord loggas alla gamla inloggningar ut."),
    ]
    heading = _("Nytt lösenord för {name}")
    if user.is_invited:
        heading = _("Ny inbjudan till {name}")
        told = [_("Du får en länk som gäller i sju dagar. Den gamla länken slutar gälla.")]
    return _question(user, heading, told, _("Skapa länk"), back, page, is_end=False)


def about_withdrawal(user: User, back: str, page: HousePage | None = None) -> Question:
    """Before an invitation is taken back."""
    told = [_("Länken slutar gälla. Du kan bjuda in {name} igen när du vill.")]
    return _question(user, _("Ta tillbaka inbjudan till {name}"), told, _("Ta tillbaka inbjudan"), back, page)


def about_end(user: User, back: str, page: HousePage | None = None) -> Question:
    """Before an account ends."""
    told = [
        _("{name} loggas ut och kan inte logga in igen. Allt som {name} har lagt in finns kvar."),
        _("Ett avslutat konto går inte att öppna igen. Personen kan bjudas in på nytt med ett annat namn."),
    ]
    return _question(user, _("Avsluta kontot för {name}"), told, _("Avsluta kontot"), back, page)


def _question(
    user: User,
    heading: str,
    told: list[str],
    button: str,
    back: str,
    page: HousePage | None,
    is_end: bool = True,
) -> Question:
    said = tuple(text.format(name=user.name) for text in told)
    return Question(heading.format(name=user.name), said, button, back, is_end, page)


def show_link(handed: Handed, back: str, page: HousePage | None = None) -> Response:
    """The link, in the answer to the form itself: it is kept nowhere, not even in a cookie."""
    return make_response(render_template("staff/link.html", page=page, handed=handed, back=back))


def refuse_taken_name(field: UserNameField) -> None:
    """Say at the field that somebody has the name, and what helps."""
    told = _("Användarnamnet är upptaget. Lägg till något, till exempel en bokstav ur efternamnet.")
    field.errors = [*field.errors, told]


def last_admin_told() -> str:
    """Why the last national admin stays."""
    return _("Det måste finnas minst en nationell admin. Gör någon annan till nationell admin först.")
