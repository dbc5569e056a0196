"""The lobby screens: the houses to choose from, the client, its files, and the snapshot it lives on."""

from __future__ import annotations

import json

from flask import Response, abort, current_app, make_response, render_template
from sqlalchemy.exc import OperationalError

from khcal import queries
from khcal.calendaring import clock
from khcal.calendaring.shapes import House
from khcal.calendaring.snapshot import Snapshot, last_day_of, make_snapshot
from khcal.config import Settings

from ..access import load_house
from ..kept import keep_until_change_of
from ..revisions import EVERY_HOUSE
from .answers import way_home
from .shell import wall_shell
from .words import wall_words

A_YEAR_IN_SECONDS = 31_536_000


def houses() -> Response:
    """The houses, to choose which programme a screen shows."""
    keep_until_change_of(EVERY_HOUSE)
    found = queries.all_houses()
    return make_response(render_template("wall/houses.html", houses=found, shell=wall_shell().version))


def screen(chapter: str) -> Response:
    """The client. It is sent also while the database is away: it knows what to say then."""
    try:
        load_house(chapter)
    except OperationalError:
        current_app.logger.warning("The wall client is sent without asking the database.")
    return Response(wall_shell().page, content_type="text/html; charset=utf-8")


def programme(chapter: str) -> Response:
    """The snapshot of a house: 35 days from today."""
    house = load_house(chapter).house
    text = json.dumps(snapshot_of(house), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    response = Response(text, content_type="application/json")
    if house.slug != chapter:
        # So that a screen at an old address knows that it was not given another house's programme.
        response.headers["X-Kiosk-Chapter"] = house.slug
    return response


def worker() -> Response:
    """The service worker. Browsers look for a new one themselves, so no copy of it may be kept."""
    keep_until_change_of()
    return Response(wall_shell().worker, content_type="text/javascript; charset=utf-8")


def file(version: str, name: str) -> Response:
    """A file of the client. One of another version is answered by today's, but not to be kept."""
    shell = wall_shell()
    if name not in shell.files:
        abort(404)
    response = Response(shell.files[name], content_type=shell.content_type(name))
    if version == shell.version:
        keep_until_change_of()
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR_IN_SECONDS}, immutable"
    return response


def snapshot_of(house: House) -> Snapshot:
    """What a screen in ``house`` shows from today on."""
    settings: Settings = current_app.extensions["khcal"]
    first = clock.today()
    last = last_day_of(first)
    return make_snapshot(
        house,
        queries.dates_between(house.id, first, last),
        queries.notices_between(house.id, first, last),
        first,
        way_home(f"{settings.public_url}/q/{house.slug}"),
        wall_words(demo=settings.demo),
    )
