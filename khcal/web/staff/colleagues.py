"""Those who keep a house: who they are, inviting one more, a new link for one, and the end of it."""

from __future__ import annotations

from flask import Response, abort, flash, make_response, render_template, request, url_for

from khcal import permissions
from khcal.calendaring import clock, phrases
from khcal.db import db
from khcal.forms.account import ConfirmForm
from khcal.forms.invitation import InviteForm
from khcal.i18n import gettext as _
from khcal.models import Chapter, User
from khcal.queries import HousePage, house_page
from khcal.queries.staff import people as accounts

from ..access import redirect_to
from .access import load_own_house
from .account_steps import NameTakenError, invite, renew, shut_out_already, take_house_away
from .accounts_found import load_colleague, may_renew
from .passwords import is_confirmed
from .people import person
from .person_pages import (
    Question,
    about_end,
    about_new_link,
    about_withdrawal,
    ask,
    refuse_taken_name,
    show_link,
)
from .tries import limit_own_password


def people(chapter: str) -> Response:
    """Everybody who keeps the house, and who is invited to."""
    page = load_own_house(chapter)
    known = accounts.people(page.house.id)
    helped = {each.id for each in known if permissions.may_stand_in_for(person().grants, each.grants)}
    told = {"people": known, "helped": helped, "admins": accounts.admin_names()}
    return make_response(render_template("staff/people.html", page=page, **told))


def invite_page(chapter: str) -> Response:
    """Whom to invite."""
    return _show_form(load_own_house(chapter), InviteForm())


@limit_own_password
def invite_colleague(chapter: str) -> Response:
    """Make the link, and show it this once."""
    page = load_own_house(chapter)
    form = InviteForm(request.form)
    if not is_confirmed(form):
        return _show_form(page, form, 422)
    try:
        handed = invite(form.name.data or "", [db.session.get_one(Chapter, page.house.id)])
    except NameTakenError:
        refuse_taken_name(form.name)
        return _show_form(page, form, 422)
    return show_link(handed, _list_of(page), page)


def renew_colleague_page(chapter: str, number: int) -> Response:
    """What a new link does."""
    page = load_own_house(chapter)
    return ask(_about_new_link(page, load_colleague(page, number)), ConfirmForm())


@limit_own_password
def renew_colleague(chapter: str, number: int) -> Response:
    """A new invitation, or a link to a new password."""
    page = load_own_house(chapter)
    user = load_colleague(page, number)
    question, form = _about_new_link(page, user), ConfirmForm(request.form)
    if not is_confirmed(form):
        return ask(question, form)
    return show_link(renew(user, page.house.id), _list_of(page), page)


def remove_colleague_page(chapter: str, number: int) -> Response:
    """What becomes of the account."""
    page = load_own_house(chapter)
    return ask(_about_removal(page, load_colleague(page, number)), ConfirmForm())


@limit_own_password
def remove_colleague(chapter: str, number: int) -> Response:
    """The house is no longer open to that person."""
    if left := _left_already(chapter, number):
        return left
    page = load_own_house(chapter)
    house = db.session.get_one(Chapter, page.house.id)
    if gone := shut_out_already(number, house):
        return _tell_removed(page, gone, number)
    user = load_colleague(page, number)
    question, form = _about_removal(page, user), ConfirmForm(request.form)
    if not is_confirmed(form):
        return ask(question, form)
    name = user.name
    take_house_away(user, house)
    db.session.commit()
    return _tell_removed(page, name, number)


def _left_already(slug: str, number: int) -> Response | None:
    """The answer to one who left the house a moment ago and pressed twice: it is not hers any more."""
    page = house_page(slug, clock.today())
    if page is None or number != person().id or permissions.may_edit(person().grants, page.house.id):
        return None
    name = shut_out_already(number, db.session.get_one(Chapter, page.house.id))
    return _tell_removed(page, name, number) if name else None


def _tell_removed(page: HousePage, name: str, number: int) -> Response:
    told = _("{name} har inte längre tillgång till {house}.").format(name=name, house=page.house.name)
    flash(phrases.capital(told))
    return redirect_to(url_for("staff.start") if number == person().id else _list_of(page))


def _list_of(page: HousePage) -> str:
    return url_for("staff.people", chapter=page.house.slug)


def _show_form(page: HousePage, form: InviteForm, status: int = 200) -> Response:
    return make_response(render_template("staff/invite.html", page=page, form=form), status)


def _about_new_link(page: HousePage, user: User) -> Question:
    if not may_renew(user):
        abort(403)
    return about_new_link(user, _list_of(page), page)


def _about_removal(page: HousePage, user: User) -> Question:
    if user.is_invited:
        return about_withdrawal(user, _list_of(page), page)
    if len(user.memberships) == 1:
        return about_end(user, _list_of(page), page)
    names = {"name": user.name, "house": page.house.name}
    told = _("{name} kan inte längre ändra något i {house}, men har kvar sina andra hus.")
    heading = _("Ta bort {name} från {house}")
    return Question(
        heading.format(**names), (told.format(**names),), _("Ta bort"), _list_of(page), is_end=True, page=page
    )
