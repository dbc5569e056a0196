"""Programmes for the wall: an empty day, full ones, long words, everything that can become of a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from khcal.calendaring.shapes import House, ListedDate, NoticeText
from khcal.calendaring.snapshot import Snapshot, make_snapshot
from khcal.calendaring.terms import Appearance, Form, Kind, Places, Status
from khcal.web.wall.answers import way_home
from khcal.web.wall.words import wall_words
from tests.rows import all_day, make_row

DAY = date(2026, 11, 24)
NEXT_DAY = date(2026, 11, 25)
LONG_WORD = "Cancerrehabiliteringsverksamhetsinformationsträffsdeltagares"
HOUSE = House(
    id=1,
    slug="goteborg",
    name="Kraftens hus Göteborg",
    short_name="Göteborg",
    street="Skånegatan 16",
    city="Göteborg",
    directions="",
    phone="",
    email="",
    hours="",
    greeting="",
    access="",
    colour="",
    national=False,
    revision=1,
    changed_at=0,
)
_TITLES = (
    ("Samtalsgrupp för närstående", Kind.CONVERSATION, "Biblioteket, plan 2"),
    ("Medicinsk yoga", Kind.MOVEMENT, "Rörelserummet"),
    ("Skrivarcirkel", Kind.CREATIVE, "Ateljén"),
    ("Föreläsning: sömn och trötthet", Kind.KNOWLEDGE, "Stora salen"),
    ("Öppet hus med fika", Kind.COMMUNITY, "Köket"),
    ("Stilla stund", Kind.CALM, "Lilla rummet"),
    ("Rådgivning: ekonomi och sjukskrivning", Kind.ADVICE, "Samtalsrummet"),
    ("Volontärträff", Kind.ASSOCIATION, "Vardagsrummet"),
)


def document(
    rows: Iterable[ListedDate] = (),
    notices: Iterable[NoticeText] = (),
    first: date = DAY,
    words: dict[str, str] | None = None,
) -> Snapshot:
    """What the server would answer with these rows."""
    home = way_home("https://kalender.example.org/q/goteborg")
    return make_snapshot(HOUSE, rows, notices, first, home, wall_words(demo=False) | (words or {}))


def notice(text: str) -> NoticeText:
    """A notice of :data:`DAY`."""
    return NoticeText(text, DAY, DAY, False)


def at(start: str, end: str, title: str = "Målarkväll", number: int = 1, **changes: Any) -> ListedDate:
    """A date on :data:`DAY`, or on the day that ``start`` names: ``13:00`` or ``2026-11-25 13:00``."""
    starts_at, ends_at = (_moment(text) for text in (start, end))
    row = {"day": starts_at.date(), "starts_at": starts_at, "ends_at": ends_at, "title": title, "id": number}
    return make_row(**(row | changes))


def full_day(count: int, title: str = "", off: frozenset[int] = frozenset()) -> list[ListedDate]:
    """``count`` activities from 13.00 on, half an hour apart, all with ``title`` if given, some ``off``."""
    return [
        _usual(number, title, Status.CANCELLED if number in off else Status.PLANNED)
        for number in range(count)
    ]


def tomorrow() -> list[ListedDate]:
    """Three ordinary activities on the day after."""
    return [
        at("2026-11-25 10:00", "2026-11-25 11:00", "Promenad i Slottsskogen", 101),
        at("2026-11-25 13:00", "2026-11-25 16:00", "Öppet hus med fika", 102),
        at("2026-11-25 17:30", "2026-11-25 19:00", "Anhöriggrupp", 103, form=Form.ONLINE, rooms=()),
    ]


def fates() -> list[ListedDate]:
    """One that goes on, a full, a cancelled and a moved one, one in the room and online, one all day."""
    usual = {"rooms": ("Ateljén",), "kind": Kind.CREATIVE}
    cancelled = {
        "status": Status.CANCELLED,
        "reason": "Ledaren är sjuk",
        "next_at": datetime(2026, 12, 1, 17),
    }
    moved = {
        "appearance": Appearance.LEFT,
        "left_at": _moment("16:00"),
        "left_reason": "Föreläsaren fick förhinder",
    }
    return [
        at("13:00", "15:00", "Samtalsgrupp för närstående", 1),
        at("15:30", "16:30", "Medicinsk yoga", 2, kind=Kind.MOVEMENT, places=Places.FULL),
        at(
            "2026-12-02 18:00", "2026-12-02 19:30", "Författarkväll", 3, day=DAY, kind=Kind.KNOWLEDGE, **moved
        ),
        at("17:00", "18:00", "Skrivarcirkel", 4, **usual, **cancelled),
        at(
            "18:00",
            "19:30",
            "Föreläsning: sömn",
            5,
            kind=Kind.KNOWLEDGE,
            form=Form.HYBRID,
            rooms=("Stora salen",),
        ),
        all_day(
            "2026-11-24", "2026-11-25", title="Utflykt till trädgården", id=6, kind=Kind.COMMUNITY, rooms=()
        ),
    ]


def closed_days() -> list[ListedDate]:
    """The house is closed on three days; on the second there is coffee all the same."""
    told = {
        "title": "Julstängt",
        "kind": Kind.CLOSURE,
        "short_text": "Välkommen tillbaka fredag 27 november.",
    }
    whole = all_day("2026-11-24", "2026-11-27", id=9, **told)
    return [*_each_day(whole), at("2026-11-25 13:00", "2026-11-25 15:00", "Mellandagsfika", 10)]


def _each_day(row: ListedDate) -> Iterator[ListedDate]:
    for number in range(row.days):
        day = row.starts_at.date() + timedelta(days=number)
        yield at_day(row, day, Appearance.THROUGH if number else Appearance.START)


def at_day(row: ListedDate, day: date, appearance: Appearance) -> ListedDate:
    """The same date as it stands on another of its days."""
    return make_row(
        **{name: getattr(row, name) for name in row.__slots__} | {"day": day, "appearance": appearance}
    )


def _usual(number: int, title: str, status: Status) -> ListedDate:
    known, kind, room = _TITLES[number % len(_TITLES)]
    starts_at = datetime(2026, 11, 24, 13) + timedelta(minutes=30 * number)
    return make_row(
        id=number + 1,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        title=title or known,
        kind=kind,
        rooms=(room,),
        status=status,
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text if " " in text else f"{DAY} {text}")
