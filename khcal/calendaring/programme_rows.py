"""What one row of the programme says, as values: an activity with all its dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from .shapes import Deadline
from .terms import Audience, Fact, Form, Kind, Signup

# The header of the spreadsheet, in its order. Columns that only people read are known, too.
COLUMNS = (
    *(
        "id",
        "avdelning",
        "titel",
        "beskrivning",
        "typ",
        "målgrupp",
        "språk",
        "veckodag",
        "startdatum",
        "slutdatum",
    ),
    *("starttid", "sluttid", "heldag", "återkommer_text", "rrule", "exdatum", "extra_datum", "uppehåll_text"),
    *("inställda_datum", "flyttade_datum", "plats", "rum", "adress", "form", "digital_info", "anmälan"),
    *(
        "anmälan_senast",
        "platser",
        "pris_kr",
        "ledare",
        "status",
        "statustext",
        "fullbokad",
        "tillgänglighet",
    ),
    "intern_anteckning",
)
# What staff can say in khcal beside that. An export has these columns when some row needs them.
MORE_COLUMNS = (
    *("kort_text", "fakta", "möteslänk", "länken_visas", "anmälan_till", "neutral_titel", "på_skärmen"),
    *("webbadress", "samtidigt_med", "visas_överallt", "arkiverad", "utkast", "platsläge", "avvikelser"),
    *("spår", "dold_hos"),
)

# These tell of single dates, and may be as long as there are dates.
DATE_COLUMNS = frozenset(
    (
        "exdatum",
        "extra_datum",
        "inställda_datum",
        "flyttade_datum",
        "utkast",
        "platsläge",
        "avvikelser",
        "spår",
    )
)


@dataclass(frozen=True, slots=True)
class KnownHouse:
    """A house that a row may name by its slug, also an ``earlier`` one.

    A room's suffix may name it by its short name or town as well.
    """

    slug: str
    short_name: str
    city: str = ""
    earlier: tuple[str, ...] = ()


def slug_now(told: str, houses: Iterable[KnownHouse]) -> str:
    """The slug of the house that is, or was, called so in addresses; what nobody is called comes back."""
    wanted, known = told.strip().casefold(), list(houses)
    if any(house.slug == wanted for house in known):
        return wanted
    return next((house.slug for house in known if wanted in house.earlier), wanted)


@dataclass(frozen=True, slots=True)
class RoomName:
    """A room by its house's slug and its own name."""

    house: str
    name: str


@dataclass(frozen=True, slots=True)
class SheetDate:
    """A date as the sheet wants it. ``key`` is the ISO day first planned and stays when it is moved.

    ``slot`` is the day of the rule that it fills. Times are naive wall time, the end exclusive. ``more``
    are further values in the form of ``import_values``, only those that the sheet has a column for.
    """

    key: str
    slot: date | None
    starts_at: datetime
    ends_at: datetime
    is_cancelled: bool = False
    reason: str = ""
    moved_from: datetime | None = None
    moved_reason: str = ""
    is_full: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetSchedule:
    """When an activity is: its rule (text without UNTIL, or empty), its skipped days and its dates."""

    rule: str
    rule_from: date | None
    rule_until: date | None
    start_time: time | None
    end_time: time | None
    skips: tuple[tuple[date, str], ...]
    dates: tuple[SheetDate, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A row of the sheet. ``number`` is its row there, ``houses`` are slugs with the owner first.

    ``more`` are further values in the form of ``import_values``. With ``only_adds`` the source names no
    identity, so that a date which it does not mention is none of its business.
    """

    number: int
    key: str
    houses: tuple[str, ...]
    title: str
    slug: str
    short_text: str
    text: str
    kind: Kind
    audience: frozenset[Audience]
    language: str
    form: Form
    rooms: tuple[RoomName, ...]
    place: str
    address: str
    online_info: str
    signup: Signup
    deadline: Deadline
    capacity: int | None
    price: int
    leader: str
    status_note: str
    facts: frozenset[Fact]
    access: str
    internal_note: str
    schedule: SheetSchedule
    more: Mapping[str, Any] = field(default_factory=dict)
    only_adds: bool = False
