"""Coming in by a one-time link, without a log-in: saying yes to an invitation, choosing a new password.

A link that is unknown, used, too old or for something else gets one and the same answer. Looking at the
page does not use the link up: programs that preview messages do that too.
"""

from __future__ import annotations

from flask import Response, flash, make_response, render_template, request, url_for

from khcal.db import db
from khcal.forms.account import NewPasswordForm
from khcal.forms.invitation import JoinForm
from khcal.i18n import gettext as _
from khcal.models import OneTimeLink, User
from khcal.models.bookkeeping import begin_change
from khcal.models.one_time_link import Purpose, end_links, find_link, spend_link
from khcal.models.people_history import image_of, write_down_account

from ..access import redirect_to
from .account_steps import NameTakenError, check_name, flush_name, only_house
from .passwords import new_hash
from .people import is_logged_in, let_in, person
from .person_pages import refuse_taken_name
from .tries import limit_links


@limit_links
def invitation_page(token: str) -> Response:
    """What the person is invited to, and how to log in from now on."""
    link = find_link(db.session(), token, Purpose.INVITE)
    return _show_invitation(link, JoinForm(data={"name": link.user.name})) if link else _no_link()


@limit_links
def accept_invitation(token: str) -> Response:
    """Yes: name and password are chosen, and the person is in."""
    link = find_link(db.session(), token, Purpose.INVITE)
    if link is None:
        return _no_link()
    form = JoinForm(request.form)
    try:
        made = new_hash(form.password, form.name.data or "") if form.validate() else None
        if made is None:
            return _show_invitation(link, form, 422)
        return _join(token, form, made)
    except NameTakenError:
        refuse_taken_name(form.name)
        return _show_invitation(link, form, 422)


@limit_links
def add_to_own_account(token: str) -> Response:
    """Yes, with the account that one is logged in with: it gets the houses of the invitation."""
    link = find_link(db.session(), token, Purpose.INVITE)
    if link is None or not spend_link(db.session(), link):
        return _no_link()
    invited, user = link.user, db.session.get_one(User, person().id)
    before = image_of(user)
    begin_change(db.session(), "invite", user.id, only_house(invited.chapters))
    user.set_access([*user.chapters, *invited.chapters], user.is_national_admin or invited.is_national_admin)
    write_down_account(db.session(), user, before)
    db.session.delete(invited)
    db.session.commit()
    flash(_("Ditt konto har fått fler hus."))
    return redirect_to(url_for("staff.start"))


@limit_links
def new_password_page(token: str) -> Response:
    """Whose password it is."""
    link = find_link(db.session(), token, Purpose.RESET)
    return _show_password(link, NewPasswordForm()) if link else _no_link()


@limit_links
def choose_password(token: str) -> Response:
    """The new password; every log-in with the old one ends."""
    link = find_link(db.session(), token, Purpose.RESET)
    if link is None:
        return _no_link()
    form = NewPasswordForm(request.form)
    made = new_hash(form.password, link.user.name) if form.validate() else None
    if made is None:
        return _show_password(link, form, 422)
    link = find_link(db.session(), token, Purpose.RESET)
    if link is None or not spend_link(db.session(), link):
        return _no_link()
    user = link.user
    begin_change(db.session(), "password", user.id)
    user.keep_password(made)
    end_links(db.session(), user)
    write_down_account(db.session(), user, image_of(user))
    return _come_in(user, _("Ditt nya lösenord gäller nu. Alla gamla inloggningar är utloggade."))


def _join(token: str, form: JoinForm, made: str) -> Response:
    link = find_link(db.session(), token, Purpose.INVITE)
    if link is None:
        return _no_link()
    user, name = link.user, form.name.data or ""
    before = image_of(user)
    check_name(user, name)
    if not spend_link(db.session(), link):
        return _no_link()
    begin_change(db.session(), "invite", user.id, only_house(user.chapters))
    user.name, user.email = name, form.email.data or ""
    user.keep_password(made)
    flush_name()
    write_down_account(db.session(), user, before)
    told = _("Välkommen. Du är inloggad. Nästa gång loggar du in som {name}.")
    return _come_in(user, told.format(name=user.name))


def _come_in(user: User, sentence: str) -> Response:
    let_in(user)
    flash(sentence)
    return redirect_to(url_for("staff.start"))


def _no_link() -> Response:
    return make_response(render_template("staff/link_gone.html"), 404)


def _show_invitation(link: OneTimeLink, form: JoinForm, status: int = 200) -> Response:
    body = render_template("staff/join.html", link=link, form=form, is_here=is_logged_in())
    return make_response(body, status)


def _show_password(link: OneTimeLink, form: NewPasswordForm, status: int = 200) -> Response:
    return make_response(render_template("staff/choose_password.html", user=link.user, form=form), status)
