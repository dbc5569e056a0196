"""The times of an event in another calendar → its dates on a Swedish clock, from today on and bounded.

A series whose rule khcal can keep goes on as one; any other becomes its dates, one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice

from . import clock, recurrence, rule_text
from .fault import CellFault
from .foreign_series import days_of_series, read_series

FIRST_YEAR, LAST_YEAR = 2000, 2099
MOST_DATES = recurrence.MOST_DATES
AHEAD = timedelta(days=2 * 366)
LONGEST = timedelta(days=31)
# Parts of a rule that say how far it goes, or nothing to a reader of dates that were compared.
_LEFT_OUT = ("UNTIL=", "COUNT=", "RSCALE=", "WKST=")
_UNTIL_FORMS = {8: "%Y%m%d", 15: "%Y%m%dT%H%M%S", 16: "%Y%m%dT%H%M%SZ"}


@dataclass(frozen=True, slots=True)
class EventTimes:
    """What an event says of its times, as decoded; ``replaces`` is the date of a series that it changes.

    ``own`` is what it says otherwise than its series: names and values of an item.
    """

    start: date
    end: object = None
    duration: object = None
    rule: str = ""
    more: tuple[object, ...] = ()
    except_for: tuple[object, ...] = ()
    replaces: object = None
    is_cancelled: bool = False
    has_exclusion_rule: bool = False
    own: tuple[tuple[str, str], ...] = ()

    @property
    def is_all_day(self) -> bool:
        """Whether it has days but no times."""
        return not isinstance(self.start, datetime)


@dataclass(frozen=True, slots=True)
class ForeignDate:
    """One date: the day first planned, when it is, and whether it fills a place of the rule.

    ``own`` is what it says otherwise than the others.
    """

    key: date
    starts_at: datetime
    ends_at: datetime
    is_of_rule: bool = False
    own: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DatesOfItem:
    """The dates to come; with a ``rule`` (text without UNTIL) the days between that it leaves out."""

    dates: tuple[ForeignDate, ...] = ()
    rule: str = ""
    rule_from: date | None = None
    rule_until: date | None = None
    skips: tuple[date, ...] = ()
    is_over: bool = False
    is_cancelled: bool = False


def dates_of(event: EventTimes, changes: Sequence[EventTimes], today: date) -> DatesOfItem:
    """Every date that ends after ``today`` began. Raises :class:`CellFault`."""
    if event.is_cancelled:
        return DatesOfItem(is_cancelled=True)
    if event.has_exclusion_rule:
        raise CellFault("Upprepningen har undantag som inte går att läsa.")
    try:
        return _dates(event, changes, today)
    except (OverflowError, ValueError) as error:
        if isinstance(error, CellFault):
            raise
        raise CellFault("Händelsens tid går inte att läsa.") from None


def _dates(event: EventTimes, changes: Sequence[EventTimes], today: date) -> DatesOfItem:
    start, length = _local(event.start), _length(event)
    last = min(today + AHEAD, date(LAST_YEAR, 12, 31))
    days = list(islice(_days(event, today - LONGEST, last), MOST_DATES + 1))
    if len(days) > MOST_DATES:
        raise CellFault(f"Upprepningen ger fler än {MOST_DATES} datum.")
    planned = {day: _on(event, day, length) for day in days}
    of_rule = {begun.date() for begun, _ in planned.values()} if event.rule else set()
    found = {begun.date(): ForeignDate(begun.date(), begun, ended) for begun, ended in planned.values()}
    found |= _more(event, length)
    for gone in map(_local, event.except_for):
        _drop(found, gone)
    for change in changes:
        _change(found, change)
    kept = [each for each in found.values() if each.ends_at > clock.midnight(today)]
    if not kept:
        return DatesOfItem(is_over=True)
    return _with_rule(event, start, sorted(kept, key=lambda each: (each.starts_at, each.key)), of_rule, today)


def _with_rule(
    event: EventTimes, start: datetime, dates: list[ForeignDate], of_rule: set[date], today: date
) -> DatesOfItem:
    """The dates with their rule, if it is one that khcal keeps and says the same days at one time."""
    slots = sorted(day for day in of_rule if day >= today or day in {each.key for each in dates})
    plain = DatesOfItem(tuple(dates))
    if not event.rule or not slots:
        return plain
    try:
        rule = rule_text.read_foreign(_without_bounds(event.rule), start).rule
        wanted = recurrence.dates(rule, slots[0], slots[-1])
    except recurrence.RecurrenceError:
        return plain
    usual = start.time()
    if wanted != slots or any(
        each.starts_at.time() != usual
        for each in dates
        if each.key in of_rule and each.starts_at.date() == each.key
    ):
        return plain
    taken = {each.key for each in dates}
    marked = [replace(each, is_of_rule=each.key in of_rule) for each in dates]
    skips = tuple(day for day in slots if day not in taken)
    return DatesOfItem(tuple(marked), str(rule), slots[0], slots[-1], skips)


def _without_bounds(text: str) -> str:
    parts = [part for part in text.strip().upper().split(";") if part]
    return ";".join(part for part in parts if not part.startswith(_LEFT_OUT))


def _days(event: EventTimes, first: date, last: date) -> Iterator[date]:
    """The days on which it starts, in the zone of its own."""
    begins = _day(event.start)
    if begins.year < FIRST_YEAR:
        raise CellFault(f"Händelsen börjar före år {FIRST_YEAR}.")
    if not event.rule:
        yield begins
        return
    series = read_series(event.rule)
    until = _until(series.until, event) if series.until else last + clock.ONE_DAY
    for day in days_of_series(series, begins, min(last, until)):
        if day >= first:
            yield day


def _until(text: str, event: EventTimes) -> date:
    """The last day, in the event's own zone, on which a date may still start."""
    try:
        moment = datetime.strptime(text, _UNTIL_FORMS[len(text)])
    except (KeyError, ValueError):
        raise CellFault(f"Upprepningens slut går inte att läsa: ”{text[:20]}”.") from None
    if len(text) == 8 or not isinstance(event.start, datetime):
        return moment.date()
    if text.endswith("Z"):
        zone: tzinfo = event.start.tzinfo or clock.ZONE
        moment = moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    # Google ends a day early in the evening, Outlook at the very start: both mean that day.
    return moment.date() if moment.time() >= event.start.time() else moment.date() - clock.ONE_DAY


