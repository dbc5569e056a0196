"""Everybody's account, for national admins: what it opens, a new link, and its end."""

from __future__ import annotations

from typing import TypeVar

from flask import Response, flash, make_response, render_template, request, url_for

from khcal import permissions
from khcal.calendaring import phrases
from khcal.db import db
from khcal.forms.account import AccessForm, ConfirmForm
from khcal.forms.invitation import InviteAnywhereForm
from khcal.i18n import gettext as _
from khcal.models import Chapter, User
from khcal.models.last_admin import LastAdminError
from khcal.queries.staff import every_house
from khcal.queries.staff import people as accounts

from ..access import redirect_to
from .account_steps import NameTakenError, end_account, invite, renew, set_access, shut_out_already
from .accounts_found import demand_admin, load_account
from .passwords import is_confirmed
from .people import person
from .person_pages import (
    Question,
    about_end,
    about_new_link,
    about_withdrawal,
    ask,
    last_admin_told,
    refuse_taken_name,
    show_link,
)
from .tries import limit_own_password

F = TypeVar("F", bound=AccessForm)


def everybody() -> Response:
    """All accounts that have not ended."""
    demand_admin()
    return make_response(render_template("staff/everybody.html", people=accounts.people()))


def invite_anywhere_page() -> Response:
    """Whom to invite, and to what."""
    demand_admin()
    return _show_invitation(InviteAnywhereForm())


@limit_own_password
def invite_anywhere() -> Response:
    """Make the link, and show it this once."""
    demand_admin()
    form = _offering(InviteAnywhereForm(request.form))
    if not is_confirmed(form):
        return _show_invitation(form, 422)
    try:
        handed = invite(form.name.data or "", _ticked(form), bool(form.national.data))
    except NameTakenError:
        refuse_taken_name(form.name)
        return _show_invitation(form, 422)
    return show_link(handed, url_for("staff.everybody"))


def access_page(number: int) -> Response:
    """What an account opens."""
    demand_admin()
    return _show_access(load_account(number))


@limit_own_password
def change_access(number: int) -> Response:
    """Open other houses, or all of them."""
    demand_admin()
    user = load_account(number)
    form = _offering(AccessForm(request.form))
    if form.seen.data != _state(user):
        return _show_access(user, form, _changed_meanwhile(user), 409)
    if not is_confirmed(form):
        return _show_access(user, form, "", 422)
    try:
        set_access(user, [*_ticked(form), *_closed(user)], bool(form.national.data))
    except LastAdminError:
        return _show_access(user, form, last_admin_told(), 422)
    return _done(_("Ändringen är sparad för {name}.").format(name=user.name))


def renew_account_page(number: int) -> Response:
    """What a new link does."""
    demand_admin()
    return ask(about_new_link(load_account(number), url_for("staff.everybody")), ConfirmForm())


@limit_own_password
def renew_account(number: int) -> Response:
    """A new invitation, or a link to a new password."""
    demand_admin()
    user = load_account(number)
    question, form = about_new_link(user, url_for("staff.everybody")), ConfirmForm(request.form)
    return show_link(renew(user), question.back) if is_confirmed(form) else ask(question, form)


def end_page(number: int) -> Response:
    """What becomes of the account."""
    demand_admin()
    return ask(_about_end(load_account(number)), ConfirmForm())


@limit_own_password
def end(number: int) -> Response:
    """The end of an account, or of an invitation."""
    demand_admin()
    told = _("{name} kan inte logga in längre.")
    if gone := shut_out_already(number):
        return _done(told.format(name=gone))
    user = load_account(number)
    question, form, name = _about_end(user), ConfirmForm(request.form), user.name
    if not is_confirmed(form):
        return ask(question, form)
    try:
        end_account(user)
    except LastAdminError:
        return ask(question, form, last_admin_told())
    return _done(told.format(name=name))


def _offering(form: F) -> F:
    form.offer((house.id, house.name) for house in every_house.every_house() if house.closed_on is None)
    return form


def _ticked(form: AccessForm) -> list[Chapter]:
    return list(db.session.scalars(db.select(Chapter).where(Chapter.id.in_(form.houses.data or []))))


def _closed(user: User) -> list[Chapter]:
    """Houses that have closed are not in the form and stay the account's."""
    return [chapter for chapter in user.chapters if chapter.closed_on is not None]


def _state(user: User) -> str:
    """What an account opens, to be compared with what a form was made of."""
    houses = sorted(chapter.id for chapter in user.chapters)
    return f"{'alla' if user.is_national_admin else ''} {' '.join(map(str, houses))}"


def _changed_meanwhile(user: User) -> str:
    """What an account opens now, to be compared with what is ticked."""
    opened = [_("alla hus")] if user.is_national_admin else []
    opened += sorted(chapter.short_name for chapter in user.chapters)
    told = _(
        "Någon annan har ändrat kontot. Nu är det: {now}. Dina kryss står kvar. Spara igen om det ska bli så."
    )
    return told.format(now=phrases.listing(opened))


def _show_invitation(form: InviteAnywhereForm, status: int = 200) -> Response:
    return make_response(render_template("staff/invite_anywhere.html", form=_offering(form)), status)


def _show_access(
    user: User, form: AccessForm | None = None, trouble: str = "", status: int = 200
) -> Response:
    houses = [chapter.id for chapter in user.chapters]
    form = form or AccessForm(data={"national": user.is_national_admin, "houses": houses})
    form.seen.data = _state(user)
    body = render_template("staff/access.html", user=user, form=_offering(form), trouble=trouble)
    return make_response(body, status)


def _about_end(user: User) -> Question:
    back = url_for("staff.everybody")
    return about_withdrawal(user, back) if user.is_invited else about_end(user, back)


def _done(sentence: str) -> Response:
    db.session.commit()
    flash(phrases.capital(sentence))
    is_admin = permissions.may_manage_accounts(person().grants)
    return redirect_to(url_for("staff.everybody" if is_admin else "staff.start"))
