"""The table of a copied term: each group with its new dates, what stands in their way, and what is ticked."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import Field

from khcal.calendaring.next_term import Group, NextTerm, in_next_term, left_out, usual_hours
from khcal.calendaring.plan import Slot
from khcal.calendaring.proposal import Pause
from khcal.forms.term import TermForm, TermGroupForm
from khcal.models import Event
from khcal.models.applying import schedule_of
from khcal.models.continuing import slots_in
from khcal.queries import HousePage
from khcal.queries.staff.term import days_of_groups, events_of_term

from .coming_dates import ComingDate, mark_cautions
from .moving import own_rooms


@dataclass
class TermRow:
    """One group. ``dates`` is empty when it has nothing in the new term, or has it all already."""

    event: Event
    coming: NextTerm
    form: TermGroupForm
    dates: list[ComingDate]
    is_there: bool

    @property
    def comes_along(self) -> bool:
        """Whether it is to be copied, and something of it is left to copy."""
        return bool(self.form.chosen.data and self.dates)

    @property
    def was_overtaken(self) -> bool:
        """Whether somebody else made its dates while this table was looked at."""
        return bool(self.form.chosen.data and self.is_there)

    @property
    def ticked(self) -> list[Slot]:
        """The dates to make."""
        return [each.slot for each in self.dates if each.ticked]

    @property
    def why_not(self) -> dict[date, str]:
        """The days left out, with the reason if there is one."""
        return {each.slot.day: each.why_left for each in self.dates if not each.ticked}

    @property
    def has_hours(self) -> bool:
        """Whether its dates share hours that can be changed."""
        return self.form.has_hours

    @property
    def room_id(self) -> int | None:
        """The room chosen, as far as one can choose it."""
        field = self.form.room_id
        return field.data if field.data is None or field.is_offered(field.data) else self.event.room_id

    @property
    def rooms(self) -> list[int]:
        """Every room that it takes."""
        return [number for number in {self.room_id, self.event.second_room_id} if number is not None]

    def validate(self) -> bool:
        """Whether the group, if it comes along, can be saved. Says at its fields why not."""
        if not self.comes_along:
            return True
        self.form.validate()
        if not self.ticked:
            self.form.refuse_without_days()
        return not self.form.fields_in_error()

    @property
    def clashing(self) -> int:
        """How many ticked dates run into something."""
        return sum(each.ticked and bool(each.clashes or each.closed) for each in self.dates)


@dataclass(frozen=True)
class TermTable:
    """Every group of the old term, and what of it can be made."""

    rows: list[TermRow]

    @property
    def chosen(self) -> list[TermRow]:
        """The groups to copy."""
        return [row for row in self.rows if row.comes_along]

    @property
    def overtaken(self) -> list[TermRow]:
        """The groups that were chosen and that somebody else copied meanwhile."""
        return [row for row in self.rows if row.was_overtaken]

    @property
    def digest(self) -> str:
        """Changes with every date shown and its room, not with what is ticked."""
        told = "\n".join(
            sorted(
                f"{row.event.id} {row.room_id} {each.slot} {each.why_left}"
                for row in self.rows
                for each in row.dates
            )
        )
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def validate(self) -> bool:
        """Whether every chosen group can be saved; each of them is asked, so that all faults are told."""
        return not [row for row in self.rows if not row.validate()]

    @property
    def days_sent(self) -> dict[str, set[str]]:
        """The days that are ticked in the form, by group, whether they can still be made or not."""
        asked = [row for row in self.rows if row.form.chosen.data]
        return {row.event.slug: set(row.form.days.data or ()) for row in asked}

    @property
    def faults(self) -> list[tuple[TermRow, Field]]:
        """The fields with a fault, after validating."""
        return [(row, field) for row in self.rows for field in row.form if field.errors]


def make_table(
    page: HousePage,
    term: TermForm,
    breaks: Collection[Pause],
    sent: Mapping[str, Any] | None,
    hold: bool = False,
) -> TermTable:
    """The table for these terms. ``sent`` is a table that came back; without one all series are ticked.

    With ``hold`` nobody else can copy these groups before this transaction ends.
    """
    events = events_of_term(page.house.id, term.source, hold)
    taken = days_of_groups(page.house.id, {event.slug for event in events}, term.target)
    rooms = own_rooms(page)
    rows = [_row(event, term, tuple(breaks), taken.get(event.slug, set()), sent, rooms) for event in events]
    mark_cautions(page, [(row.event, row.rooms, row.dates) for row in rows])
    return TermTable(sorted(rows, key=lambda row: (not row.dates, not row.form.chosen.data)))


def _row(
    event: Event,
    term: TermForm,
    breaks: tuple[Pause, ...],
    taken: Collection[date],
    sent: Mapping[str, Any] | None,
    rooms: Sequence[tuple[int, str]],
) -> TermRow:
    slots = slots_in(event, term.source)
    group = Group(slots, schedule_of(event))
    coming = in_next_term(group, term.source, term.target) if slots else NextTerm(())
    why = left_out(coming.slots, breaks)
    goes_on = len(slots) > 1 and any(slot.day not in {*why, *taken} for slot in coming.slots)
    form = _form(event, coming, goes_on, sent)
    form.room_id.offer(rooms)
    if event.room is not None:
        # One that is out of use stays until somebody chooses another.
        form.room_id.offer_too(event.room.id, event.room.name)
    coming = form.hours_of(coming)
    ticked = None if sent is None else set(form.days.data or ())
    dates = [
        ComingDate(slot, why.get(slot.day, ""), _is_ticked(slot, why, ticked))
        for slot in coming.slots
        if slot.day not in taken
    ]
    return TermRow(event, coming, form, dates, is_there=bool(coming.slots) and not dates)


def _form(event: Event, coming: NextTerm, goes_on: bool, sent: Mapping[str, Any] | None) -> TermGroupForm:
    usual = usual_hours(coming)
    starts, ends = usual or (None, None)
    stored = {"chosen": goes_on, "starts": starts, "ends": ends, "room_id": event.room_id}
    form = TermGroupForm(sent, prefix=f"g{event.id}-", data=stored)
    form.has_hours = usual is not None
    return form


def _is_ticked(slot: Slot, why: Mapping[date, str], ticked: Collection[str] | None) -> bool:
    return slot.day not in why if ticked is None else slot.day.isoformat() in ticked
