"""What is told of an import: what a row does, what to look at, what stayed as people made it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from typing import Any

from khcal.i18n import gettext as _
from khcal.i18n import ngettext

from .. import clock
from ..import_table import TableRow
from ..import_warnings import Booking, Caution, OnRedDay, RoomClash
from ..merge import ABSENT
from ..terms import SIGNUP_WORDS, Audience, Form, Kind, Signup, Status
from .moments import DASH, at_span, clock_time, day_with_year, days, span
from .words import N_, audience_label, dates_counted, form_label, kind_label, language_label

# What people call the values that may be in conflict.
_COLUMNS = {
    "houses": "avdelning",
    "title": "titel",
    "slug": "adress på webben",
    "kind": "typ",
    "short_text": "beskrivning",
    "text": "beskrivning",
    "audience": "målgrupp",
    "language": "språk",
    "form": "form",
    "rooms": "rum",
    "place": "plats",
    "address": "adress",
    "online_info": "digital_info",
    "signup": "anmälan",
    "deadline": "anmälan_senast",
    "capacity": "platser",
    "price": "pris_kr",
    "leader": "ledare",
    "status_note": "statustext",
    "facts": "fakta",
    "access": "tillgänglighet",
    "internal_note": "intern_anteckning",
    "rule": "upprepning",
    "times": "tider",
    "skips": "uppehåll",
    "dates": "datum",
    "when": "tid",
    "state": "inställt eller inte",
    "places": "platser",
    "left": "flytt",
    "slot": "plats i upprepningen",
    "draft": "utkast",
    "own": "egna uppgifter",
    "online_link": "möteslänk",
    "link_is_open": "länken_visas",
    "signup_contact": "anmälan_till",
    "neutral_title": "neutral_titel",
    "wall": "på_skärmen",
    "sibling": "samtidigt_med",
    "everywhere": "visas_överallt",
    "hidden": "dold_hos",
    "archived": "arkiverad",
    "name": "namn",
    "short_name": "kort namn",
    "street": "gatuadress",
    "city": "ort",
    "municipality": "kommun",
    "phone": "telefon",
    "email": "e-post",
    "website": "webbplats",
    "national": "riksförening",
    "breaks": "lov",
}
# Keys that an import made up for itself.
_NOBODYS_KEYS = ("ics.", "tabell.")
# What the form of an activity calls the values, for whoever never saw the sheet.
_NAMES = {
    "title": N_("Titel"),
    "kind": N_("Slag"),
    "short_text": N_("Kort beskrivning"),
    "text": N_("Längre text"),
    "audience": N_("För vem"),
    "language": N_("Språk"),
    "form": N_("Hur deltar man"),
    "rooms": N_("Rum"),
    "place": N_("Plats"),
    "address": N_("Adress"),
    "online_info": N_("Om det digitala mötet"),
    "online_link": N_("Möteslänk"),
    "signup": N_("Anmälan"),
    "deadline": N_("Sista dag att anmäla sig"),
    "capacity": N_("Antal platser"),
    "price": N_("Pris"),
    "leader": N_("Ledare"),
    "status_note": N_("Kommentar till anmälan"),
    "facts": N_("Bra att veta"),
    "access": N_("Om tillgänglighet"),
    "internal_note": N_("Anteckning för personalen"),
    "houses": N_("Visas hos"),
    "rule": N_("Upprepning"),
    "times": N_("Tider"),
    "skips": N_("Uppehåll"),
    "slug": N_("Adress på webben"),
    "dates": N_("Datum"),
}
_SAYERS: Mapping[str, Any] = {
    "kind": lambda code: kind_label(Kind(code)),
    "form": lambda code: form_label(Form(code)),
    "signup": lambda code: SIGNUP_WORDS[Signup(code)],
    "language": language_label,
    "audience": lambda codes: audience_label(Audience(code) for code in codes),
    "rooms": lambda rooms: ", ".join(name for _house, name in rooms),
    "houses": ", ".join,
}


def column_of(name: str) -> str:
    """What the sheet calls a value."""
    return _COLUMNS.get(name, name)


def name_of(name: str) -> str:
    """What the form of an activity calls a value."""
    return _(_NAMES[name]) if name in _NAMES else column_of(name)


def caution_line(caution: Caution, names: Mapping[str, str]) -> str:
    """One thing to look at, as a sentence; ``names`` are those of the houses."""
    day = day_with_year(caution.day)
    if isinstance(caution, RoomClash):
        return _("{day}: {room}, {house}, är bokat två gånger, för {first} och för {second}.").format(
            day=day,
            room=caution.room,
            house=names[caution.house],
            first=_booking(caution.first),
            second=_booking(caution.second),
        )
    if isinstance(caution, OnRedDay):
        return _("{day} är röd dag, {name}: {booking}.").format(
            day=day, name=caution.name, booking=_booking(caution.booking)
        )
    return _("{day}: {house} har stängt ({closure}), men har {booking}.").format(
        day=day, house=names[caution.house], closure=caution.closure.title, booking=_booking(caution.booking)
    )


def when_of(row: TableRow) -> str:
    """``tisdag 12 januari 2027 kl. 13.00–15.00``, ``12 tillfällen, 12 januari–1 juni 2027``."""
    dates = row.row.schedule.dates if row.row else ()
    if not dates:
        return ""
    if len(dates) == 1:
        return _moment(dates[0].starts_at, dates[0].ends_at)
    hours = {(each.starts_at.time(), each.ends_at.time()) for each in dates}
    told = f"{dates_counted(len(dates))}, {days(dates[0].starts_at, dates[-1].starts_at, with_year=True)}"
    if len(hours) == 1 and dates[0].starts_at.time() != dates[0].ends_at.time():
        return f"{told}, {at_span(dates[0].starts_at, dates[0].ends_at)}"
    return told


def moments_of(row: TableRow) -> list[str]:
    """Every date in full."""
    return [_moment(each.starts_at, each.ends_at) for each in (row.row.schedule.dates if row.row else ())]


def changes_of(row: TableRow) -> Iterator[str]:
    """What an activity that is there already becomes, a sentence each."""
    if row.change is None or row.change.is_new:
        return
    was = row.stored.now if row.stored else {}
    for name, value in row.change.fields.items():
        before, after = _say(name, was.get(name)), _say(name, value)
        if name in ("text", "short_text", "skips", "rule", "deadline", "times", "facts", "slug"):
            yield _("{what} ändras.").format(what=name_of(name))
        else:
            yield _("{what}: {before} blir {after}.").format(what=name_of(name), before=before, after=after)
    yield from _dates_changed(row)


def kept_of(row: TableRow, is_pasted: bool = False) -> Iterator[str]:
    """What stays as people made it though the file, or what was pasted, says something else."""
    source = _("i rutan") if is_pasted else _("i filen")
    for kept in row.kept:
        path, theirs = kept.conflict.path, kept.conflict.theirs
        name = name_of(path[0])
        if path[0] == "dates":
            day = path[1] if len(path) > 1 else ""
            told = _("Datumet {day} är ändrat i kalendern och annorlunda {source}.")
            yield told.format(day=day, source=source)
        elif theirs is ABSENT:
            yield _("{what} finns inte {source}.").format(what=name, source=source)
        else:
            said = _say(path[0], theirs)
            yield _("{what}: {source} står {value}.").format(what=name, source=source, value=said)


def _dates_changed(row: TableRow) -> Iterator[str]:
    assert row.change is not None
    was = row.stored.now["dates"] if row.stored else {}
    added = sum(each.is_new for each in row.change.dates)
    if added:
        yield ngettext("{n} nytt tillfälle.", "{n} nya tillfällen.", added).format(n=added)
    for each in row.change.dates:
        if each.is_new or not each.fields:
            continue
        before = was[each.was]
        told = _moment(*map(datetime.fromisoformat, before["when"]))
        if each.fields.get("state", [""])[0] == Status.CANCELLED:
            yield _("{when} ställs in.").format(when=told)
        elif "when" in each.fields:
            new = _moment(*map(datetime.fromisoformat, each.fields["when"]))
            yield _("{when} flyttas till {new}.").format(when=told, new=new)
        elif "state" in each.fields:
            yield _("{when} blir av igen.").format(when=told)
        elif set(each.fields) - {"slot"}:
            yield _("{when} ändras.").format(when=told)
    for key in row.change.dropped:
        yield _("{when} tas bort ur utkastet.").format(
            when=_moment(*map(datetime.fromisoformat, was[key]["when"]))
        )


def _moment(starts_at: datetime, ends_at: datetime) -> str:
    if clock.is_all_day(starts_at, ends_at):
        last = ends_at.date().toordinal() - 1
        if last == starts_at.date().toordinal():
            return day_with_year(starts_at)
        return days(starts_at, ends_at.fromordinal(last), with_year=True)
    if starts_at.date() == ends_at.date() or ends_at.time() == time.min:
        return f"{day_with_year(starts_at)} {at_span(starts_at, ends_at)}"
    begin, end = (f"{day_with_year(each)} {clock_time(each.time())}" for each in (starts_at, ends_at))
    return begin + DASH + end


def _say(name: str, value: Any) -> str:
    told = _SAYERS[name](value) if name in _SAYERS and value else value
    return value_in_words(told)


def value_in_words(value: object) -> str:
    """A value of the file, for a sentence."""
    if isinstance(value, list):
        return ", ".join(value_in_words(each) for each in value if each not in (None, "", []))
    if isinstance(value, bool) or value in (None, ""):
        return (
            {True: _("ja"), False: _("nej")}.get(value, _("tomt")) if isinstance(value, bool) else _("tomt")
        )
    return f"”{value}”"


def _booking(booking: Booking) -> str:
    hours = span(booking.starts_at, booking.ends_at)
    key = f" ({booking.key})" if booking.key and not booking.key.startswith(_NOBODYS_KEYS) else ""
    return f"{booking.title}{key} {hours}"
