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
    "/q/<>/": ("/q/sjuharad/",),
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
    "/<>.ics": ("/sjuharad.ics", "/riks.ics", "/goteborg.ics?typ=rorelse&for=alla"),
    "/<>.json": ("/sjuharad.json", "/goteborg.json?typ=rorelse"),
    "/<>/inbaddad": ("/sjuharad/inbaddad", "/goteborg/inbaddad?typ=rorelse&antal=3"),
    "/<>/diskret.ics": ("/sjuharad/diskret.ics", "/goteborg/diskret.ics?typ=rorelse"),
    "/<>/aktivitet/<>/diskret.ics": ("/sjuharad/aktivitet/oppet-hus/diskret.ics",),
    "/<>/prenumerera": ("/sjuharad/prenumerera",),
    "/skarm/": ("/skarm/",),
    "/skarm/<>": ("/skarm/sjuharad",),
    "/skarm/<>/program.json": ("/skarm/sjuharad/program.json",),
    "/skarm/worker.js": ("/skarm/worker.js",),
    "/skarm/fil/<>/<>": ("/skarm/fil/0/main.js", "/skarm/fil/0/wall.css"),
    "/robots.txt": ("/robots.txt",),
    "/sitemap.xml": ("/sitemap.xml",),
}
# What screens send to, and never anybody by a link.
POSTED = {
    "/skarm/par": ("/skarm/par",),
    "/skarm/par/svar": ("/skarm/par/svar",),
    "/skarm/<>/puls": ("/skarm/sjuharad/puls", "/skarm/finns-inte/puls"),
}
# Files have their content's hash in their names, which only the pages that load them know.
LOADED_BY = {"/static/<>": "/sjuharad/", "/skarm/fil/<>/<>": "/skarm/sjuharad"}
STAFF = {
    "/personal/": ("/personal/",),
    "/personal/logga-ut": ("/personal/logga-ut",),
    "/personal/<>/": ("/personal/sjuharad/", "/personal/finns-inte/"),
    "/personal/<>/sok": ("/personal/sjuharad/sok?q=yoga",),
    "/personal/<>/vecka/<>-v<>/stammer": ("/personal/sjuharad/vecka/2026-v48/stammer",),
    "/personal/<>/tillfalle/<>/platser": ("/personal/sjuharad/tillfalle/{SJ-05 2026-11-26}/platser",),
    "/personal/<>/aktivitet/ny": ("/personal/sjuharad/aktivitet/ny",),
    "/personal/<>/aktivitet/ny/rad": ("/personal/sjuharad/aktivitet/ny/rad",),
    "/personal/<>/aktivitet/ny/datum": ("/personal/sjuharad/aktivitet/ny/datum",),
    "/personal/<>/aktivitet/<>": ("/personal/sjuharad/aktivitet/{SJ-05}",),
    "/personal/<>/aktivitet/<>/datum": ("/personal/sjuharad/aktivitet/{SJ-05}/datum",),
    "/personal/<>/aktivitet/<>/agare": ("/personal/sjuharad/aktivitet/{SJ-05}/agare",),
    "/personal/<>/aktivitet/<>/arkivera": ("/personal/sjuharad/aktivitet/{SJ-05}/arkivera",),
    "/personal/<>/aktivitet/<>/ta-fram": ("/personal/sjuharad/aktivitet/{SJ-05}/ta-fram",),
    "/personal/<>/aktivitet/<>/ta-bort": ("/personal/sjuharad/aktivitet/{SJ-05}/ta-bort",),
    "/personal/<>/aktivitet/<>/dolj": ("/personal/goteborg/aktivitet/{GX-02}/dolj",),
    "/personal/<>/aktivitet/<>/visa": ("/personal/goteborg/aktivitet/{GX-02}/visa",),
    "/personal/<>/delade": ("/personal/sjuharad/delade",),
    "/personal/<>/tillfalle/<>": ("/personal/sjuharad/tillfalle/{SJ-05 2026-11-26}",),
    "/personal/<>/tillfalle/<>/stall-in": ("/personal/sjuharad/tillfalle/{SJ-05 2026-11-26}/stall-in",),
    "/personal/<>/tillfalle/<>/flytta": ("/personal/sjuharad/tillfalle/{SJ-05 2026-11-26}/flytta",),
    "/personal/<>/tillfalle/<>/flytta/datum": (
        "/personal/sjuharad/tillfalle/{SJ-05 2026-11-26}/flytta/datum",
    ),
    "/personal/<>/tillfallen/stall-in": (
        "/personal/sjuharad/tillfallen/stall-in?tillfalle={SJ-05 2026-11-26}",
    ),
    "/personal/<>/tillfallen/ta-tillbaka": (
        "/personal/sjuharad/tillfallen/ta-tillbaka?aktivitet={SJ-05}&fran=2026-11-10",
    ),
    "/personal/<>/tillfallen/flytta": ("/personal/sjuharad/tillfallen/flytta?aktivitet={SJ-05}",),
    "/personal/<>/tillfallen/flytta/datum": ("/personal/sjuharad/tillfallen/flytta/datum?aktivitet={SJ-05}",),
    "/personal/<>/andringar": (
        "/personal/sjuharad/andringar",
        "/personal/sjuharad/andringar?aktivitet={SJ-05}",
    ),
    "/personal/<>/andringar/<>": ("/personal/sjuharad/andringar/{change sjuharad}",),
    "/personal/<>/andringar/<>/angra": ("/personal/sjuharad/andringar/{change sjuharad}/angra",),
    "/personal/<>/andringar/<>/besked": ("/personal/sjuharad/andringar/{change sjuharad}/besked",),
    "/personal/<>/tillfalle/<>/ta-tillbaka": ("/personal/sjuharad/tillfalle/{SJ-05 2026-11-19}/ta-tillbaka",),
    "/personal/<>/huset": ("/personal/sjuharad/huset",),
    "/personal/<>/huset/anslag/nytt": ("/personal/sjuharad/huset/anslag/nytt",),
    "/personal/<>/huset/anslag/<>": ("/personal/sjuharad/huset/anslag/{notice sjuharad}",),
    "/personal/<>/huset/anslag/<>/ta-ner": ("/personal/sjuharad/huset/anslag/{notice sjuharad}/ta-ner",),
    "/personal/<>/huset/stangt-i-dag": ("/personal/sjuharad/huset/stangt-i-dag",),
    "/personal/<>/huset/stangt/ny": ("/personal/sjuharad/huset/stangt/ny",),
    "/personal/<>/huset/stangt/ny/traffar": ("/personal/sjuharad/huset/stangt/ny/traffar",),
    "/personal/<>/huset/stangt/<>": ("/personal/sjuharad/huset/stangt/{SJ-14 2026-12-21}",),
    "/personal/<>/huset/stangt/<>/traffar": ("/personal/sjuharad/huset/stangt/{SJ-14 2026-12-21}/traffar",),
    "/personal/<>/huset/stangt/<>/oppna": ("/personal/sjuharad/huset/stangt/{SJ-14 2026-12-21}/oppna",),
    "/personal/<>/huset/lov/nytt": ("/personal/sjuharad/huset/lov/nytt",),
    "/personal/<>/huset/lov/<>": ("/personal/sjuharad/huset/lov/{break sjuharad}",),
    "/personal/<>/huset/lov/<>/ta-bort": ("/personal/sjuharad/huset/lov/{break sjuharad}/ta-bort",),
    "/personal/<>/huset/rum/nytt": ("/personal/sjuharad/huset/rum/nytt",),
    "/personal/<>/huset/rum/<>": ("/personal/sjuharad/huset/rum/{room sjuharad}",),
    "/personal/<>/huset/rum/<>/lagg-undan": ("/personal/sjuharad/huset/rum/{room sjuharad}/lagg-undan",),
    "/personal/<>/huset/rum/<>/ta-fram": ("/personal/sjuharad/huset/rum/{room sjuharad}/ta-fram",),
    "/personal/<>/huset/uppgifter": ("/personal/sjuharad/huset/uppgifter",),
    "/personal/<>/skarmar": ("/personal/sjuharad/skarmar",),
    "/personal/<>/skarmar/ny": ("/personal/sjuharad/skarmar/ny",),
    "/personal/<>/skarmar/<>": ("/personal/sjuharad/skarmar/{screen sjuharad}",),
    "/personal/<>/skarmar/<>/flytta": ("/personal/sjuharad/skarmar/{screen sjuharad}/flytta",),
    "/personal/<>/skarmar/<>/koppla-bort": ("/personal/sjuharad/skarmar/{screen sjuharad}/koppla-bort",),
    "/personal/skarmar/para": ("/personal/skarmar/para?kod=CDFH-2345",),
    "/personal/<>/import": ("/personal/sjuharad/import",),
    "/personal/<>/import/tabell": ("/personal/sjuharad/import/tabell",),
    "/personal/<>/import/<>": ("/personal/sjuharad/import/{import sjuharad}",),
    "/personal/<>/import/<>/publicera": ("/personal/sjuharad/import/{import sjuharad}/publicera",),
    "/personal/<>/termin": ("/personal/sjuharad/termin",),
    "/personal/<>/termin/<>": ("/personal/sjuharad/termin/{term sjuharad}",),
    "/personal/<>/termin/<>/publicera": ("/personal/sjuharad/termin/{term sjuharad}/publicera",),
    "/personal/<>/aktivitet/<>/forlang": ("/personal/sjuharad/aktivitet/{SJ-05}/forlang",),
    "/personal/<>/aktivitet/<>/forlang/datum": ("/personal/sjuharad/aktivitet/{SJ-05}/forlang/datum",),
    "/personal/<>/export.csv": ("/personal/sjuharad/export.csv",),
    "/personal/<>/personer": ("/personal/sjuharad/personer",),
    "/personal/<>/personer/bjud-in": ("/personal/sjuharad/personer/bjud-in",),
    "/personal/<>/personer/<>/ny-lank": ("/personal/sjuharad/personer/{person kollega}/ny-lank",),
    "/personal/<>/personer/<>/ta-bort": ("/personal/sjuharad/personer/{person kollega}/ta-bort",),
    "/personal/personer": ("/personal/personer",),
    "/personal/personer/bjud-in": ("/personal/personer/bjud-in",),
    "/personal/personer/<>/roll": ("/personal/personer/{person kollega}/roll",),
    "/personal/personer/<>/ny-lank": ("/personal/personer/{person kollega}/ny-lank",),
    "/personal/personer/<>/avsluta": ("/personal/personer/{person kollega}/avsluta",),
    "/personal/hus": ("/personal/hus",),
    "/personal/hus/nytt": ("/personal/hus/nytt",),
    "/personal/hus/<>": ("/personal/hus/{house sjuharad}",),
    "/personal/hus/<>/stang": ("/personal/hus/{house sjuharad}/stang",),
    "/personal/hus/<>/besked": ("/personal/hus/{house sjuharad}/besked",),
    "/personal/hus/<>/oppna": ("/personal/hus/{house sjuharad}/oppna",),
    "/personal/konto": ("/personal/konto",),
    "/personal/konto/losenord": ("/personal/konto/losenord",),
    "/personal/konto/logga-ut-overallt": ("/personal/konto/logga-ut-overallt",),
    "/personal/konto/avsluta": ("/personal/konto/avsluta",),
    "/personal/inbjudan/<>/mitt-konto": ("/personal/inbjudan/finns-inte/mitt-konto",),
}
# What answers without a log-in.
LOG_IN = {
    "/personal/logga-in": ("/personal/logga-in",),
    "/personal/inbjudan/<>": ("/personal/inbjudan/finns-inte",),
    "/personal/losenord/<>": ("/personal/losenord/finns-inte",),
}


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
