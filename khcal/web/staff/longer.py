"""What a series gets when it goes on until a later day."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from khcal.calendaring.next_term import left_out
from khcal.calendaring.plan import Schedule, Slot
from khcal.calendaring.proposal import Pause
from khcal.forms.term import ExtendForm
from khcal.models import Event
from khcal.queries import HousePage

from .coming_dates import ComingDate, mark_cautions


@dataclass(frozen=True)
class Longer:
    """The longer schedule and the dates that are new with it."""

    schedule: Schedule
    dates: list[ComingDate]

    @property
    def ticked(self) -> list[Slot]:
        """The dates to make."""
        return [each.slot for each in self.dates if each.ticked]

    @property
    def why_not(self) -> dict[date, str]:
        """The days left out, with the reason if there is one."""
        return {each.slot.day: each.why_left for each in self.dates if not each.ticked}

    @property
    def digest(self) -> str:
        """Changes with every date shown, not with what is ticked."""
        told = "\n".join(f"{each.slot} {each.why_left}" for each in self.dates)
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def longer_series(
    page: HousePage, event: Event, former: Schedule, form: ExtendForm, breaks: Collection[Pause]
) -> Longer:
    """The dates after the former last day, until the form's. Raises RecurrenceError when that is too far."""
    schedule = replace(former, rule_until=form.until.data or former.rule_until)
    slots = tuple(slot for slot in schedule.slots() if slot.day > former.rule_until)
    why = left_out(slots, tuple(breaks))
    shown, ticked = (form.shown.data or "").split(), set(form.days.data or ())
    dates = [
        ComingDate(slot, why.get(slot.day, ""), day in ticked if day in shown else slot.day not in why)
        for slot in slots
        for day in (slot.day.isoformat(),)
    ]
    mark_cautions(page, [(event, dates)])
    return Longer(schedule, dates)
