"""The houses' own file (``chapters.json``) → values, with every fault told by its path in the file."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .fault import CellFault, Fault
from .reading_cells import read_date
from .terms import RESERVED_SLUGS

MOST_BYTES = 1_000_000
MOST_HOUSES = 200
MOST_ROOMS = 100
MOST_BREAKS = 100
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+")
_WEBSITE = re.compile(r"https?://[^\s<>\"]+")
_KINDS = ("chapter", "national")


@dataclass(frozen=True, slots=True)
class Break:
    """Days when groups usually pause, both included."""

    name: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class HouseFacts:
    """A house as the file tells of it; what the file does not know is empty."""

    slug: str
    name: str
    short_name: str
    street: str = ""
    city: str = ""
    municipality: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    national: bool = False
    rooms: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True, slots=True)
class Houses:
    """What a file holds: houses that can be used, and all faults. With any fault nothing is imported."""

    houses: tuple[HouseFacts, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass
class _Part:
    """One object of the file, read by key; every fault gets the path to its value."""

    values: Mapping[str, Any]
    path: str
    faults: list[Fault] = field(default_factory=list)

    def fault(self, key: str, message: str) -> None:
        self.faults.append(Fault(0, f"{self.path}.{key}" if key else self.path, message))

    def text(self, key: str, most: int, needed: str = "") -> str:
        """A text of at most ``most`` letters; ``needed`` is the remedy when it must not be empty."""
        value = self.values.get(key)
        if not isinstance(value, str | None):
            self.fault(
                key, "Värdet är ingen text. Skriv en text inom citattecken, eller null om det är okänt."
            )
            return ""
        text = " ".join(unicodedata.normalize("NFC", value or "").split())
        if len(text) > most:
            self.fault(key, f"Texten är {len(text)} tecken. Skriv högst {most}.")
        if not text and needed:
            self.fault(key, f"Värdet saknas. {needed}")
        return text

    def matching(self, key: str, most: int, pattern: re.Pattern[str], remedy: str) -> str:
        """A text that is empty or has a certain form."""
        text = self.text(key, most)
        if text and not pattern.fullmatch(text):
            self.fault(key, f"”{text[:60]}” går inte att använda. {remedy}")
        return text

    def items(self, key: str, most: int) -> list[Any]:
        """A list; a missing one is empty."""
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list) or len(value) > most:
            self.fault(key, f"Skriv en lista inom hakparenteser med högst {most} värden.")
            return []
        return value

    def part(self, key: str) -> _Part:
        """An object inside this one; a missing one is empty."""
        value = self.values.get(key)
        if not isinstance(value, Mapping | None):
            self.fault(key, "Skriv ett objekt inom klammerparenteser, eller null om det är okänt.")
            value = {}
        return _Part(value or {}, f"{self.path}.{key}", self.faults)


def read_chapters(data: bytes, breaks_by_municipality: Mapping[str, tuple[Break, ...]]) -> Houses:
    """Every house of the file, and every fault.

    A house that lists no ``school_breaks`` of its own gets those of its municipality.
    """
    try:
        listed = _listed(data)
    except CellFault as fault:
        return Houses(faults=(Fault(0, "", str(fault)),))
    faults: list[Fault] = []
    houses = [
        _read_house(item, f"chapters[{n}]", faults, breaks_by_municipality) for n, item in enumerate(listed)
    ]
    slugs = [house.slug for house in houses if house]
    for number, slug in enumerate(slugs):
        if slug and slug in slugs[:number]:
            faults.append(
                Fault(0, f"chapters[{number}].slug", f"”{slug}” finns redan. Ge huset en egen slug.")
            )
    return Houses(tuple(house for house in houses if house), tuple(faults))


def read_school_breaks(data: bytes) -> dict[str, tuple[Break, ...]]:
    """The breaks of each municipality in khcal's own file. Raises ValueError when it is damaged."""
    municipalities = json.loads(data)["municipalities"]
    faults: list[Fault] = []
    breaks = {
        name: tuple(_read_breaks(_Part({"school_breaks": listed}, name, faults)))
        for name, listed in municipalities.items()
    }
    if faults:
        raise ValueError("; ".join(map(str, faults)))
    return breaks


