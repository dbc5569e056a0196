"""A sample address for every route rule there is; a rule without one fails the tests that walk them all.

Rules are written with ``<>`` for each part that varies. ``{SJ-05 2026-11-19}`` in an address stands
for the id of that row's date in the sample programme.
"""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from khcal.db import db
from khcal.models import Event, Occurrence

PUBLIC = {
    "/": ("/",),
    "/om/integritet": ("/om/integritet",),
    "/om/tillganglighet": ("/om/tillganglighet",),
    "/halsa": ("/halsa",),
    "/alla.ics": ("/alla.ics",),
    "/q/<>": ("/q/sjuharad",),
    "/<>/": (
        "/sjuharad/",
        "/goteborg/?typ=rorelse&for=alla",
        "/riks/",
        "/stockholm/?fran=2026-12-18&sok=fika",
    ),
    "/<>/huset": ("/sjuharad/huset",),
    "/<>/vecka/<>": ("/sjuharad/vecka/2026-v48", "/goteborg/vecka/2026-v53"),
    "/<>/manad/<>": ("/sjuharad/manad/2026-11", "/stockholm/manad/2026-12"),
    "/<>/dag/<>": ("/sjuharad/dag/2026-11-24", "/sjuharad/dag/2026-11-21"),
    "/<>/aktivitet/<>": ("/sjuharad/aktivitet/oppet-hus", "/goteborg/aktivitet/samtal-pa-arabiska"),
    "/<>/aktivitet/<>.ics": ("/sjuharad/aktivitet/oppet-hus.ics",),
    "/<>/tillfalle/<>": ("/sjuharad/tillfalle/{SJ-05 2026-11-19}", "/stockholm/tillfalle/{ST-07 2026-12-02}"),
    "/<>/tillfalle/<>.ics": ("/sjuharad/tillfalle/{SJ-05 2026-11-26}.ics",),
    "/<>.ics": ("/sjuharad.ics", "/riks.ics"),
    "/<>/prenumerera": ("/sjuharad/prenumerera",),
    "/skarm/": ("/skarm/",),
    "/skarm/<>": ("/skarm/sjuharad",),
    "/skarm/<>/program.json": ("/skarm/sjuharad/program.json",),
    "/skarm/fil/<>/<>": ("/skarm/fil/0/main.js", "/skarm/fil/0/kiosk.css"),
    "/static/<>": (),
}
STAFF: dict[str, tuple[str, ...]] = {}


def shape(rule: Rule) -> str:
    """A rule with its variable parts emptied."""
    return re.sub(r"<[^>]*>", "<>", rule.rule)


def filled(app: Flask, address: str) -> str:
    """``address`` with the ids of the dates that it names by row and day."""
    with app.app_context():
        return re.sub(r"\{(\S+) (\S+)\}", lambda named: str(_id_of(named[1], named[2])), address)


def public_addresses(app: Flask) -> list[str]:
    """Every public sample address."""
    return [filled(app, address) for samples in PUBLIC.values() for address in samples]


def _id_of(row: str, day: str) -> int:
    statement = select(Occurrence.id, Occurrence.starts_at).join(Event).where(Event.import_key == row)
    return next(found.id for found in db.session.execute(statement) if f"{found.starts_at.date()}" == day)
