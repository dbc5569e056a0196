"""How to get the calendar into one's own phone, and the short address that QR codes lead to."""

from __future__ import annotations

import io
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import segno
from flask import Blueprint, Response, abort, current_app, redirect, request, url_for
from markupsafe import Markup

from khcal import queries
from khcal.calendaring.shapes import Group, House
from khcal.web.access import load_house
from khcal.web.htmx import render
from khcal.web.kept import keep_under

blueprint = Blueprint("subscribe", __name__)


@dataclass(frozen=True, slots=True)
class Addresses:
    """One feed as each kind of calendar program wants to be told of it; ``page`` is for the QR code."""

    https: str
    webcal: str
    google: str
    outlook: str
    page: str


@blueprint.get("/<chapter>/prenumerera")
def subscribe(chapter: str) -> Response:
    """The house's calendar, or with ``?grupp=`` that of one group."""
    page = load_house(chapter)
    slug = request.args.get("grupp", "")
    keep_under({"grupp": slug} if slug else {})
    group = _group(page.house.id, slug) if slug else None
    addresses = _addresses(page.house, group)
    return render(
        "visitor/subscribe.html",
        page=page,
        group=group,
        addresses=addresses,
        short_address=f"{_public_url()}/q/{chapter}",
        qr=_qr(addresses.page),
    )


@blueprint.get("/q/<chapter>")
def short(chapter: str) -> Response:
    """The permanent address on posters and screens."""
    return redirect(url_for("subscribe.subscribe", chapter=load_house(chapter).house.slug), 302)  # type: ignore[return-value]


def _group(house_id: int, slug: str) -> Group:
    return (slug.isprintable() and queries.group(house_id, slug)) or abort(404)


def _addresses(house: House, group: Group | None) -> Addresses:
    public = _public_url()
    path = f"/{house.slug}/aktivitet/{group.slug}.ics" if group else f"/{house.slug}.ics"
    https = public + path
    webcal = f"webcal://{https.partition('://')[2]}"
    name = group.title if group else house.name
    return Addresses(
        https=https,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{urlencode({'url': https, 'name': name})}",
        page=f"{public}/{house.slug}/prenumerera?grupp={group.slug}" if group else f"{public}/q/{house.slug}",
    )


def _public_url() -> str:
    address: str = current_app.extensions["khcal"].public_url
    return address


def _qr(address: str) -> Markup:
    """A QR code as SVG without styles, black on white in every theme."""
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, svgns=False, nl=False, border=4, light="#fff", omitsize=True)
    return Markup(drawn.getvalue().decode())