def _listed(data: bytes) -> list[Any]:
    if len(data) > MOST_BYTES:
        raise CellFault("Filen är större än 1 MB. Dela den på flera.")
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CellFault("Filens tecken går inte att läsa. Spara den som UTF-8.") from None
    except json.JSONDecodeError as error:
        raise CellFault(
            f"Filen är ingen riktig JSON: fel på rad {error.lineno}, tecken {error.colno}. "
            "Se efter komman, citattecken och klamrar där."
        ) from None
    except RecursionError:
        raise CellFault("Filen har för många nivåer. Skriv husen direkt i listan ”chapters”.") from None
    listed = document.get("chapters") if isinstance(document, dict) else None
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_HOUSES:
        raise CellFault(
            f"Filen har inga hus. Skriv dem i listan ”chapters”, minst ett och högst {MOST_HOUSES}."
        )
    return listed


def _read_house(
    item: Any, path: str, faults: list[Fault], breaks_by_municipality: Mapping[str, tuple[Break, ...]]
) -> HouseFacts | None:
    if not isinstance(item, Mapping):
        faults.append(Fault(0, path, "Skriv huset som ett objekt inom klammerparenteser."))
        return None
    part = _Part(item, path, faults)
    address = part.part("address")
    visiting, floor = address.text("visiting", 150), address.text("floor", 40)
    municipality = part.text("municipality", 80)
    own_breaks = tuple(_read_breaks(part))
    return HouseFacts(
        slug=_read_slug(part),
        name=part.text("name", 120, "Skriv husets hela namn, till exempel ”Kraftens hus Sjuhärad”."),
        short_name=part.text("short_name", 60, "Skriv ett kort namn, till exempel ”Sjuhärad”."),
        street=", ".join(line for line in (visiting, floor) if line),
        city=address.text("city", 80),
        municipality=municipality,
        phone=part.text("phone", 40),
        email=part.matching("email", 120, _EMAIL, "Skriv en adress som hus@example.org, eller null."),
        website=part.matching(
            "website", 200, _WEBSITE, "Skriv en adress som https://example.org/, eller null."
        ),
        national=_read_kind(part) == "national",
        rooms=tuple(_read_rooms(part)),
        breaks=own_breaks if "school_breaks" in item else breaks_by_municipality.get(municipality, ()),
    )


def _read_slug(part: _Part) -> str:
    remedy = "Skriv små bokstäver a–z, siffror och bindestreck, till exempel ”sjuharad”."
    slug = part.matching("slug", 60, _SLUG, remedy)
    if not slug:
        part.fault("slug", f"Värdet saknas. {remedy}")
    if slug in RESERVED_SLUGS:
        part.fault("slug", f"”{slug}” är upptaget av khcal självt. Välj en annan slug.")
    return slug


def _read_kind(part: _Part) -> str:
    kind = part.text("kind", 20) or "chapter"
    if kind not in _KINDS:
        part.fault(
            "kind", f"”{kind}” är okänt. Skriv ”chapter” för ett hus eller ”national” för riksföreningen."
        )
    return kind


def _read_rooms(part: _Part) -> Iterator[str]:
    for number, name in enumerate(part.items("known_rooms", MOST_ROOMS)):
        if isinstance(name, str) and 0 < len(name.strip()) <= 120:
            yield name.strip()[:1].upper() + name.strip()[1:]
        else:
            part.fault(f"known_rooms[{number}]", "Skriv rummets namn inom citattecken, högst 120 tecken.")


def _read_breaks(part: _Part) -> Iterator[Break]:
    for number, item in enumerate(part.items("school_breaks", MOST_BREAKS)):
        path = f"{part.path}.school_breaks[{number}]"
        if not isinstance(item, Mapping):
            part.fault(f"school_breaks[{number}]", "Skriv ett objekt med name, first_day och last_day.")
            continue
        one = _Part(item, path, part.faults)
        name = one.text("name", 80, "Skriv vad lovet heter, till exempel ”Höstlov”.")
        days = [_read_day(one, key) for key in ("first_day", "last_day")]
        first, last = days
        if first and last and last < first:
            one.fault("last_day", f"Sista dagen ligger före den första, {first}. Skriv en senare dag.")
        elif first and last and name:
            yield Break(name, first, last)


def _read_day(part: _Part, key: str) -> date | None:
    text = part.text(key, 40, "Skriv dagen så här: ”2026-10-26”.")
    try:
        return read_date(text) if text else None
    except CellFault as fault:
        part.fault(key, str(fault))
        return None
