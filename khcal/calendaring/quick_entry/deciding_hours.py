"""When it starts and ends: wall times that are certain, and a word about every one that is not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from .. import clock
from ..limits import LATEST_NIGHT_END
from .entry import Assumed, Conflict, Lack
from .facts import Clock, DayPart, Hours, Lasting, PartSaid, Piece, WholeDay
from .heard import Heard
from .hours import part_of_weekday
from .known import Earlier

NOON = 12
# The hours on a clock face that each part of the day can mean.
_FACES = {DayPart.AFTERNOON: range(1, 7), DayPart.EVENING: range(4, NOON)}
EVENING_HOUR = 18
_A_DAY = datetime(2000, 1, 1)


@dataclass(frozen=True)
class Times:
    """``ends`` at 00.00 is midnight after. Without either, it may be all day."""

    starts: time | None = None
    ends: time | None = None
    all_day: bool = False


def decide_hours(heard: Heard, earlier: Earlier | None, is_all_day: bool) -> Times:
    """The hours said, or those of last time; ``is_all_day`` when the days alone make it so."""
    if heard.all(WholeDay):
        return Times(all_day=True)
    said = _said(heard)
    if said is None:
        return _without_hours(heard, earlier, is_all_day)
    hours, piece = _with_shared_part(said[0]), said[1]
    starts = _time_of(heard, hours.starts, piece, None)
    if starts and clock.is_ambiguous_hour(starts):
        heard.object_to(Conflict.CLOCK_CHANGE, piece, at=starts)
        starts = None
    ends = _time_of(heard, hours.ends, piece, starts)
    ends = _checked_end(heard, starts, ends, piece) or _end_of(heard, starts, ends, hours.ends, earlier)
    if starts is None:
        heard.lack(Lack.STARTS)
    if ends is None:
        heard.lack(Lack.ENDS)
    return Times(starts, ends)


def _said(heard: Heard) -> tuple[Hours, Piece] | None:
    """What was said of start and end, together or apart."""
    facts = heard.all(Hours)
    if not facts:
        return None
    if len(facts) > 1 and _may_be_a_day(heard, facts[0][1]) and _is_told(heard, facts[1][1]):
        heard.unread.append(facts.pop(0)[1])
    hours, piece = facts[0]
    for other, where in facts[1:]:
        if hours.ends is None and other.starts is None:
            hours = Hours(hours.starts, other.ends)
        elif hours.starts is None and other.ends is None:
            hours = Hours(other.starts, hours.ends)
        elif other != hours:
            heard.object_to(Conflict.SECOND_VALUE, where, word=heard.text(piece))
            heard.unread.append(where)
    return hours, piece


def _may_be_a_day(heard: Heard, piece: Piece) -> bool:
    """``12.10`` before ``kl 18`` is a day, or nothing; a day in figures has a slash here."""
    return piece.end - piece.start == 3 and heard.line.word(piece.start + 1) == "."


def _is_told(heard: Heard, piece: Piece) -> bool:
    return heard.line.word(piece.start) in {"kl", "klockan"}


def _with_shared_part(hours: Hours) -> Hours:
    """``6–8 på kvällen``: the part of the day is that of both, unless noon lies between."""
    starts, ends = hours.starts, hours.ends
    if starts is None or ends is None or starts.part or ends.part is None or starts.hour > ends.hour:
        return hours
    return Hours(replace(starts, part=ends.part), ends)


def _without_hours(heard: Heard, earlier: Earlier | None, is_all_day: bool) -> Times:
    if is_all_day:
        heard.assume(Assumed.WHOLE_DAY)
        return Times(all_day=True)
    if earlier and earlier.starts is not None and earlier.ends is not None:
        heard.assume(Assumed.HOURS_AS_BEFORE, None, at=earlier.starts, word=f"{earlier.ends:%H.%M}")
        return Times(earlier.starts, earlier.ends)
    heard.lack(Lack.STARTS)
    heard.lack(Lack.ENDS)
    return Times()


def _time_of(heard: Heard, said: Clock | None, piece: Piece, starts: time | None) -> time | None:
    """The wall time, if only one can be meant."""
    if said is None:
        return None
    part = said.part or _part_of_day(heard)
    hour = said.hour % 24
    if part is not None and hour in _FACES.get(part, ()):
        hour += NOON
    elif said.is_vague and part is not DayPart.MORNING and not _is_night(said, starts):
        heard.object_to(Conflict.VAGUE_TIME, piece, at=time(hour, said.minute))
        return None
    found = time(hour, said.minute)
    if hour != said.hour % 24 or said.in_words or _is_bare(heard, piece):
        heard.assume(Assumed.TIME, piece, at=found)
    return found


def _is_bare(heard: Heard, piece: Piece) -> bool:
    """``13`` alone, which only the day before it makes a time."""
    return piece.end - piece.start == 1 and heard.line.number(piece.start) is not None


def _is_night(said: Clock, starts: time | None) -> bool:
    """Whether an early hour can only be the end of an evening."""
    return starts is not None and starts.hour >= EVENING_HOUR and not said.in_words


def _part_of_day(heard: Heard) -> DayPart | None:
    parts = {fact.part for fact, _ in heard.all(PartSaid)}
    named = part_of_weekday(heard.line, 0, len(heard.line))
    parts |= {named} if named else set()
    return parts.pop() if len(parts) == 1 else None


def _checked_end(heard: Heard, starts: time | None, ends: time | None, piece: Piece) -> time | None:
    if starts is None or ends is None or ends == time.min or ends > starts:
        return ends
    if ends <= LATEST_NIGHT_END and starts.hour >= EVENING_HOUR:
        return ends
    heard.object_to(Conflict.END_BEFORE_START, piece, at=ends)
    return None


def _end_of(
    heard: Heard, starts: time | None, ends: time | None, said: Clock | None, earlier: Earlier | None
) -> time | None:
    """The end after so long as was said, or as long as last time; never in place of one that was said."""
    if starts is None or ends is not None or said is not None:
        return None
    if lasting := heard.one(Lasting):
        return _after(starts, timedelta(minutes=lasting[0].minutes))
    if earlier is None or earlier.starts is None or earlier.ends is None:
        return None
    length = datetime.combine(_A_DAY, earlier.ends) - datetime.combine(_A_DAY, earlier.starts)
    found = _after(starts, length % timedelta(days=1))
    heard.assume(Assumed.ENDS_AS_BEFORE, None, at=found)
    return found


def _after(starts: time, length: timedelta) -> time:
    return (datetime.combine(_A_DAY, starts) + length).time()
