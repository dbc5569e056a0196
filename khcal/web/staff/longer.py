"""What a series gets when it goes on until a later day."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from khcal.calendaring import clock
from khcal.calendaring.next_term import left_out, summers
from khcal.calendaring.plan import Schedule, Slot, Verb, extend
from khcal.calendaring.proposal import Pause
from khcal.forms.term import ExtendForm
from khcal.i18n import gettext as _
from khcal.models import Event
from khcal.models.applying import planned_dates
from khcal.queries import HousePage

from .coming_dates import ComingDate, mark_cautions, rooms_of


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
    def comes_back(self) -> bool:
        """Whether some of them are called off now: visitors see those at once."""
        return any(each.ticked and each.comes_back for each in self.dates)

    @property
    def why_not(self) -> dict[date, str]:
        """The days left out, with the reason if there is one."""
        return {each.slot.day: each.why_left for each in self.dates if not each.ticked}

    @property
    def digest(self) -> str:
        """Changes with every date shown, not with what is ticked."""
        told = "\n".join(f"{each.slot} {each.why_left} {each.comes_back}" for each in self.dates)
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def longer_series(
    page: HousePage, event: Event, former: Schedule, form: ExtendForm, breaks: Collection[Pause]
) -> Longer:
    """The dates after the former last day, until the form's. Raises RecurrenceError when that is too far."""
    schedule = replace(former, rule_until=form.until.data or former.rule_until)
    slots = _new_slots(event, schedule, former)
    why = left_out(tuple(slots), (_gone_by(), *breaks, *summers(former, schedule.rule_until)))
    dates = [
        ComingDate(
            slot,
            why.get(slot.day, ""),
            form.is_ticked(slot.day.isoformat(), slot.day not in why),
            comes_back=comes_back,
        )
        for slot, comes_back in slots.items()
    ]
    mark_cautions(page, [(event, rooms_of(event), dates)])
    return Longer(schedule, dates)


def _gone_by() -> Pause:
    """A series that ended long ago gets no dates in the past, unless somebody says so."""
    return Pause(_("Har redan varit"), date.min, clock.today() - clock.ONE_DAY)


def _new_slots(event: Event, schedule: Schedule, former: Schedule) -> dict[Slot, bool]:
    """What the longer schedule adds, and what was called off as it was made shorter: that comes back."""
    entries = extend(planned_dates(event), schedule, {}, former).entries
    return {
        Slot(entry.slot, entry.starts_at, entry.ends_at): entry.restores
        for entry in entries
        if entry.slot is not None and (entry.verb is Verb.ADD or entry.restores)
    }
