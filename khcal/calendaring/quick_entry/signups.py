"""What one does before coming: ``drop-in``, ``anmälan senast 20/11``, ``bokad tid``."""

from __future__ import annotations

from datetime import time

from ..shapes import Deadline
from ..terms import Signup
from .day_points import read_point
from .facts import Found, SignupSaid
from .hours import read_clock
from .line import Line
from .numbers import read_number
from .points import DayPoint, FixedPoint, NamedPoint
from .tokens import Sort

_NO_SIGNUP = (
    ("ingen", "anmälan", "behövs"),
    ("ingen", "anmälan", "krävs"),
    ("ingen", "anmälan"),
    ("ingen", "föranmälan"),
    ("utan", "föranmälan"),
    ("utan", "anmälan"),
    ("ej", "föranmälan"),
    ("ej", "anmälan"),
    ("inte", "anmälan"),
    ("anmälan", "behövs", "inte"),
    ("anmälan", "behövs", "ej"),
    ("anmälan", "krävs", "inte"),
    ("anmälan", "krävs", "ej"),
    ("drop", "-", "in"),
    ("drop", "in"),
    ("dropin",),
)
_APPOINTMENT = (("bokad", "tid"), ("tidsbokning",), ("boka", "tid"), ("tidbokning",))
_INTERVIEW = (("samtal", "före", "start"), ("samtal", "innan", "start"), ("intervju", "före", "start"))
_SIGNUP = (
    ("sista", "dag", "för", "anmälan"),
    ("sista", "anmälningsdag"),
    ("sista", "anmälan"),
    ("anmäl", "dig", "gärna"),
    ("anmäl", "dig"),
    ("anmäl", "er"),
    ("föranmälan", "krävs"),
    ("anmälan", "krävs"),
    ("anmälan", "behövs"),
    ("obligatorisk", "anmälan"),
    ("föranmälan",),
    ("anmälan",),
    ("anmälningar",),
    ("anmäl",),
    ("anm",),
    ("osa",),
    ("o", "s", "a"),
)
_SENTENCES = (
    *((words, Signup.DROP_IN) for words in _NO_SIGNUP),
    *((words, Signup.APPOINTMENT) for words in _APPOINTMENT),
    *((words, Signup.INTERVIEW) for words in _INTERVIEW),
    *((words, Signup.REQUIRED) for words in _SIGNUP),
)
_BY_FIRST_WORD = {
    first: [sentence for sentence in _SENTENCES if sentence[0][0] == first] for (first, *_), _ in _SENTENCES
}
_UNTIL = frozenset(
    {"senast", "till", "före", "fram", "och", "med", "den", ":", "på", "t", "o", "m", "tom", "via", "hos"}
)
# After these a day is that of the activity, unless "senast" or the like stands before it.
_CLOSED = frozenset({"krävs", "behövs", "tid", "tidsbokning", "tidbokning", "start"})
_BEFORE = frozenset({"före", "innan", "i"})
WORDS = frozenset(word for words, _ in _SENTENCES for word in words if len(word) > 2) | {
    *("senast", "samma", "dag", "dagen", "dagar", "före", "innan", "förväg", "veckan", "vecka", "gärna", "o"),
}
MOST_DAYS_BEFORE = 60
LONGEST_OPENING = 4


def read_signup(line: Line, at: int) -> Found | None:
    """A way to sign up, and for sign-up itself what is said of until when and to whom."""
    for words, signup in _BY_FIRST_WORD.get(line.word(at), ()):
        if end := line.past(at, *words):
            end = line.past_dot(end) if words == ("anm",) else end
            return _complete(line, end, signup, needs_opening=line.word(end - 1) in _CLOSED)
    return None


def _complete(line: Line, end: int, signup: Signup, needs_opening: bool) -> Found:
    if signup is Signup.DROP_IN:
        return Found(end, SignupSaid(signup))
    said, contact = SignupSaid(signup), ""
    for _ in range(2):
        start = _past_opening(line, end)
        if not contact and start < len(line) and line.tokens[start].sort is Sort.ADDRESS:
            contact, end = line.piece(start, start + 1), start + 1
            continue
        is_open = start > end or not needs_opening
        deadline = _read_deadline(line, start, signup) if is_open else None
        if deadline is None:
            break
        said, end = deadline
    interview = _read_interview(line, end)
    is_interview = signup is Signup.INTERVIEW or interview
    kind = Signup.INTERVIEW if is_interview else said.signup
    return Found(interview or end, SignupSaid(kind, said.deadline, said.until, contact))


def _read_interview(line: Line, at: int) -> int:
    start = at + 1 if line.word(at) in {",", "och", "samt", "+"} else at
    return next((end for words in _INTERVIEW if (end := line.past(start, *words))), 0)


def _past_opening(line: Line, at: int) -> int:
    end = at
    for _ in range(LONGEST_OPENING):
        word = line.word(end)
        is_relative = word == "före" and line.word(end + 1) == "start"
        if word not in _UNTIL or is_relative:
            break
        end += 1
    return end


def _read_deadline(line: Line, at: int, signup: Signup) -> tuple[SignupSaid, int] | None:
    before = _read_days_before(line, at)
    if before is not None:
        days, end = before
        moment, end = _read_time(line, end)
        return SignupSaid(signup, Deadline(days_before=days, at=moment)), end
    found = read_point(line, at)
    if found is None or not isinstance(found[0], DayPoint | FixedPoint | NamedPoint):
        return None
    moment, end = _read_time(line, found[1])
    return SignupSaid(signup, Deadline(at=moment), found[0]), end


def _read_days_before(line: Line, at: int) -> tuple[int, int] | None:
    """``samma dag``, ``dagen före``, ``tre dagar före``, ``en vecka innan``."""
    if end := line.past(at, "samma", "dag"):
        return 0, end
    for words in (("dagen", "före"), ("dagen", "innan"), ("en", "dag", "före"), ("dag", "före")):
        if end := line.past(at, *words):
            return 1, end
    number = read_number(line, at)
    unit = {"dag": 1, "dagar": 1, "vecka": 7, "veckor": 7}.get(line.word(number[1])) if number else None
    if number is None or unit is None or number[0] * unit > MOST_DAYS_BEFORE:
        return None
    after = number[1] + 1
    if line.word(after) not in _BEFORE:
        return None
    return number[0] * unit, line.past(after, "i", "förväg") or after + 1


def _read_time(line: Line, at: int) -> tuple[time | None, int]:
    start = at + 1 if line.word(at) in {",", "före", "senast"} else at
    # Only with "kl": other hours belong to the activity.
    if line.word(start) not in {"kl", "klockan"} or (found := read_clock(line, start, is_told=False)) is None:
        return None, at
    clock, end = found
    if clock.hour > 23 or (line.word(end) in {"-", "till"} and line.number(end + 1) is not None):
        return None, at
    return time(clock.hour, clock.minute), end
