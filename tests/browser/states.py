"""Every state of every page, in one table: looked at by axe-core, drawn by ``bin/pictures``."""

from __future__ import annotations

from zlib import crc32

from flask import Flask

from tests.browser.planted import LONG_TITLE
from tests.browser.screen_states import SCREEN_STATES
from tests.browser.staff_states import STAFF
from tests.browser.state import State
from tests.browser.wall_states import WALL
from tests.factories import slug_of
from tests.samples import filled

VISITOR = (
    State("start", "/"),
    State("list", "/sjuharad/"),
    State("list-later", "/sjuharad/?fran=2026-12-14"),
    State("list-closure", "/stockholm/?fran=2026-12-18"),
    State("list-cancelled-soon", "/stockholm/?fran=2026-11-25"),
    State("list-moved", "/goteborg/?fran=2026-12-07"),
    State("list-several-days", "/goteborg/?fran=2027-04-15"),
    State("list-filtered", "/sjuharad/?typ=rorelse&for=alla"),
    State("list-all-filters", "/goteborg/?typ=samtal&for=narstaende&form=pa-plats&anmalan=drop-in&sok=a"),
    State("list-searched", "/stockholm/?sok=fika"),
    State("week-chosen", "/sjuharad/vecka/2026-v48?typ=rorelse"),
    State("week-no-hits", "/sjuharad/vecka/2026-v48?typ=rad&form=utomhus"),
    State("list-no-hits-of-three", "/sjuharad/?typ=rorelse&form=utomhus&sok=ballongflygning"),
    State("list-no-hits", "/sjuharad/?sok=ballongflygning"),
    State("list-misread", "/sjuharad/?typ=hoppa&fran=igår"),
    State("list-ended", "/sjuharad/?fran=2028-01-01"),
    State("list-national", "/riks/"),
    State("list-empty", "/tomma/"),
    State("list-long-words", "/langa/"),
    State("list-full-day", "/fulla/"),
    State("list-closed", "/stangda/"),
    State("week", "/sjuharad/vecka/2026-v48"),
    State("week-53", "/goteborg/vecka/2026-v53"),
    State("week-closure", "/stockholm/vecka/2026-v52"),
    State("week-empty", "/tomma/vecka/2026-v48"),
    State("week-long-words", "/langa/vecka/2026-v48"),
    State("month", "/sjuharad/manad/2026-11"),
    State("month-closure", "/stockholm/manad/2026-12"),
    State("month-empty", "/tomma/manad/2026-11"),
    State("month-long-words", "/langa/manad/2026-11"),
    State("month-full-day", "/fulla/manad/2026-11"),
    State("day", "/sjuharad/dag/2026-11-24"),
    State("day-empty", "/sjuharad/dag/2026-11-21"),
    State("day-eve", "/stockholm/dag/2026-12-24"),
    State("day-moved", "/sjuharad/dag/2026-10-30"),
    State("day-closed", "/stangda/dag/2026-11-24"),
    State("day-full", "/fulla/dag/2026-11-24"),
    State("day-long-words", "/langa/dag/2026-11-24"),
    State("group", "/sjuharad/aktivitet/oppet-hus"),
    State("group-full", "/sjuharad/aktivitet/samtalsgrupp-for-dig-som-har-eller-har-haft-cancer"),
    State("group-other-language", "/sjuharad/aktivitet/kahvihetki-suomeksi-kaffe-pa-finska"),
    State("group-arabic", "/langa/aktivitet/arabiska"),
    State("group-long-words", f"/langa/aktivitet/{slug_of(LONG_TITLE)}"),
    State("group-cancelled", "/jamtland-harjedalen/aktivitet/kraftens-hus-pa-besok-i-sveg"),
    State("date", "/sjuharad/tillfalle/{SJ-05 2026-11-26}"),
    State("date-cancelled", "/sjuharad/tillfalle/{SJ-05 2026-11-19}"),
    State("date-moved", "/stockholm/tillfalle/{ST-07 2026-12-02}"),
    State("date-several-days", "/goteborg/tillfalle/{GB-19 2027-04-23}"),
    State("date-closure", "/sjuharad/tillfalle/{SJ-14 2026-12-21}"),
    State("date-shared", "/stockholm/tillfalle/{GX-01 2026-12-01}"),
    State("house", "/sjuharad/huset"),
    State("house-empty", "/tomma/huset"),
    State("house-long-words", "/langa/huset"),
    State("subscribe", "/sjuharad/prenumerera"),
    State("subscribe-group", "/sjuharad/prenumerera?grupp=oppet-hus"),
    State("subscribe-long-words", "/langa/prenumerera"),
    State("subscribe-iphone", "/sjuharad/prenumerera?diskret=1&enhet=iphone"),
    State("subscribe-android", "/sjuharad/prenumerera?typ=samtal&for=narstaende&enhet=android"),
    State("subscribe-windows", "/sjuharad/prenumerera?enhet=windows"),
    State("embedded", "/sjuharad/inbaddad"),
    State("embedded-narrowed", "/goteborg/inbaddad?typ=rorelse&antal=3"),
    State("embedded-empty", "/tomma/inbaddad?antal=nix"),
    State("embedded-long-words", "/langa/inbaddad"),
    State("embedded-closed", "/stangda/inbaddad"),
    State("privacy", "/om/integritet"),
    State("access", "/om/tillganglighet"),
    State("not-found", "/finns-inte/", 404),
    State("not-found-in-house", "/sjuharad/aktivitet/finns-inte", 404),
)
STATES = (*VISITOR, *SCREEN_STATES, *WALL, *STAFF)
HOUSES = {"sjuharad", "goteborg", "stockholm", "jamtland-harjedalen", "riks", "tomma", "langa", "fulla"} | {
    "stangda",
    "finns-inte",
}


def page_of(state: State) -> str:
    """The page that a state is one of: its address, whichever house, day, group or row it is about."""
    parts = state.address.partition("?")[0].strip("/").split("/")
    named = ["*" if part in HOUSES or part.startswith("{") else part for part in parts]
    return "/".join(named[:2] if parts[0] in HOUSES else named)


def sampled() -> list[State]:
    """The first state of every page, and a tenth of all others: always the same."""
    first = {page_of(state): state for state in reversed(STATES)}
    return [
        state for state in STATES if first[page_of(state)] is state or crc32(state.name.encode()) % 10 == 0
    ]


def paths_of(app: Flask) -> dict[str, str]:
    """The path of each state by its name, with the numbers that dates have in ``app``."""
    return {state.name: filled(app, state.address) for state in STATES}
