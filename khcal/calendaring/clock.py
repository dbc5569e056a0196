"""What time it is, in the one zone of the houses, and the days, weeks and months around it.

Everything inside khcal is naive Swedish wall time; UTC exists only at the edges (feeds, the wall).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from time import monotonic as _seconds
from time import time_ns
from zoneinfo import ZoneInfo

ZONE_NAME = "Europe/Stockholm"
ZONE = ZoneInfo(ZONE_NAME)
ONE_DAY = timedelta(days=1)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND, _HOUR = 10**9, 3600 * 10**9

_ahead = 0


def start_at(local: datetime | None) -> None:
    """Let khcal's clock start at ``local`` wall time and run on from there; ``None`` is the true time."""
    global _ahead
    # In UTC: two times of one zone are subtracted as wall readings, an hour wrong across a clock change.
    _ahead = 0
    if local is not None:
        _ahead = _since_1970(to_utc(local)) - _nanoseconds()


def _nanoseconds() -> int:
    """This moment in nanoseconds since 1970, UTC. Nobody else asks the system what time it is."""
    return time_ns() + _ahead


def _since_1970(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1) * 1000


def now() -> datetime:
    """This moment, aware, in Swedish time."""
    return (_EPOCH + timedelta(microseconds=_nanoseconds() // 1000)).astimezone(ZONE)


def wall_now() -> datetime:
    """This moment as naive Swedish wall time."""
    return now().replace(tzinfo=None)


def monotonic() -> float:
    """Seconds on a clock that only runs forward: how long ago something was, whatever the time is."""
    return _seconds()


def today() -> date:
    """The date on a Swedish wall calendar."""
    return _day_in(_nanoseconds() // _HOUR)


# With every answer that is kept somebody asks what day it is, and to work it out takes long beside the rest.
@lru_cache(maxsize=64)
def _day_in(hour: int) -> date:
    """The date in an hour since 1970, UTC: days turn when such an hour does, in summer and in winter."""
    return datetime.fromtimestamp(3600 * hour, ZONE).date()


def epoch_seconds() -> int:
    """This moment in whole seconds since 1970, UTC."""
    return _nanoseconds() // _SECOND


def epoch_milliseconds() -> int:
    """This moment in milliseconds since 1970, UTC."""
    return _nanoseconds() // 1_000_000


def to_utc(wall: datetime) -> datetime:
    """Naive wall time as aware UTC; the first of two equal readings in the autumn night."""
    return wall.replace(tzinfo=ZONE).astimezone(UTC)


def to_epoch_milliseconds(wall: datetime) -> int:
    """Naive wall time as milliseconds since 1970, UTC."""
    return int(to_utc(wall).timestamp() * 1000)


def from_epoch_seconds(seconds: int) -> datetime:
    """Seconds since 1970 as aware UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def is_all_day(starts_at: datetime, ends_at: datetime) -> bool:
    """Whether a span has days but no times: from midnight to midnight."""
    return starts_at.time() == ends_at.time() == time.min


def stands_on(starts_at: datetime, ends_at: datetime, day: date) -> bool:
    """Whether one who comes on ``day`` finds it: it begins then, or goes on the whole of it."""
    goes_on = starts_at <= midnight(day) and ends_at >= midnight(day) + ONE_DAY
    return starts_at.date() == day or goes_on


def is_ambiguous_hour(moment: time) -> bool:
    """Whether the clock changes can skip or repeat this time of day (02.00-02.59, SFS 2001:127)."""
    return moment.hour == 2


def monday_of(day: date) -> date:
    """The Monday of the ISO week that ``day`` lies in."""
    return day - timedelta(days=day.weekday())


def week_of(day: date) -> tuple[int, int]:
    """ISO year and week number; 2026 has a week 53."""
    year, week, _ = day.isocalendar()
    return year, week


def days_of_week(year: int, week: int) -> list[date]:
    """Monday to Sunday of an ISO week. Raises ValueError for a week that year or calendar does not have."""
    monday = date.fromisocalendar(year, week, 1)
    if monday > date.max - timedelta(days=6):
        raise ValueError(f"The calendar ends before week {week} of {year} does.")
    return [monday + timedelta(days=n) for n in range(7)]


def first_of_month(day: date) -> date:
    """The first day of the month of ``day``."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """The first day of the month after ``day``."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def previous_month(day: date) -> date:
    """The first day of the month before ``day``."""
    return (day.replace(day=1) - ONE_DAY).replace(day=1)


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from ``first`` to ``last``, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def midnight(day: date) -> datetime:
    """The first moment of ``day`` as naive wall time."""
    return datetime.combine(day, time.min)