def _on(event: EventTimes, day: date, length: timedelta) -> tuple[datetime, datetime]:
    if not isinstance(event.start, datetime):
        return clock.midnight(day), clock.midnight(day) + length
    begins = _local(datetime.combine(day, event.start.time(), event.start.tzinfo))
    return _checked(begins, begins + length)


def _more(event: EventTimes, length: timedelta) -> dict[date, ForeignDate]:
    found = {}
    for each in event.more[: MOST_DATES + 1]:
        begin = each[0] if isinstance(each, tuple) else each
        begins = _local(begin)
        found[begins.date()] = ForeignDate(begins.date(), *_checked(begins, begins + length))
    return found


def _drop(found: dict[date, ForeignDate], gone: datetime) -> None:
    """A day without a time means that day, whatever the hour."""
    known = found.get(gone.date())
    if known and (gone.time() == time.min or gone == known.starts_at):
        del found[gone.date()]


def _change(found: dict[date, ForeignDate], change: EventTimes) -> None:
    key = _local(change.replaces).date()
    if change.is_cancelled:
        found.pop(key, None)
    elif key in found:
        begins = _local(change.start)
        found[key] = ForeignDate(key, *_checked(begins, begins + _length(change)), own=change.own)


def _length(event: EventTimes) -> timedelta:
    """How long it lasts; a whole day when nothing else is said of a day."""
    if isinstance(event.end, date):
        length = _local(event.end) - _local(event.start)
    elif isinstance(event.duration, timedelta):
        length = event.duration
    elif event.is_all_day:
        length = clock.ONE_DAY
    else:
        raise CellFault("Händelsen har ingen sluttid. Skriv när den slutar och hämta filen igen.")
    if length == timedelta(0) and event.is_all_day:
        length = clock.ONE_DAY
    if length <= timedelta(0):
        raise CellFault("Händelsen slutar inte efter att den börjar. Rätta tiden och hämta filen igen.")
    if length > LONGEST:
        raise CellFault("Händelsen är längre än 31 dagar. Lägg in den för hand.")
    return length


def _checked(begins: datetime, ends: datetime) -> tuple[datetime, datetime]:
    if not FIRST_YEAR <= begins.year <= LAST_YEAR:
        raise CellFault(f"År {begins.year} kan inte stämma. Rätta datumet och hämta filen igen.")
    if clock.is_ambiguous_hour(begins.time()):
        raise CellFault("Mellan 02.00 och 02.59 ställs klockan om. Välj en annan tid.")
    return begins, ends


def _local(moment: object) -> datetime:
    """On a Swedish clock; what has no zone is that already."""
    if isinstance(moment, datetime):
        return moment.astimezone(clock.ZONE).replace(tzinfo=None) if moment.tzinfo else moment
    if isinstance(moment, date):
        return clock.midnight(moment)
    raise CellFault("Händelsens tid går inte att läsa.")


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
