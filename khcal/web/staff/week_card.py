"""The card of a week: how much there is, what to look at, and who found it right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from khcal.calendaring import clock
from khcal.calendaring.import_warnings import Booking, OnRedDay, RoomClash, WhileClosed, cautions
from khcal.queries.staff import StaffDate
from khcal.queries.staff.week import Check, EndingSeries

WEEKS_AHEAD_OF_AN_END = 3


class Matter(StrEnum):
    """What a finding is about."""

    NO_ROOM = "no_room"
    CLASH = "clash"
    RED_DAY = "red_day"
    CLOSED = "closed"
    ENDS = "ends"


@dataclass(frozen=True)
class Finding:
    """One thing to look at. ``rows`` are the dates that can be mended here; ``other`` is another's title.

    ``note`` is the room, the red day or the closure by name.
    """

    matter: Matter
    day: date
    rows: tuple[StaffDate, ...] = ()
    note: str = ""
    other: str = ""
    series: EndingSeries | None = None


@dataclass(frozen=True)
class WeekCard:
    """A week in a few words. ``is_checked``: somebody found it right, and nothing has changed since."""

    monday: date
    held: int
    cancelled: int
    drafts: int
    is_over: bool
    revision: int
    check: Check | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def troubles(self) -> list[Finding]:
        """What should be mended."""
        return [each for each in self.findings if each.matter is not Matter.ENDS]

    @property
    def ends(self) -> list[Finding]:
        """What one may want to go on with."""
        return [each for each in self.findings if each.matter is Matter.ENDS]

    @property
    def is_checked(self) -> bool:
        """Whether nothing has changed since somebody found the week right."""
        return self.check is not None and self.check.revision == self.revision

    @property
    def checked_at(self) -> datetime | None:
        """When somebody last found it right, as wall time."""
        if self.check is None:
            return None
        return clock.from_epoch_seconds(self.check.checked_at).astimezone(clock.ZONE).replace(tzinfo=None)


def make_card(monday: date, rows: Sequence[StaffDate], findings: list[Finding], **known: object) -> WeekCard:
    """The card of the week that begins on ``monday``; of ``rows`` and ``findings`` only that week's count."""
    week = [row for row in rows if _monday_in(row, monday) == monday and not row.is_closure]
    return WeekCard(
        monday=monday,
        held=sum(row.takes_place and not row.is_draft for row in week),
        cancelled=sum(row.is_cancelled for row in week),
        drafts=sum(row.is_draft for row in week),
        is_over=monday + 7 * clock.ONE_DAY <= clock.today(),
        findings=[each for each in findings if clock.monday_of(each.day) == monday],
        **known,  # type: ignore[arg-type]
    )


def _monday_in(row: StaffDate, monday: date) -> date:
    """The week that a date counts in: the one that it begins in, or this one if it goes on in it."""
    begins = clock.monday_of(row.starts_at.date())
    return monday if begins <= monday <= row.last_day else begins


def find(
    rows: Sequence[StaffDate], booked: Sequence[Booking], ending: Sequence[EndingSeries], house: str
) -> list[Finding]:
    """What to look at in the house's own dates from today on; ``booked`` is all that its rooms hold."""
    today = clock.today()
    ahead = [row for row in rows if row.is_own and row.takes_place and row.last_day >= today]
    found = [
        *(Finding(Matter.NO_ROOM, _day(row), (row,)) for row in ahead if row.lacks_room),
        *_cautions(ahead, booked, house),
    ]
    ends = [Finding(Matter.ENDS, today, series=series) for series in ending]
    return sorted(found, key=lambda each: each.day) + ends


def _cautions(rows: Sequence[StaffDate], booked: Sequence[Booking], house: str) -> Iterator[Finding]:
    mine = {_booking(row, house): row for row in rows}
    known = {(str(row.event_id), row.starts_at) for row in rows}
    around = [each for each in booked if (each.key, each.starts_at) not in known]
    names = {str(number): name for row in rows for number, name in row.rooms}
    for each in cautions(list(mine), around):
        if isinstance(each, RoomClash):
            pair = [booking for booking in (each.first, each.second) if booking in mine]
            other = next((b.title for b in (each.first, each.second) if b not in mine), "")
            own = tuple(mine[booking] for booking in pair)
            yield Finding(Matter.CLASH, _not_past(each.day), own, names[each.room], other)
        elif isinstance(each, OnRedDay):
            yield Finding(Matter.RED_DAY, _not_past(each.day), (mine[each.booking],), each.name)
        elif isinstance(each, WhileClosed) and each.booking in mine:
            yield Finding(Matter.CLOSED, _not_past(each.day), (mine[each.booking],), each.closure.title)


def _booking(row: StaffDate, house: str) -> Booking:
    return Booking(
        f"row {row.id}",
        row.title,
        row.kind,
        row.signup,
        row.form,
        (house,),
        tuple(("", str(number)) for number, _name in row.rooms),
        row.starts_at,
        row.ends_at,
    )


def _day(row: StaffDate) -> date:
    return _not_past(row.starts_at.date())


def _not_past(day: date) -> date:
    """What began before today is looked at today."""
    return max(day, clock.today())
