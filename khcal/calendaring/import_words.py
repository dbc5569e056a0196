"""Words of a file that khcal does not know, and what a person says that they mean.

A word is replaced before its row is read, so that everything after it is read as always.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .import_values import room_like, room_named
from .place_cells import split_rooms
from .programme_rows import KnownHouse, slug_now
from .quick_entry.kinds import kind_in
from .reading_rows import is_room_of_a_house
from .terms import AUDIENCE_WORDS, FORM_WORDS, KIND_WORDS, SIGNUP_WORDS, Kind, Signup

VOCABULARIES: Mapping[str, tuple[str, ...]] = {
    "typ": tuple(KIND_WORDS.values()),
    "målgrupp": tuple(AUDIENCE_WORDS.values()),
    "form": tuple(FORM_WORDS.values()),
    "anmälan": tuple(SIGNUP_WORDS.values()),
}
# What may become of the name of a room that the house does not have.
NEW_ROOM, AS_PLACE, NOTHING = "+nytt", "+plats", "+inget"
# What the name of a house may mean that khcal does not know.
THIS_HOUSE, NO_HOUSE = "+här", "+inte"
MOST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a column that needs an answer; ``suggestion`` is what it may mean."""

    column: str
    text: str
    suggestion: str = ""

    @property
    def field(self) -> str:
        """What its choice is called in a form."""
        told = f"{self.column}|{self.text.casefold()}"
        return f"ord-{hashlib.sha256(told.encode(errors='replace')).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person chose: a meaning for each word (by its field), and words where the file has none.

    ``hours`` is how long something lasts that has no end, in minutes.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    hours: int | None = None

    def of(self, word: Word) -> str:
        """What the word means: as chosen, or as suggested while nobody has chosen."""
        return self.words.get(word.field, word.suggestion)


@dataclass(frozen=True, slots=True)
class Known:
    """What the house knows: its rooms by name, every house by slug, and what to do with other rooms."""

    slug: str
    rooms: tuple[str, ...]
    houses: Mapping[str, KnownHouse]
    new_rooms: str = AS_PLACE

    def house_called(self, text: str) -> str:
        """The slug of the house with this slug, name or town; of several in one town nothing."""
        wanted = slug_now(text, self.houses.values())
        called = [
            house.slug
            for house in self.houses.values()
            if wanted in (house.slug, house.short_name.casefold(), house.city.casefold())
        ]
        return wanted if wanted in self.houses else called[0] if len(called) == 1 else ""

    def knows(self, column: str, text: str) -> bool:
        """Whether the word needs no answer."""
        if column == "rum":
            return room_named(text, self.rooms) is not None or is_room_of_a_house(text, self.houses)
        if column == "avdelning":
            return bool(self.house_called(text))
        return text.casefold() in VOCABULARIES[column]

    def unknown(self, cells: Iterable[tuple[str, str]]) -> list[Word]:
        """Each word of these columns that is not known, once, in order, and not more than 60."""
        found: dict[tuple[str, str], Word] = {}
        for column, text in cells:
            for part in parts_of(column, text):
                if (column, part.casefold()) not in found and not self.knows(column, part):
                    found[column, part.casefold()] = self.word(column, part)
        return list(found.values())[:MOST_WORDS]

    def word(self, column: str, text: str) -> Word:
        """The word with what it may mean; of a room that is called much the same, that one."""
        if column == "rum":
            return Word(column, text, room_like(text, self.rooms) or self.new_rooms)
        return Word(column, text, _suggestion(column, text))


def by_title(title: str, is_all_day: bool) -> dict[str, str]:
    """What a title says of the kind, where neither the file nor earlier times say it."""
    told = kind_in(title.casefold().split())
    if told is None or (told[0] is Kind.CLOSURE and not is_all_day):
        return {}
    signup = {"anmälan": SIGNUP_WORDS[Signup.NONE]} if told[0] is Kind.CLOSURE else {}
    return {"typ": KIND_WORDS[told[0]], **signup}


def parts_of(column: str, text: str) -> list[str]:
    """The words of a cell that are looked up one by one."""
    if column == "rum":
        return split_rooms(text)
    between = {"målgrupp": ("|", ","), "avdelning": ("|",)}.get(column, ())
    parts = [text]
    for sign in between:
        parts = [piece for part in parts for piece in part.split(sign)]
    return [part.strip() for part in parts if part.strip()]


def _suggestion(column: str, text: str) -> str:
    if column == "avdelning":
        return ""
    if column == "typ":
        told = kind_in(text.casefold().split())
        return KIND_WORDS[told[0]] if told else ""
    return next((word for word in VOCABULARIES[column] if word.startswith(text.casefold()[:60])), "")
