"""Extra dates beside a rule: one a line, with hours of their own where they have them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from wtforms.widgets import TextArea

from khcal.calendaring import phrases
from khcal.calendaring.plan import PlannedDate, Schedule, Slot
from khcal.calendaring.recurrence import RecurrenceError, check_start
from khcal.i18n import gettext as _

from .fields import TypedField
from .typed import TypedError, read_day, read_time, say_time

MOST_EXTRA_DAYS = 60
# Into the night after an evening, but not further.
LATEST_END = time(6)
_LINE = re.compile(
    r"(?P<day>\S+(?:\s+\d{4})?)(?:\s+(?:kl\.?\s*)?(?P<starts>[\d.:]+)\s*[-–—]\s*(?P<ends>[\d.:]+))?"
)


@dataclass(frozen=True, slots=True)
class ExtraDay:
    """A day, and its hours unless they are those of the rule."""

    day: date
    starts: time | None = None
    ends: time | None = None

    def slot(self, starts: time, ends: time) -> Slot:
        """When it is, if the rule's hours are these."""
        if self.starts is not None and self.ends is not None:
            starts, ends = self.starts, self.ends
        nights = timedelta(days=int(ends <= starts))
        return Slot(self.day, datetime.combine(self.day, starts), datetime.combine(self.day + nights, ends))


class ExtraDaysField(TypedField):
    """Days with or without hours, each on a line of its own."""

    widget = TextArea()
    data: tuple[ExtraDay, ...] | None

    def read(self, text: str) -> tuple[ExtraDay, ...]:
        """The days in ``text``, in order. Raises TypedError."""
        found = [
            _read_line(line.strip(" ,;"))
            for line in re.split(r"[\n;]|,(?=\s*\d{4}-)", text)
            if line.strip(" ,;")
        ]
        if len(found) > MOST_EXTRA_DAYS:
            raise TypedError(
                _("Det är för många extra datum. Skriv högst {most}.").format(most=MOST_EXTRA_DAYS)
            )
        twice = next((each.day for each in found if sum(other.day == each.day for other in found) > 1), None)
        if twice is not None:
            raise TypedError(_("{day} står två gånger. Skriv varje datum en gång.").format(day=twice))
        return tuple(sorted(found, key=lambda each: each.day))

    def say(self, value: Iterable[ExtraDay] | None) -> str:
        """One day a line."""
        return "\n".join(_say_line(each) for each in value or ())


def typed_extras(schedule: Schedule, rows: Iterable[PlannedDate]) -> tuple[ExtraDay, ...]:
    """Extra dates that exist, as the form says them; hours like the rule's are left out, and follow it."""
    found: dict[date, ExtraDay] = {}
    for row in sorted(rows, key=lambda row: row.starts_at):
        hours = row.starts_at.time(), row.ends_at.time()
        own = hours if hours != (schedule.start_time, schedule.end_time) else (None, None)
        found.setdefault(row.starts_at.date(), ExtraDay(row.starts_at.date(), *own))
    return tuple(found.values())


def _read_line(text: str) -> ExtraDay:
    match = _LINE.fullmatch(text)
    if match is None:
        told = _("Vi förstår inte ”{text}”. Skriv så här: 2026-12-05 eller 2026-12-05 14–16.")
        raise TypedError(told.format(text=text))
    day = read_day(match["day"])
    if match["starts"] is None:
        return ExtraDay(day)
    starts, ends = read_time(match["starts"]), read_time(match["ends"])
    try:
        check_start(starts)
    except RecurrenceError as error:
        raise TypedError(phrases.rule_fault(error)) from None
    if LATEST_END < ends <= starts:
        raise TypedError(_("Sluttiden ligger före starttiden: {text}").format(text=text))
    return ExtraDay(day, starts, ends)


def _say_line(each: ExtraDay) -> str:
    if each.starts is None or each.ends is None:
        return each.day.isoformat()
    ends = "24.00" if each.ends == time.min else say_time(each.ends)
    return f"{each.day.isoformat()} {say_time(each.starts)}–{ends}"
