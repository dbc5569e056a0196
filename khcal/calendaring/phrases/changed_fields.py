"""What the history says of a column: its name as in the form, and its value in words, never a code.

Values come as the history keeps them: JSON, with dates as ISO text and rows as numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from khcal.i18n import gettext as _

from ..recurrence import RecurrenceError
from ..terms import Audience, Fact, Form, Kind, Places, Signup, Status, WallRule
from .moments import clock_time, day_and_time, day_with_year
from .rules import rule_in_words
from .screens import settings_in_words
from .signup import signup_word
from .words import (
    N_,
    audience_label,
    fact_label,
    form_label,
    kind_label,
    language_label,
    listing,
    price_label,
)


@dataclass(frozen=True)
class Names:
    """What rows are called, by their numbers: rooms, houses, activities."""

    rooms: Mapping[int, str] = field(default_factory=dict)
    houses: Mapping[int, str] = field(default_factory=dict)
    events: Mapping[int, str] = field(default_factory=dict)


Say = Callable[[Any, Names], str]
_STATUSES = {
    Status.PLANNED: N_("Blir av"),
    Status.CANCELLED: N_("Inställt"),
    Status.WITHDRAWN: N_("Borttaget ur kalendern"),
}
_PLACES = {Places.OPEN: N_("Platser finns"), Places.FEW: N_("Få platser kvar"), Places.FULL: N_("Fullt")}
_WALLS = {
    WallRule.SHOW: N_("Visas som vanligt"),
    WallRule.NEUTRAL: N_("Visas med en neutral titel"),
    WallRule.HIDE: N_("Visas inte"),
}


def _text(value: Any, names: Names) -> str:
    return str(value)


def _yes_or_no(value: Any, names: Names) -> str:
    return _("Ja") if value else _("Nej")


def _whether(value: Any, names: Names) -> str:
    """Of what is kept as a stamp, only whether it happened."""
    return _yes_or_no(value is not None, names)


def _day(value: Any, names: Names) -> str:
    return day_with_year(date.fromisoformat(value))


def _time(value: Any, names: Names) -> str:
    return clock_time(time.fromisoformat(value))


def _moment(value: Any, names: Names) -> str:
    return day_and_time(datetime.fromisoformat(value))


def _room(value: Any, names: Names) -> str:
    return names.rooms.get(value, _("ett rum som inte finns längre"))


def _house(value: Any, names: Names) -> str:
    return names.houses.get(value, _("ett hus som inte finns längre"))


def _event(value: Any, names: Names) -> str:
    return names.events.get(value, _("en aktivitet som inte finns längre"))


def _rule(value: Any, names: Names) -> str:
    try:
        return rule_in_words(value)
    except RecurrenceError:
        return _("Ett mönster som inte går att läsa")


def _skips(value: Any, names: Names) -> str:
    """``8 december 2026 (Storm), 15 december 2026``."""
    days = sorted(value.items())
    return ", ".join(f"{_day(when, names)} ({why})" if why else _day(when, names) for when, why in days)


def _of(codes: type[Any], say: Callable[[Any], str]) -> Say:
    return lambda value, names: say(codes(value))


def _of_words(codes: type[Any], words: Mapping[Any, str]) -> Say:
    return lambda value, names: _(words[codes(value)])


FIELDS: dict[str, dict[str, tuple[str, Say]]] = {
    "event": {
        "title": (N_("Titel"), _text),
        "kind": (N_("Slag"), _of(Kind, kind_label)),
        "short_text": (N_("Kort beskrivning"), _text),
        "text": (N_("Längre text"), _text),
        "language": (N_("Språk"), lambda value, names: language_label(value)),
        "audience": (N_("För vem"), lambda value, names: audience_label(map(Audience, value))),
        "form": (N_("Hur deltar man"), _of(Form, form_label)),
        "room_id": (N_("Rum"), _room),
        "second_room_id": (N_("Ett rum till"), _room),
        "place": (N_("Plats med egna ord"), _text),
        "address": (N_("Adress"), _text),
        "online_link": (N_("Möteslänk"), _text),
        "link_is_open": (N_("Visa länken för alla"), _yes_or_no),
        "online_info": (N_("Om det digitala mötet"), _text),
        "signup": (N_("Anmälan"), _of(Signup, signup_word)),
        "signup_contact": (N_("Anmäl dig hos"), _text),
        "signup_until_day": (N_("Sista dag att anmäla sig"), _day),
        "signup_days_before": (N_("Eller dagar före"), _text),
        "signup_time": (N_("Klockan"), _time),
        "signup_until_words": (N_("Eller med egna ord"), _text),
        "price": (N_("Pris i kronor"), lambda value, names: price_label(value)),
        "capacity": (N_("Antal platser"), _text),
        "leader": (N_("Ledare"), _text),
        "facts": (N_("Bra att veta"), lambda value, names: listing(fact_label(Fact(each)) for each in value)),
        "access": (N_("Om tillgänglighet"), _text),
        "status_note": (N_("Kommentar till anmälan"), _text),
        "neutral_title": (N_("Neutral titel"), _text),
        "wall": (N_("På skärmen i huset"), _of_words(WallRule, _WALLS)),
        "sibling_id": (N_("Parallell grupp"), _event),
        "everywhere": (N_("Visa i alla hus"), _yes_or_no),
        "internal_note": (N_("Anteckning för personalen"), _text),
        "rule": (N_("Upprepas"), _rule),
        "rule_from": (N_("Första datum"), _day),
        "rule_until": (N_("Till och med"), _day),
        "start_time": (N_("Börjar"), _time),
        "end_time": (N_("Slutar"), _time),
        "skips": (N_("Uppehåll"), _skips),
        "chapter_id": (N_("Hus som ansvarar"), _house),
        "slug": (N_("Adress på webben"), _text),
        "archived": (N_("Ligger i arkivet"), _yes_or_no),
    },
    "occurrence": {
        "starts_at": (N_("Börjar"), _moment),
        "ends_at": (N_("Slutar"), _moment),
        "status": (N_("Läge"), _of_words(Status, _STATUSES)),
        "reason": (N_("Skäl"), _text),
        "published_at": (N_("Publicerat"), _whether),
        "title": (N_("Titel"), _text),
        "short_text": (N_("Kort beskrivning"), _text),
        "room_id": (N_("Rum"), _room),
        "leader": (N_("Ledare"), _text),
        "form": (N_("Hur deltar man"), _of(Form, form_label)),
        "places": (N_("Platser"), _of_words(Places, _PLACES)),
        "free_today_on": (N_("Plats ledig i dag"), _day),
    },
    "event_shown_in": {"hidden": (N_("Dolt här"), _yes_or_no)},
    "notice": {
        "text": (N_("Vad vill du säga"), _text),
        "first_day": (N_("Visas från"), _day),
        "last_day": (N_("Till och med"), _day),
        "everywhere": (N_("Visa i alla hus"), _yes_or_no),
    },
    "break_period": {
        "name": (N_("Vad det heter"), _text),
        "first_day": (N_("Första dagen"), _day),
        "last_day": (N_("Sista dagen"), _day),
    },
    "room": {
        "name": (N_("Vad rummet eller platsen heter"), _text),
        "outside": (N_("Det är en plats utanför huset"), _yes_or_no),
        "address": (N_("Adress"), _text),
        "directions": (N_("Så hittar man dit"), _text),
        "access": (N_("Om tillgänglighet"), _text),
        "archived": (N_("Ligger i arkivet"), _yes_or_no),
    },
    "chapter": {
        "name": (N_("Hela namnet"), _text),
        "short_name": (N_("Kort namn"), _text),
        "slug": (N_("Adress på webben"), _text),
        "greeting": (N_("Hälsning"), _text),
        "street": (N_("Gatuadress"), _text),
        "city": (N_("Ort"), _text),
        "municipality": (N_("Kommun"), _text),
        "directions": (N_("Så kommer man in"), _text),
        "hours": (N_("Öppettider"), _text),
        "phone": (N_("Telefon"), _text),
        "email": (N_("E-post"), _text),
        "website": (N_("Webbplats"), _text),
        "access": (N_("Tillgänglighet i huset"), _text),
        "national": (N_("Riksförbundet"), _yes_or_no),
        "closed_on": (N_("Stängt för gott"), _day),
    },
    "screen": {
        "name": (N_("Namn"), _text),
        "chapter_id": (N_("Hus"), _house),
        "settings": (N_("Inställningar"), lambda value, names: settings_in_words(value)),
        "revoked_at": (N_("Bortkopplad"), _yes_or_no),
    },
    "user": {
        "name": (N_("Namn"), _text),
        "invited": (N_("Har en inbjudan"), _yes_or_no),
        "national_admin": (N_("Får göra allt i alla hus"), _yes_or_no),
        "houses": (N_("Hus"), lambda value, names: listing(value)),
    },
}
# Numbers, identities and what khcal keeps for itself. A trace tells of a move, an old address of a new name.
LEFT_OUT = {
    "event": {"id", "uid", "import_key", "imported"},
    "occurrence": {"id", "uid", "event_id", "slot", "by_hand", "import_key"},
    "event_shown_in": {"event_id", "chapter_id"},
    "notice": {"id", "chapter_id"},
    "break_period": {"id", "chapter_id"},
    "room": {"id", "chapter_id"},
    "chapter": {"id", "colour", "imported"},
    "screen": {"id", "made_at"},
    "trace": {"id", "occurrence_id", "day", "starts_at", "reason"},
    "old_address": {"id", "chapter_id", "slug", "new_chapter_id", "new_slug"},
}


def field_name(table: str, column: str) -> str:
    """``Längre text``; nothing for a column that is nobody's business."""
    known = FIELDS.get(table, {}).get(column)
    return _(known[0]) if known else ""


def field_value(table: str, column: str, value: Any, names: Names) -> str:
    """``torsdag 3 december 2026``; nothing for what is empty."""
    known = FIELDS.get(table, {}).get(column)
    if known is None or (value in (None, "", [], {}) and known[1] is not _whether):
        return ""
    try:
        return known[1](value, names)
    except (KeyError, ValueError):
        return _("ett värde från en äldre version")
