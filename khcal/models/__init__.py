"""Every table, imported here once so that migrations and queries see them all."""

from . import bookkeeping  # noqa: F401  keeps the books of every session
from .change import Change, ChangedRow
from .chapter import BreakPeriod, Chapter, Notice, OldAddress, Room
from .event import Event, EventShownIn
from .listing import Listing
from .occurrence import DateError, Occurrence, Trace
from .one_time_link import OneTimeLink
from .screen import Pairing, Screen, ScreenReport
from .user import Membership, PasswordError, SignIn, User
from .week_check import WeekCheck

__all__ = [
    "BreakPeriod",
    "Change",
    "ChangedRow",
    "Chapter",
    "DateError",
    "Event",
    "EventShownIn",
    "Listing",
    "Membership",
    "Notice",
    "Occurrence",
    "OldAddress",
    "OneTimeLink",
    "Pairing",
    "PasswordError",
    "Room",
    "Screen",
    "ScreenReport",
    "SignIn",
    "Trace",
    "User",
    "WeekCheck",
]
