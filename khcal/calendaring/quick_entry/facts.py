"""What the recognisers find in a line: small values, not yet put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from ..shapes import Deadline
from ..terms import Audience, Form, Signup
from .points import Point, Stretch


class Role(Enum):
    """What days are said for: simply when; the first one; from or until when; these as well."""

    WHEN = "when"
    START = "start"
    FROM = "from"
    TO = "to"
    ALSO = "also"


@dataclass(frozen=True, slots=True)
class Days:
    """Days, weeks or months, each for itself or from one to another."""

    role: Role
    stretches: tuple[Stretch, ...]


class Said(Enum):
    """How weekdays were said: ``tisdag``, ``tisdagar`` or ``tis``."""

    ONE = "one"
    MANY = "many"
    SHORT = "short"


class DayPart(Enum):
    """A part of the day, to tell 7 from 19."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Weekdays, 0 is Monday."""

    days: tuple[int, ...]
    said: Said


@dataclass(frozen=True, slots=True)
class Skip:
    """What is left out: days, weekdays, or every red day. ``start``-``end`` is where in the line."""

    start: int
    end: int
    stretch: Stretch | None = None
    weekdays: tuple[int, ...] = ()
    reason: str = ""
    # Only its name was said, and from when to when it goes on is an assumption.
    is_feast: bool = False

    @property
    def is_every_red_day(self) -> bool:
        """Whether all red days are meant."""
        return self.stretch is None and not self.weekdays


@dataclass(frozen=True, slots=True)
class Skips:
    """All that one "ej" leaves out."""

    items: tuple[Skip, ...]


@dataclass(frozen=True, slots=True)
class Every:
    """``varannan vecka`` is 2 weeks, ``var tredje månad`` 3 months; the other number is 0."""

    weeks: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class Nth:
    """``första och tredje tisdagen i månaden``: 1-4, -1 is the last; ``months`` apart."""

    nths: tuple[int, ...]
    weekday: int
    months: int = 1
    month: Point | None = None


@dataclass(frozen=True, slots=True)
class MonthDay:
    """``den 15 varje månad``; -1 is the last day."""

    days: tuple[int, ...]
    months: int = 1


@dataclass(frozen=True, slots=True)
class Irregular:
    """``en torsdag i månaden``: it recurs, but on no day that follows from the words.

    "Två gånger i veckan" does follow where two weekdays are said.
    """

    weekday: int | None = None
    a_week: int = 0


@dataclass(frozen=True, slots=True)
class Parity:
    """``udda veckor`` or ``jämna veckor``."""

    is_odd: bool

    def fits(self, day: date) -> bool:
        """Whether the ISO week of the day is such a week."""
        return (day.isocalendar().week % 2 == 1) is self.is_odd


@dataclass(frozen=True, slots=True)
class Times:
    """``sex gånger``."""

    number: int


@dataclass(frozen=True, slots=True)
class ForWeeks:
    """``i åtta veckor``."""

    weeks: int


@dataclass(frozen=True, slots=True)
class TermSaid:
    """``hela terminen``, ``vårterminen 2027``."""

    is_spring: bool | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as it was said. A vague one is "två" or "2", which may be 14; 24.00 has hour 24."""

    hour: int
    minute: int = 0
    is_vague: bool = False
    in_words: bool = False
    part: DayPart | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """When it starts and ends, either of which may be all that was said."""

    starts: Clock | None = None
    ends: Clock | None = None


@dataclass(frozen=True, slots=True)
class Lasting:
    """``90 minuter``."""

    minutes: int


@dataclass(frozen=True, slots=True)
class WholeDay:
    """``heldag``."""


@dataclass(frozen=True, slots=True)
class PartSaid:
    """``på kvällen``."""

    part: DayPart


@dataclass(frozen=True, slots=True)
class Rooms:
    """One or more rooms of the house, by number."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TitleSaid:
    """A title in quotation marks, or one of the house's own with its number."""

    title: str
    earlier: int | None = None


@dataclass(frozen=True, slots=True)
class AudienceSaid:
    """Whom it is for."""

    audience: frozenset[Audience]


@dataclass(frozen=True, slots=True)
class FormSaid:
    """How one takes part."""

    form: Form


@dataclass(frozen=True, slots=True)
class LanguageSaid:
    """In which language, by its code."""

    language: str


@dataclass(frozen=True, slots=True)
class SignupSaid:
    """What one does before coming; the deadline, with a point for a day that has no year yet."""

    signup: Signup
    deadline: Deadline = field(default_factory=Deadline)
    until: Point | None = None
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """In whole kronor."""

    kronor: int


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many places there are; a bare one is "max 20", which does not say of what."""

    places: int
    is_bare: bool = False


@dataclass(frozen=True, slots=True)
class Denied:
    """``inte`` before something that cannot be left out: neither is understood."""


Fact = (
    Days
    | Weekdays
    | Skips
    | Every
    | Nth
    | MonthDay
    | Irregular
    | Parity
    | Times
    | ForWeeks
    | TermSaid
    | Hours
    | Lasting
    | WholeDay
    | PartSaid
    | Rooms
    | TitleSaid
    | AudienceSaid
    | FormSaid
    | LanguageSaid
    | SignupSaid
    | Price
    | Capacity
    | Denied
)


@dataclass(frozen=True, slots=True)
class Found:
    """A fact and the token after its last one. A soft one may as well be a part of the title."""

    end: int
    fact: Fact
    is_soft: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A fact with the tokens that say it, ``start`` to ``end`` (exclusive)."""

    start: int
    end: int
    fact: Fact
    is_soft: bool = False
