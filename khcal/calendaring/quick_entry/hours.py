"""Times of day: ``13–15``, ``kl. 17.30–19``, ``från 13 till 15``, ``halv sju på kvällen``, ``90 minuter``.

A number by itself is no time: it needs "kl", minutes, an end, or a day like "i morgon" before it. Hours
1-6 without a nought before are vague, because people say "kl. 2" in the afternoon; so are all hours in
words up to eleven.
"""

from __future__ import annotations

from .amounts import AT_MOST
from .day_points import read_point
from .facts import Clock, DayPart, Found, Hours, Lasting, PartSaid, WholeDay
from .line import Line
from .numbers import CARDINALS, read_number
from .points import FixedPoint
from .weekdays import part_at, read_weekday

_PARTS = {
    **dict.fromkeys(
        ("fm", "förmiddag", "förmiddagen", "förmiddagar", "morgonen", "morgnar"), DayPart.MORNING
    ),
    **dict.fromkeys(("em", "eftermiddag", "eftermiddagen", "eftermiddagar"), DayPart.AFTERNOON),
    **dict.fromkeys(("kväll", "kvällen", "kvällar", "kvällstid"), DayPart.EVENING),
}
_CLOCK_WORDS = frozenset({"kl", "klockan", "klocka"})
_UNITS = {
    **dict.fromkeys(("minuter", "minut", "min"), 1),
    **dict.fromkeys(("timmar", "timme", "timma", "tim"), 60),
}
_WHOLE_DAY = (("heldag",), ("heldagar",), ("hela", "dagen"), ("hela", "dag"), ("hela", "dagarna"))
WORDS = frozenset(
    {
        *(
            *_PARTS,
            *_CLOCK_WORDS,
            *_UNITS,
            "heldag",
            "heldagar",
            "hela",
            "dagen",
            "på",
            "från",
            "mellan",
            "till",
        ),
        *(
            "börjar",
            "startar",
            "start",
            "slutar",
            "slut",
            "halv",
            "kvart",
            "över",
            "och",
            "vid",
            "ca",
            "tiden",
        ),
    }
)
LAST_VAGUE_HOUR = 6
# "Nu på fredag", "om två veckor".
LONGEST_NEAR_DAY = 3
MOST_MINUTES = 24 * 60


def read_hours(line: Line, at: int) -> Found | None:
    """A time with or without an end, after whatever may stand before it."""
    if line.word(at) in {"börjar", "startar", "start"}:
        return _read_only(line, at + 1, is_end=False)
    if line.word(at) in {"slutar", "slut"}:
        return _read_only(line, at + 1, is_end=True)
    if line.word(at) in {"från", "mellan"}:
        return _read_from(line, at)
    if line.word(at) == "till":
        return _read_only(line, at + 1, is_end=True)
    return _read_span(line, at)


def read_clock(line: Line, at: int, is_told: bool) -> tuple[Clock, int] | None:
    """``17.30``, ``kl 13``, ``1730``, ``halv sju``; ``is_told`` when a time is expected here."""
    at, is_told = _past_prefix(line, at, is_told)
    found = _read_figures(line, at, is_told) or _read_words(line, at, is_told)
    if found is None:
        return None
    clock, end = found
    return _with_part(line, clock, end)


def read_lasting(line: Line, at: int) -> Found | None:
    """``90 minuter``, ``i två timmar``, ``1,5 timmar``, ``en och en halv timme``, ``en halvtimme``."""
    start = at + 1 if line.word(at) == "i" else at
    number = read_number(line, start)
    if number is None:
        return None
    amount, end = number
    half = line.past(end, "och", "en", "halv") or (
        _past_half(line, end) if line.number(start) is not None else 0
    )
    unit = _UNITS.get(line.word(half or end))
    if unit is None or (half and unit == 1):
        return None
    minutes = amount * unit + (30 if half else 0)
    after = (half or end) + 1
    return (
        Found(line.past_dot(after) if unit == 1 else after, Lasting(minutes))
        if 0 < minutes < MOST_MINUTES
        else None
    )


def read_whole_day(line: Line, at: int) -> Found | None:
    """``heldag``, ``hela dagen``."""
    ends = (line.past(at, *words) for words in _WHOLE_DAY)
    return next((Found(end, WholeDay()) for end in ends if end), None)


def read_part(line: Line, at: int) -> Found | None:
    """``på kvällen``, ``em``; also the evening that a weekday names, without taking the weekday."""
    start = at + 1 if line.word(at) in {"på", "i"} else at
    part = _PARTS.get(line.word(start))
    if part and _is_definite_before_day(line, at):
        return Found(at + 1, PartSaid(part))
    is_after_weekday = start == at and at > 0 and read_weekday(line, at - 1) is not None
    if part is None or (
        start == at and not is_after_weekday and line.word(at) not in {"fm", "em", "kvällstid"}
    ):
        return None
    return Found(start + 1, PartSaid(part))


def _is_definite_before_day(line: Line, at: int) -> bool:
    """``eftermiddagen den 1 december``."""
    is_part = line.word(at) in {"förmiddagen", "eftermiddagen"} and line.word(at - 1) != "om"
    return is_part and read_point(line, at + 1) is not None


def part_of_weekday(line: Line, start: int, end: int) -> DayPart | None:
    """The part of the day in ``tisdagskvällar`` among some tokens."""
    return next((part for at in range(start, end) if (part := part_at(line, at))), None)


def _read_only(line: Line, at: int, is_end: bool) -> Found | None:
    told = line.word(at) in _CLOCK_WORDS
    clock = read_clock(line, at, is_told=told)
    if clock is None:
        return None
    if is_end:
        return Found(clock[1], Hours(None, clock[0]))
    return _read_span(line, at)


