"""How to get the calendar into one's own phone, and the short address that QR codes lead to.

The page is the same for every device; a script opens the way that fits the one it is read on.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NoReturn
from urllib.parse import quote, urlencode

import segno
from flask import Response, abort, redirect, request, url_for
from markupsafe import Markup

from khcal import queries
from khcal.calendaring.filters import NO_FILTERS, Filters, read_filters
from khcal.calendaring.shapes import Group, House
from khcal.i18n import gettext as _
from khcal.queries import HousePage
from khcal.web.access import load_house, new_group
from khcal.web.canonical import public_url
from khcal.web.htmx import render
from khcal.web.kept import keep_under

from .choices import choices

# In the order of how many have them.
DEVICES = ("iphone", "android", "windows", "mac", "annat")


@dataclass(frozen=True, slots=True)
class Subscription:
    """What one subscribes to: a house, one group, or what filters leave; plainly or discreetly."""

    public_url: str
    house: House
    group: Group | None
    filters: Filters
    is_discreet: bool

    @property
    def name(self) -> str:
        """What the calendar is called in programs that ask for a name."""
        if self.is_discreet:
            return _("Aktiviteter")
        return ", ".join(part for part in (self.told, self.house.name) if part)

    @property
    def told(self) -> str:
        """The group, or what was chosen in the list; empty for everything."""
        return self.group.title if self.group else choices(self.house.slug, self.filters, 0).words

    @property
    def query(self) -> dict[str, str]:
        """The parameters of this page that say what one subscribes to, in a fixed order."""
        chosen = {"grupp": self.group.slug} if self.group else self.filters.as_query
        return chosen | ({"diskret": "1"} if self.is_discreet else {})

    @property
    def https(self) -> str:
        """The address of the feed."""
        group = f"/aktivitet/{self.group.slug}" if self.group else ""
        file = "/diskret.ics" if self.is_discreet else ".ics"
        return self.public_url + _with_query(f"/{self.house.slug}{group}{file}", self.filters.as_query)

    @property
    def webcal(self) -> str:
        """For Apple's calendars, and others that have asked to open such addresses."""
        return f"webcal://{self._after_scheme}"

    @property
    def webcals(self) -> str:
        """For ICSx5, which takes ``webcal:`` for http without encryption."""
        return f"webcals://{self._after_scheme}" if self.https.startswith("https") else self.webcal

    @property
    def google(self) -> str:
        """Google wants the address with ``webcal:``; one with https fails there."""
        return f"https://calendar.google.com/calendar/r?cid={quote(self.webcal, safe='')}"

    @property
    def outlook(self) -> str:
        """For private accounts. New Outlook loses the scheme of ``webcal:`` addresses."""
        return f"https://outlook.live.com{self._outlook_path}"

    @property
    def outlook_at_work(self) -> str:
        """For accounts at work or school."""
        return f"https://outlook.office.com{self._outlook_path}"

    @property
    def page(self) -> str:
        """This page."""
        return self.public_url + _with_query(f"/{self.house.slug}/prenumerera", self.query)

    @property
    def short(self) -> str:
        """The address of the house on posters and screens."""
        return f"{self.public_url}/q/{self.house.slug}"

    @property
    def qr(self) -> Markup:
        """The code that leads to this page, by an address as short as it can be."""
        return _qr(self.page if self.query else self.short)

    @property
    def _after_scheme(self) -> str:
        return self.https.partition("://")[2]

    @property
    def _outlook_path(self) -> str:
        return f"/calendar/0/addfromweb?{urlencode({'url': self.https, 'name': self.name}, quote_via=quote)}"


def subscribe(chapter: str) -> Response:
    """All of a house, with ``?grupp=`` one group, with the list's filters what they leave."""
    page = load_house(chapter)
    asked = request.args.get("enhet")
    device = asked if asked in DEVICES else ""
    plain, misread = _subscription(page)
    discreet, is_discreet = replace(plain, is_discreet=True), request.args.get("diskret") == "1"
    query = {"enhet": device} if device else {}
    keep_under(None if plain.filters.text else query | (discreet if is_discreet else plain).query)
    return render(
        "visitor/subscribe.html",
        page=page,
        canonical=plain.page,
        subscription=plain,
        ways=(plain, discreet),
        is_discreet=is_discreet,
        misread=misread,
        devices=sorted(DEVICES, key=lambda each: each != device),
        device=device,
        short_address=plain.short,
    )


def short(chapter: str) -> Response:
    """The permanent address on posters and screens."""
    return redirect(url_for("subscribe.subscribe", chapter=load_house(chapter).house.slug), 302)  # type: ignore[return-value]


def _subscription(page: HousePage) -> tuple[Subscription, list[str]]:
    """What the address asks for, plainly, and what in it is no filter of ours."""
    slug = request.args.get("grupp", "")
    filters, misread = (NO_FILTERS, []) if slug else read_filters(request.args)
    group = _group(page, slug) if slug else None
    return Subscription(public_url(), page.house, group, filters, is_discreet=False), misread


def _group(page: HousePage, slug: str) -> Group:
    """The group; who comes by an address that it had once is sent on."""
    found = queries.group(page.house.id, slug) if slug.isprintable() else abort(404)
    return found or _lead_to_new(*(new_group(page, slug) or abort(404)))


def _lead_to_new(house: str, slug: str) -> NoReturn:
    page = url_for("subscribe.subscribe", chapter=house)
    abort(redirect(_with_query(page, request.args.to_dict() | {"grupp": slug}), 301))


def _with_query(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path


def _qr(address: str) -> Markup:
    """A QR code as SVG without styles, black on white in every theme."""
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, svgns=False, nl=False, border=4, light="#fff", omitsize=True)
    return Markup(drawn.getvalue().decode())
