"""Log in and out."""

from __future__ import annotations

from flask import Response, flash, request, session
from sqlalchemy import select

from khcal.db import db, reading
from khcal.forms.sign_in import SignInForm
from khcal.i18n import gettext as _
from khcal.models import User
from khcal.models.user import plain_name

from ..access import redirect_to
from .door import LOG_IN, own_address, sign_in_page
from .passwords import is_right
from .people import is_logged_in, let_in, person
from .resuming import Kept, show_kept
from .tries import limit_tries


def log_in_page() -> Response:
    """The form, or straight in when one is logged in already."""
    if is_logged_in():
        return redirect_to(own_address(request.args.get("next", "")))
    return sign_in_page(SignInForm(data={"next": request.args.get("next", "")}))


@limit_tries
def log_in() -> Response:
    """In with a new token, or the same answer whatever was wrong."""
    form = SignInForm(request.form)
    if not form.validate():
        return sign_in_page(form, 422)
    user = _checked_user(form.name.data or "", form.password.data or "")
    if user is None:
        form.refuse()
        return sign_in_page(form, 422)
    let_in(user)
    kept = Kept.from_text(form.kept.data or "")
    return show_kept(kept) if kept else redirect_to(own_address(form.next.data or ""))


def log_out() -> Response:
    """End this log-in; a copy of its cookie opens nothing any more."""
    person().sign_in.end()
    db.session.commit()
    session.clear()
    flash(_("Du är utloggad."))
    return redirect_to(LOG_IN)


def _checked_user(name: str, password: str) -> User | None:
    """The account with this name and password; takes as long when there is none."""
    with reading():
        known = db.session.scalar(select(User).where(User.name == plain_name(name)))
        kept = known.password_hash if known and known.ended_at is None else ""
        number = known.id if known else None
        db.session.rollback()
    # No lock on the database is held during the slow part.
    if not is_right(kept, password):
        return None
    return db.session.get(User, number)