def _read_from(line: Line, at: int) -> Found | None:
    """``från 13 till 15``, ``mellan 13 och 15``, ``från kl. 13``."""
    first = read_clock(line, at + 1, is_told=True)
    if first is None:
        return None
    dashes = {"och", "-"} if line.word(at) == "mellan" else {"till", "-"}
    last = read_clock(line, first[1] + 1, is_told=True) if line.word(first[1]) in dashes else None
    if last:
        return Found(last[1], Hours(first[0], last[0]))
    is_certain = line.word(at) == "från" and read_clock(line, at + 1, is_told=False) is not None
    return Found(first[1], Hours(first[0])) if is_certain else None


def _read_span(line: Line, at: int) -> Found | None:
    first = read_clock(line, at, is_told=False)
    is_certain = first is not None
    first = first or _read_bare(line, at)
    if first is None:
        return None
    clock, end = first
    last = read_clock(line, end + 1, is_told=True) if line.word(end) in {"-", "till"} else None
    if last:
        return Found(last[1], Hours(clock, last[0]))
    is_certain = is_certain or _is_hour_after_day(line, at, end)
    return Found(end, Hours(clock)) if is_certain else None


def _is_hour_after_day(line: Line, start: int, end: int) -> bool:
    """``i morgon 13``: after a day that needs no number, and with nothing after it that it could count."""
    points = (read_point(line, start - back) for back in range(1, LONGEST_NEAR_DAY + 1) if back <= start)
    is_after = any(found and isinstance(found[0], FixedPoint) and found[1] == start for found in points)
    return is_after and (line.ends_thought(end) or line.word(end) in AT_MOST)


def _read_bare(line: Line, at: int) -> tuple[Clock, int] | None:
    """A number that a dash and another one make a time."""
    return _read_figures(line, at, is_told=True)


def _past_prefix(line: Line, at: int, is_told: bool) -> tuple[int, bool]:
    if line.word(at) == "vid" and _is_time_after_vid(line, at + 1):
        return at + 1, True
    if line.word(at) in {"ca", "cirka"}:
        at = line.past_dot(at + 1)
    if line.word(at) in _CLOCK_WORDS:
        end = line.past_dot(at + 1)
        return (line.past_dot(end + 1) if line.word(end) in {"ca", "cirka"} else end), True
    return at, is_told


def _is_time_after_vid(line: Line, at: int) -> bool:
    return (
        line.word(at) in _CLOCK_WORDS
        or line.number(at) is not None
        or line.word(at) in CARDINALS
        or (line.word(at) in {"halv", "kvart"})
    )


def _read_figures(line: Line, at: int, is_told: bool) -> tuple[Clock, int] | None:
    hour = line.number(at)
    if hour is None:
        return None
    digits = line.digits(at)
    if digits >= 3:
        is_clock = is_told and hour // 100 < 24 and hour % 100 < 60
        return (Clock(hour // 100, hour % 100), at + 1) if is_clock else None
    minute, end = _read_minutes(line, at + 1)
    if minute is None and (not is_told or _goes_on_as_date(line, at + 1)):
        return None
    if hour > 24 or (hour == 24 and minute):
        return None
    is_vague = digits == 1 and 1 <= hour <= LAST_VAGUE_HOUR
    return Clock(hour, minute or 0, is_vague), end


def _read_minutes(line: Line, at: int) -> tuple[int | None, int]:
    minute = line.number(at + 1)
    if (
        line.word(at) not in {".", ":", ","}
        or not line.touches(at)
        or not line.touches(at + 1)
        or minute is None
    ):
        return None, at
    if line.digits(at + 1) != 2 or minute > 59:
        return None, at
    return minute, at + 2


def _goes_on_as_date(line: Line, at: int) -> bool:
    return (line.word(at) in {"/", ":"} and line.touches(at)) or (
        line.word(at) in {".", ","}
        and line.touches(at)
        and line.number(at + 1) is not None
        and line.touches(at + 1)
    )


def _read_words(line: Line, at: int, is_told: bool) -> tuple[Clock, int] | None:
    """``två``, if a time is expected; ``halv tre``, ``kvart över två``, ``kvart i tre``."""
    for words, minutes in ((("halv",), -30), (("kvart", "över"), 15), (("kvart", "i"), -15)):
        if (start := line.past(at, *words)) and (hour := _hour_in_words(line, start)) is not None:
            total = (hour * 60 + minutes) % MOST_MINUTES
            return Clock(total // 60, total % 60, total // 60 <= LAST_VAGUE_HOUR, in_words=True), start + 1
    hour = _hour_in_words(line, at) if is_told else None
    return None if hour is None else (Clock(hour, 0, hour <= LAST_VAGUE_HOUR, in_words=True), at + 1)


def _hour_in_words(line: Line, at: int) -> int | None:
    hour = 1 if line.word(at) == "ett" else CARDINALS.get(line.word(at))
    if hour is None and line.word(at - 1) in {"halv", "över", "i"}:
        hour = line.number(at)
    return hour if hour is not None and 1 <= hour <= 24 else None


def _with_part(line: Line, clock: Clock, end: int) -> tuple[Clock, int]:
    if line.word(end) == "-" and line.touches(end) and line.word(end + 1) == "tiden":
        end += 2
    found = read_part(line, end)
    if found is None or not isinstance(found.fact, PartSaid):
        return clock, end
    return Clock(clock.hour, clock.minute, clock.is_vague, clock.in_words, found.fact.part), found.end


def _past_half(line: Line, at: int) -> int:
    return at + 2 if line.word(at) in {",", "."} and line.touches(at) and line.number(at + 1) == 5 else 0
