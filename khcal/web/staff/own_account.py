"""One's own account: name, e-mail, password, where one is logged in, and the end of it."""

from __future__ import annotations

from flask import Response, flash, make_response, render_template, request, session, url_for

from khcal.calendaring import clock
from khcal.db import db
from khcal.forms.account import ConfirmForm, OwnAccountForm, OwnPasswordForm
from khcal.i18n import gettext as _
from khcal.models import User
from khcal.models.bookkeeping import begin_change
from khcal.models.last_admin import LastAdminError
from khcal.models.one_time_link import end_links
from khcal.models.people_history import image_of, write_down_account
from khcal.models.user import plain_name
from khcal.queries.staff.people import open_sign_ins

from ..access import redirect_to
from .account_steps import NameTakenError, check_name, end_account, flush_name
from .passwords import is_confirmed, new_hash
from .people import let_in, person
from .person_pages import Question, ask, last_admin_told, refuse_taken_name
from .tries import limit_own_password


def own_account() -> Response:
    """Name and e-mail, and where one is logged in."""
    user = _own_user()
    return _show(user, OwnAccountForm(data={"name": user.name, "email": user.email}))


def change_own_account() -> Response:
    """Another name to log in with, another e-mail."""
    user, form = _own_user(), OwnAccountForm(request.form)
    if not form.validate():
        return _show(user, form, 422)
    try:
        _rename(user, form.name.data or "")
    except NameTakenError:
        refuse_taken_name(form.name)
        return _show(_own_user(), form, 422)
    user.email = form.email.data or ""
    db.session.commit()
    flash(_("Ditt konto är sparat. Du loggar in som {name}.").format(name=user.name))
    return redirect_to(url_for("staff.own_account"))


def own_password_page() -> Response:
    """The old password and a new one."""
    return _show_password(OwnPasswordForm())


@limit_own_password
def change_own_password() -> Response:
    """A new password. Every other log-in ends, and this one goes on under a new token."""
    form = OwnPasswordForm(request.form)
    made = new_hash(form.password, person().name) if is_confirmed(form) else None
    if made is None:
        return _show_password(form, 422)
    user = _own_user()
    begin_change(db.session(), "password", user.id)
    user.keep_password(made)
    end_links(db.session(), user)
    write_down_account(db.session(), user, image_of(user))
    let_in(user)
    flash(_("Ditt nya lösenord gäller nu. Du är utloggad på alla andra ställen."))
    return redirect_to(url_for("staff.own_account"))


def log_out_everywhere() -> Response:
    """End every log-in of this person, this one too."""
    _own_user().end_sign_ins()
    db.session.commit()
    session.clear()
    flash(_("Du är utloggad överallt."))
    return redirect_to(url_for("staff.log_in_page"))


def end_own_page() -> Response:
    """What becomes of one's account."""
    return ask(_about_end(), ConfirmForm())


@limit_own_password
def end_own_account() -> Response:
    """The end of one's own account, unless nobody would be left to keep the houses."""
    form = ConfirmForm(request.form)
    if not is_confirmed(form):
        return ask(_about_end(), form)
    try:
        end_account(_own_user())
    except LastAdminError:
        return ask(_about_end(), form, last_admin_told())
    db.session.commit()
    session.clear()
    flash(_("Ditt konto är avslutat. Tack för allt du har gjort."))
    return redirect_to(url_for("staff.log_in_page"))


def _own_user() -> User:
    return db.session.get_one(User, person().id)


def _rename(user: User, name: str) -> None:
    """Take another name. Raises :class:`~khcal.web.staff.account_steps.NameTakenError`."""
    if plain_name(name) == user.name:
        return
    check_name(user, name)
    before = image_of(user)
    begin_change(db.session(), "edit", user.id)
    user.name = name
    flush_name()
    write_down_account(db.session(), user, before)


def _show(user: User, form: OwnAccountForm, status: int = 200) -> Response:
    devices = [
        (clock.from_epoch_seconds(each.seen_at).astimezone(clock.ZONE), each.id == person().sign_in.id)
        for each in open_sign_ins(user.id, clock.epoch_seconds())
    ]
    body = render_template("staff/own_account.html", user=user, form=form, devices=devices)
    return make_response(body, status)


def _show_password(form: OwnPasswordForm, status: int = 200) -> Response:
    return make_response(render_template("staff/own_password.html", form=form), status)


def _about_end() -> Question:
    told = (
        _("Du loggas ut och kan inte logga in igen. Allt som du har lagt in finns kvar."),
        _("Ett avslutat konto går inte att öppna igen."),
    )
    return Question(
        _("Avsluta ditt konto"), told, _("Avsluta mitt konto"), url_for("staff.own_account"), is_end=True
    )
