"""What fills the form of a new activity: a line as it is read, and what an earlier activity had."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from khcal.calendaring import clock
from khcal.calendaring.next_round import next_round
from khcal.calendaring.quick_entry import Earlier, Entry, Known, Room, When, read_line
from khcal.calendaring.terms import LANGUAGES
from khcal.forms.event import COLUMNS, EventForm
from khcal.forms.quick_entry import fields_told, typed
from khcal.forms.schedule import SCHEDULE_FIELDS
from khcal.forms.sent_values import Sent, as_sent
from khcal.models import Event
from khcal.models.applying import schedule_of
from khcal.queries import HousePage, staff
from khcal.queries.staff.earlier import EarlierTitle, earlier_activity, earlier_titles, last_time

# What belonged to the last time only.
NOT_AGAIN = frozenset({"title", "status_note", "internal_note", "sibling_id"})
_DEADLINE = ("signup_until_day", "signup_days_before", "signup_time", "signup_until_words")
FILLABLE = frozenset({*COLUMNS, *SCHEDULE_FIELDS, *_DEADLINE, "houses"})


@dataclass(frozen=True)
class Filling:
    """A line as read, with the earlier activity whose values it goes on from.

    ``as_before`` are days that the line left open, in the rhythm of last time.
    """

    entry: Entry
    title: EarlierTitle | None = None
    event: Event | None = None
    as_before: When | None = None

    def values(self) -> Sent:
        """Every field as it is filled, as a browser would send it."""
        filled = as_sent(EventForm(data=self._last_time()))
        said = typed(replace(self.entry, when=self.as_before or self.entry.when))
        for name in fields_told(said):
            filled.setlist(name, said.getlist(name))
        return filled

    def _last_time(self) -> dict[str, Any]:
        event, title = self.event, self.title
        if event is None or title is None:
            return {}
        again: dict[str, Any] = {name: getattr(event, name) for name in COLUMNS if name not in NOT_AGAIN}
        again |= {name: sorted(again[name]) for name in ("audience", "facts")}
        if again["language"] not in LANGUAGES:
            del again["language"]
        shared = [
            shown.chapter_id
            for shown in event.shown_in
            # Of what is shown everywhere a house only tells that it hides it.
            if shown.chapter_id != event.chapter_id and not (event.everywhere and shown.hidden)
        ]
        return again | {"houses": shared} | _deadline(event) | _hours(title)


class Fillings:
    """What a house's lines can be filled from. It asks the database once."""

    def __init__(self, page: HousePage) -> None:
        self.page = page

    @cached_property
    def titles(self) -> list[EarlierTitle]:
        """The titles of the house, the most recent first."""
        return earlier_titles(self.page.house.id)

    @cached_property
    def known(self) -> Known:
        """What the reader of a line knows of the house."""
        house = self.page.house.id
        return Known(
            today=clock.today(),
            rooms=tuple(Room(room.id, room.name) for room in staff.rooms() if room.house_id == house),
            earlier=tuple(_as_known(title) for title in self.titles),
            breaks=tuple(staff.break_periods(house)),
        )

    def by(self, line: str, number: int | None = None) -> Filling:
        """What ``line`` fills, going on from the earlier activity ``number``, or the one that it names."""
        entry = read_line(line, self.known)
        number = number or entry.earlier
        title = self._earlier(number) if number else None
        event = last_time(self.page.house.id, title.id) if title else None
        return Filling(entry, title, event, _as_before(event, entry.when))

    def has_title(self, number: int | None, title: str) -> bool:
        """Whether the activity ``number`` has this title, whatever its capitals and spaces."""
        earlier = self._earlier(number) if number else None
        return earlier is not None and _folded(earlier.title) == _folded(title)

    def _earlier(self, number: int) -> EarlierTitle | None:
        """Also one whose title another has had since."""
        known = next((each for each in self.titles if each.id == number), None)
        return known or earlier_activity(self.page.house.id, number)

    def number_of(self, title: str) -> int | None:
        """The activity that had this title last, whatever its capitals and spaces."""
        wanted = _folded(title)
        return next((each.id for each in self.titles if _folded(each.title) == wanted), None)


def _as_known(title: EarlierTitle) -> Earlier:
    hours = _hours(title)
    return Earlier(title.id, title.title, hours.get("starts"), hours.get("ends"))


def _hours(title: EarlierTitle) -> dict[str, Any]:
    """The hours of last time; none of a stay of several days."""
    length = title.ends_at - title.starts_at
    starts, ends = title.starts_at.time(), title.ends_at.time()
    if length >= clock.ONE_DAY:
        return {"all_day": True} if length == clock.ONE_DAY and starts == ends == starts.min else {}
    return {"starts": starts, "ends": ends}


def _deadline(event: Event) -> dict[str, Any]:
    """A deadline counted from the date, or in words; the day of last time has passed."""
    said = event.deadline
    if said.days_before is None:
        return {"signup_until_words": said.words}
    return {"signup_days_before": said.days_before, "signup_time": said.at}


def _as_before(event: Event | None, said: When) -> When | None:
    former = schedule_of(event) if event else None
    if event is None or former is None:
        return None
    return next_round(former, len(former.slots()) - len(event.skips), said, clock.today())


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())
