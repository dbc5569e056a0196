"""Passwords are checked and made few at a time, and never while a lock on the database is held."""

from __future__ import annotations

from threading import BoundedSemaphore

from khcal.db import db
from khcal.forms.account import ConfirmForm, NewPasswordField
from khcal.models import PasswordError
from khcal.models.user import hash_of, is_password

from .people import person
from .tries import OWN_PASSWORD

# A hash takes a fifth of a second of a whole core: never more at once than leaves threads to others.
_hashing = BoundedSemaphore(2)


def is_right(kept: str, password: str) -> bool:
    """Whether ``kept`` is the hash of this password; takes as long, and says no, when nothing is kept."""
    with _hashing:
        return is_password(kept, password) and bool(kept)


def is_confirmed(form: ConfirmForm) -> bool:
    """Whether the form is filled in and the person typed her own password; otherwise the form says so.

    Ends the transaction so far: what was loaded before is loaded anew.
    """
    if not form.validate():
        return False
    kept = person().sign_in.user.password_hash
    db.session.commit()
    if is_right(kept, form.own_password.data or ""):
        return True
    OWN_PASSWORD.count()
    form.refuse_password()
    return False


def new_hash(field: NewPasswordField, name: str) -> str | None:
    """The hash of a password somebody chose; ``None`` when it is too easy, which its field then says.

    Ends the transaction so far.
    """
    db.session.commit()
    try:
        with _hashing:
            return hash_of(field.data or "", name)
    except PasswordError as fault:
        field.errors = [*field.errors, str(fault)]
        return None
