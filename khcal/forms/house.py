"""What a house tells of itself: where it is, how one gets in, when it is open, whom to ask."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from wtforms.validators import ValidationError
from wtforms.widgets import TextArea

from khcal.calendaring.phrases.words import N_
from khcal.i18n import gettext as _

from .fields import TextField
from .seen import SeenForm

COLUMNS = ("greeting", "street", "city", "directions", "hours", "phone", "email", "website", "access")
FEWEST_DIGITS = 5
_PHONE = re.compile(r"\+?[0-9 ()/.\-\N{NO-BREAK SPACE}\N{EN DASH}]+", re.ASCII)
_EMAIL = re.compile(r"[^@\s<>,;:\"]{1,64}@[^@\s<>,;:\"]{1,80}\.[^@\s<>,;:\".]{2,24}")


class FactsForm(SeenForm):
    """The house's own facts. All may be empty: pages then say whom to ask."""

    kept = COLUMNS

    greeting = TextField(N_("Hälsning"), 200)
    street = TextField(N_("Gatuadress"), 200)
    city = TextField(N_("Ort"), 80)
    directions = TextField(N_("Så kommer man in"), 1000, widget=TextArea())
    hours = TextField(N_("Öppettider"), 500, widget=TextArea())
    phone = TextField(N_("Telefon"), 40)
    email = TextField(N_("E-post"), 120)
    website = TextField(N_("Webbplats"), 200)
    access = TextField(N_("Tillgänglighet i huset"), 1000, widget=TextArea())

    def validate_phone(self, field: TextField) -> None:
        """Digits and what stands between them; whether somebody answers is not for a form to know."""
        text = field.data or ""
        if text and not (_PHONE.fullmatch(text) and sum(map(str.isdigit, text)) >= FEWEST_DIGITS):
            raise ValidationError(_("Skriv numret med siffror, till exempel 031-12 34 56."))

    def validate_email(self, field: TextField) -> None:
        """One address that looks like one."""
        if field.data and not _EMAIL.fullmatch(field.data):
            raise ValidationError(_("Skriv en hel e-postadress, till exempel hus@example.org."))

    def validate_website(self, field: TextField) -> None:
        """Only addresses of the web: anything else in a link would be a trap."""
        text = field.data or ""
        if text and not _is_web_address(text):
            raise ValidationError(_("Skriv hela adressen. Den ska börja med https:// eller http://."))

    def values(self) -> dict[str, Any]:
        """The house's columns by name."""
        return {name: self[name].data for name in COLUMNS}


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    has_odd_sign = any(sign.isspace() or sign in "<>\"'\\" for sign in text)
    return parts.scheme in {"http", "https"} and "." in host and "@" not in parts.netloc and not has_odd_sign
