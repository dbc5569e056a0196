"""A sample address for every route rule there is; a rule without one fails the tests that walk them all.

Rules are written with ``<>`` for each part that varies.
"""

from __future__ import annotations

import re

from flask import Flask
from werkzeug.routing import Rule

from tests.html import select
from tests.samples import filled

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
    "/<>/vecka/<>-v<>": ("/sjuharad/vecka/2026-v48", "/goteborg/vecka/2026-v53"),
    "/<>/manad/<>-<>": ("/sjuharad/manad/2026-11", "/stockholm/manad/2026-12"),
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
    "/robots.txt": ("/robots.txt",),
}
# Files have their content's hash in their names, which only the pages that load them know.
LOADED_BY = {"/static/<>": "/sjuharad/", "/skarm/fil/<>/<>": "/skarm/sjuharad"}
STAFF = {
    "/personal/": ("/personal/",),
    "/personal/logga-ut": ("/personal/logga-ut",),
    "/personal/<>/": ("/personal/sjuharad/", "/personal/finns-inte/"),
    "/personal/<>/aktivitet/ny": ("/personal/sjuharad/aktivitet/ny",),
    "/personal/<>/aktivitet/ny/datum": ("/personal/sjuharad/aktivitet/ny/datum",),
    "/personal/<>/aktivitet/<>": ("/personal/sjuharad/aktivitet/{SJ-05}",),
    "/personal/<>/aktivitet/<>/datum": ("/personal/sjuharad/aktivitet/{SJ-05}/datum",),
    "/personal/<>/tillfalle/<>/stall-in": ("/personal/sjuharad/tillfalle/{SJ-05 2026-11-26}/stall-in",),
    "/personal/<>/tillfalle/<>/ta-tillbaka": ("/personal/sjuharad/tillfalle/{SJ-05 2026-11-19}/ta-tillbaka",),
}
LOG_IN = {"/personal/logga-in": ("/personal/logga-in",)}


def shape(rule: Rule) -> str:
    """A rule with its variable parts emptied."""
    return re.sub(r"<[^>]*>", "<>", rule.rule)


def loaded_addresses(app: Flask) -> list[str]:
    """Every style sheet, script, icon and font that the pages load."""
    pages = [app.test_client().get(page) for page in LOADED_BY.values()]
    elements = [
        found for page in pages for found in select(page, "script[src], link[href]:not([rel=alternate])")
    ]
    addresses = {str(element.get("src") or element.get("href")) for element in elements}
    return sorted(address for address in addresses if address.startswith(("/static/", "/skarm/fil/")))


def public_addresses(app: Flask) -> list[str]:
    """Every public sample address."""
    return [filled(app, address) for samples in PUBLIC.values() for address in samples]
