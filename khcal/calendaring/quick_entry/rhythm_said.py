"""How often, from all that was said of it: the rules it leads to and what narrows them."""

from __future__ import annotations

from dataclasses import dataclass

from ..recurrence import RecurrenceError, RecurrenceRule, monthly_day, monthly_nth, weekly
from .entry import Conflict
from .facts import (
    Every,
    ForWeeks,
    Irregular,
    MonthDay,
    Nth,
    Parity,
    Piece,
    Said,
    Skips,
    TermSaid,
    Times,
    Weekdays,
)
from .heard import Heard


@dataclass(frozen=True)
class Rhythm:
    """``weekdays`` without those left out; ``every`` weeks or months apart, 0 when nothing was said.

    ``monthly`` are the rules of "första och tredje tisdagen i månaden", one each.
    """

    weekdays: tuple[int, ...]
    said: Said | None
    weeks: int = 0
    months: int = 0
    monthly: tuple[RecurrenceRule, ...] = ()
    month_of_nth: Nth | None = None
    parity: Parity | None = None
    times: int | None = None
    for_weeks: int | None = None
    term: TermSaid | None = None
    irregular: Irregular | None = None

    @property
    def goes_on(self) -> bool:
        """Whether something says that it happens more than once."""
        said_so = self.said is Said.MANY or self.weeks or self.months or self.monthly or self.parity
        return bool(said_so or (self.times or 0) > 1 or self.for_weeks or self.term)


def rhythm_of(heard: Heard) -> Rhythm:
    """Everything said of how often."""
    every, parity, times = heard.one(Every), heard.one(Parity), heard.one(Times)
    weeks, term = heard.one(ForWeeks), heard.one(TermSaid)
    weekdays, said = _weekdays(heard)
    nth = heard.one(Nth)
    return Rhythm(
        weekdays,
        said,
        every[0].weeks if every else 0,
        every[0].months if every else 0,
        _monthly(heard, nth, every[0].months if every else 0),
        nth[0] if nth and nth[0].month else None,
        parity[0] if parity else None,
        times[0].number if times else None,
        weeks[0].weeks if weeks else None,
        term[0] if term else None,
        _irregular(heard, len(weekdays)),
    )


def rules_of(rhythm: Rhythm, weekdays: tuple[int, ...]) -> tuple[RecurrenceRule, ...]:
    """The rules; weekly on these weekdays unless it is monthly. Raises RecurrenceError."""
    if rhythm.monthly:
        return rhythm.monthly
    return (weekly(weekdays, rhythm.weeks or 1),)


def _irregular(heard: Heard, weekdays: int) -> Irregular | None:
    """What recurs on unknown days; "två gånger i veckan" with two weekdays is regular after all."""
    found = heard.one(Irregular)
    return None if found is None or (weekdays and found[0].a_week == weekdays) else found[0]


def _weekdays(heard: Heard) -> tuple[tuple[int, ...], Said | None]:
    facts = heard.all(Weekdays)
    days = {day for fact, _ in facts for day in fact.days}
    left_out = {day for skips, _ in heard.all(Skips) for item in skips.items for day in item.weekdays}
    how = [fact.said for fact, _ in facts]
    said = Said.MANY if Said.MANY in how else how[0] if how else None
    return tuple(sorted(days - left_out)), said


def _monthly(heard: Heard, nth: tuple[Nth, Piece] | None, months: int) -> tuple[RecurrenceRule, ...]:
    """Monthly rules; one that khcal does not keep ("femte torsdagen") is told and dropped."""
    day = heard.one(MonthDay)
    found: list[RecurrenceRule] = []
    try:
        if nth:
            apart = months or nth[0].months
            found += [monthly_nth(number, nth[0].weekday, apart) for number in dict.fromkeys(nth[0].nths)]
        if day:
            found += [monthly_day(number, months or day[0].months) for number in dict.fromkeys(day[0].days)]
    except RecurrenceError as error:
        heard.object_to(
            Conflict.RULE, nth[1] if nth else day[1] if day else None, fault=error.fault, word=error.value
        )
        return ()
    return tuple(found)
