"""The houses themselves, for national admins: a new one, other names, closing and opening again."""

from __future__ import annotations

from flask import Response, current_app, flash, make_response, render_template, request, url_for
from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from khcal.calendaring import clock
from khcal.calendaring.phrases.closed_house import announce_closed_house
from khcal.db import db
from khcal.forms.new_house import CloseHouseForm, HouseNamesForm, NewHouseForm, RenameHouseForm
from khcal.i18n import gettext as _
from khcal.models import Chapter, Event, Occurrence
from khcal.models.bookkeeping import begin_change
from khcal.models.closing import CLOSED_FOR_GOOD, close_for_good, open_again
from khcal.models.house_addresses import Taken, move_house, why_taken
from khcal.queries.staff.announced import CLOSED_HOUSE, told_closing
from khcal.queries.staff.every_house import every_house, still_planned

from ..access import redirect_to
from .accounts_found import demand_admin, load_chapter
from .passwords import is_confirmed
from .people import person
from .tries import limit_own_password


def houses() -> Response:
    """Every house, closed ones too."""
    demand_admin()
    return make_response(render_template("staff/houses.html", houses=every_house()))


def new_house_page() -> Response:
    """What a house needs."""
    demand_admin()
    return _show_form(NewHouseForm())


def make_house() -> Response:
    """A house with an empty calendar."""
    demand_admin()
    form = NewHouseForm(request.form)
    told = _("{house} finns nu, på adressen /{slug}/. Bjud in någon som kan sköta programmet.")
    if known := _made_already(form):
        return _tell(known, told)
    if not (form.validate() and _is_free(form)):
        return _show_form(form, status=422)
    begin_change(db.session(), "house-create", person().id)
    house = Chapter(
        slug=form.wanted_slug, name=form.name.data, short_name=form.short_name.data, city=form.city.data
    )
    db.session.add(house)
    return _save(form, house, told)


def rename_house_page(number: int) -> Response:
    """Names and address."""
    demand_admin()
    house = load_chapter(number)
    return _show_form(_names_of(house), house)


def rename_house(number: int) -> Response:
    """Another name; at another address the old one leads on."""
    demand_admin()
    house, form = load_chapter(number), RenameHouseForm(request.form)
    both, is_valid = form.meet(_names_of(house)), form.validate()
    if both:
        return _show_form(form, house, 409, conflicts=both)
    if not (is_valid and _is_free(form, house)):
        return _show_form(form, house, 422)
    begin_change(db.session(), "house-rename", person().id, house.id)
    house.name, house.short_name = form.name.data or "", form.short_name.data or ""
    move_house(db.session(), house, form.wanted_slug)
    return _save(form, house, _("{house} är sparat. Adressen är /{slug}/. Gamla adresser leder dit."))


def close_house_page(number: int) -> Response:
    """What is still planned there."""
    demand_admin()
    return _show_closing(load_chapter(number), CloseHouseForm())


@limit_own_password
def close_house(number: int) -> Response:
    """Close it for good; what it planned is called off, so that nobody comes in vain."""
    demand_admin()
    house, form = load_chapter(number), CloseHouseForm(request.form)
    if not is_confirmed(form):
        return _show_closing(house, form, 422)
    planned = still_planned(house.id, clock.today())
    if planned and not form.cancel_dates.data:
        form.cancel_dates.errors = [_("Ställ in tillfällena eller lämna över dem till ett annat hus först.")]
        return _show_closing(house, form, 422)
    if house.closed_on is None:
        begin_change(db.session(), CLOSED_HOUSE, person().id, house.id)
        events = [db.session.get_one(Event, each.id) for each in planned]
        title = _("{house} har stängt").format(house=house.name)
        text = _("Kalendern ändras inte mer. Du kan ta bort den.")
        db.session.add(close_for_good(house, events, _("Huset har stängt."), title, text))
        db.session.commit()
    flash(_("{house} är stängt.").format(house=house.name))
    return redirect_to(url_for("staff.closed_house", number=house.id))


def closed_house(number: int) -> Response:
    """What to send to those who used to come; of an open house there is nothing to tell."""
    demand_admin()
    house = load_chapter(number)
    if house.closed_on is None:
        return redirect_to(url_for("staff.houses"))
    change = told_closing(house.id)
    address: str = current_app.extensions["khcal"].public_url + url_for("start.houses")
    texts = announce_closed_house(change.dates if change else (), house.name, address)
    return make_response(render_template("staff/closed_house.html", house=house, texts=texts))


def reopen_house(number: int) -> Response:
    """Show it again, at the address it had."""
    demand_admin()
    house = load_chapter(number)
    if house.closed_on is not None:
        begin_change(db.session(), "house-open", person().id, house.id)
        open_again(house, db.session.scalars(_last_dates_of(house)))
        db.session.commit()
    flash(_("{house} är öppet igen. Det som var inställt är det fortfarande.").format(house=house.name))
    return redirect_to(url_for("staff.houses"))


def _last_dates_of(house: Chapter) -> Select[Occurrence]:
    """What told subscribers that the house had closed for good."""
    return select(Occurrence).join(Event).where(Event.chapter_id == house.id, Event.slug == CLOSED_FOR_GOOD)


def _made_already(form: NewHouseForm) -> Chapter | None:
    """The house that an earlier sending of the same form made: all that it says is so."""
    said = {
        "slug": form.wanted_slug,
        "name": form.name.data,
        "short_name": form.short_name.data,
        "city": form.city.data,
    }
    return db.session.scalar(select(Chapter).filter_by(**said, closed_on=None))


def _names_of(house: Chapter) -> RenameHouseForm:
    return RenameHouseForm(obj=house).remember(str(house.version))


def _is_free(form: HouseNamesForm, house: Chapter | None = None) -> bool:
    """Whether the wanted address can be this house's; otherwise its field says why not."""
    slug = form.wanted_slug
    told = {
        Taken.RESERVED: _("Adressen /{slug}/ hör till kalendern själv. Välj en annan."),
        Taken.HOUSE: _("Ett annat hus har redan adressen /{slug}/. Välj en annan."),
        Taken.OLD: _("Adressen /{slug}/ leder till ett hus som har bytt namn. Välj en annan."),
    }
    why = why_taken(db.session(), slug, house)
    if why is not None:
        form.slug.errors = [told[why].format(slug=slug)]
    return why is None


def _save(form: HouseNamesForm, house: Chapter, sentence: str) -> Response:
    """Commit, unless another house got the address, or this one other names, at the same moment."""
    number = house.id
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        _is_free(form, load_chapter(number) if number else None)
        return _show_form(form, load_chapter(number) if number else None, 422)
    except StaleDataError:
        db.session.rollback()
        return _show_both(form, load_chapter(number))
    return _tell(house, sentence)


def _tell(house: Chapter, sentence: str) -> Response:
    flash(sentence.format(house=house.name, slug=house.slug))
    return redirect_to(url_for("staff.houses"))


def _show_both(form: HouseNamesForm, house: Chapter) -> Response:
    both = form.meet(_names_of(house)) if isinstance(form, RenameHouseForm) else []
    return _show_form(form, house, 409, conflicts=both)


def _show_form(
    form: HouseNamesForm, house: Chapter | None = None, status: int = 200, **told: object
) -> Response:
    return make_response(render_template("staff/house_form.html", form=form, house=house, **told), status)


def _show_closing(house: Chapter, form: CloseHouseForm, status: int = 200) -> Response:
    planned = still_planned(house.id, clock.today())
    body = render_template("staff/close_house.html", house=house, form=form, planned=planned)
    return make_response(body, status)
