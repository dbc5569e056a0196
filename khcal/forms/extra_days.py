"""Extra dates beside a rule: one a line, with hours of their own where they have them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from wtforms.widgets import TextArea

from khcal.calendaring import clock, phrases
from khcal.calendaring.phrases.quick_entry import entry_remark
from khcal.calendaring.phrases.words import N_
from khcal.calendaring.plan import PlannedDate, Schedule, Slot
from khcal.calendaring.quick_entry import Assumed, Conflict, Entry, Known, read_line
from khcal.calendaring.recurrence import RecurrenceError, check_start
from khcal.i18n import gettext as _

from .fields import TypedField
from .typed import TypedError, read_day, read_time, say_time

MOST_EXTRA_DAYS = 60
# Into the night after an evening, but not further.
LATEST_END = time(6)
_HOW = N_("Skriv ett datum på varje rad, så här: 2026-12-05, 11/12 eller 11/12 14–16.")
# These say by themselves what is wrong; the rest of what quick entry may object to says nothing here.
_TELLING = frozenset({Conflict.WEEKDAY, Conflict.NO_SUCH_DAY, Conflict.END_BEFORE_START, Conflict.VAGUE_TIME})
_DAY = r"(?P<day>\d{8}|\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[-/. ]\s*\d{4})"
_LINE = re.compile(rf"{_DAY}(?:\s+(?:kl\.?\s*)?(?P<starts>[\d.:]+)\s*[-–—]\s*(?P<ends>[\d.:]+))?", re.ASCII)


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
    after: date | None = None

    def read_after(self, first: date | None) -> None:
        """Read again what was typed: a day without a year is the next one after ``first``, or after today."""
        self.after = max(first or date.min, clock.today())
        if self.raw_data and self.after > clock.today():
            self.process_errors = []
            try:
                self.process_formdata(self.raw_data)
            except ValueError as error:
                self.process_errors = [error.args[0]]

    def _value(self) -> str:
        is_understood = self.data is not None and not self.errors and not self.process_errors
        return self.say(self.data) if is_understood else super()._value()

    def read(self, text: str) -> tuple[ExtraDay, ...]:
        """The days in ``text``, in order. Raises TypedError."""
        lines = [line.strip(" ,;") for line in re.split(r"[\n;]|,(?=\s*\d{4}-)", text) if line.strip(" ,;")]
        after = self.after or clock.today()
        found = [each for line in lines[: MOST_EXTRA_DAYS + 1] for each in _read_line(line, after)]
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


def _read_line(text: str, after: date) -> list[ExtraDay]:
    """One day as the field says it itself, or days as one writes them on top of the form."""
    match = _LINE.fullmatch(text)
    return [_read_day_and_hours(text, match)] if match else _read_said(text, after)


def _read_said(text: str, after: date) -> list[ExtraDay]:
    entry = read_line(text, Known(after))
    told = [remark for remark in entry.conflicts if remark.code in _TELLING]
    if told:
        raise TypedError(f"”{text}”: {entry_remark(told[0])}")
    days = entry.when.days or tuple(filter(None, [entry.when.first_day]))
    is_by_today = any(remark.code is Assumed.THAT_DAY for remark in entry.assumptions)
    is_half = (entry.starts is None) is not (entry.ends is None)
    if not days or _says_more(entry) or entry.when.rule or is_by_today or is_half:
        raise TypedError(_("Vi förstår inte ”{text}”. {how}").format(text=text, how=_(_HOW)))
    return [ExtraDay(day, entry.starts, entry.ends) for day in days]


def _says_more(entry: Entry) -> bool:
    """Whether it holds more than days and hours, which the form has other fields for: it would be lost."""
    told = {name: getattr(entry, name) for name in ("when", "starts", "ends", "assumptions", "lacks")}
    return entry != Entry(**told)


def _read_day_and_hours(text: str, match: re.Match[str]) -> ExtraDay:
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
