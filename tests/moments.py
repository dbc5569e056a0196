"""When the tests take place."""

from __future__ import annotations

from datetime import UTC, datetime

from khcal.calendaring.clock import ZONE

# Tuesday of week 48: something is going on and more follows, in the middle of the sample programme.
MOMENT = datetime(2026, 11, 24, 13, 12)
# In UTC, so that freezing time leaves the machine's own zone alone.
INSTANT = MOMENT.replace(tzinfo=ZONE).astimezone(UTC)
# Seconds. So old an answer may be, of a process that did not save itself, and so long it is held when the
# database is away: what CHANGELOG and docs/ promise, not what khcal happens to have in its constants.
SEEN_WITHIN = 0.5
HELD_FOR = 15 * 60


class Seconds:
    """A clock that only runs forward, and only when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now
