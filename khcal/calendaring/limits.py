"""How much, how long and how late: what forms, sheets and quick entry agree on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much one file may hold: so many bytes, rows of activities, and dates of all of them together."""

    bytes: int
    rows: int
    dates: int


# What anybody sends to the server, and what whoever runs it reads in by hand.
UPLOADED = Amounts(1_000_000, 2_000, 20_000)
BY_COMMAND = Amounts(20_000_000, 20_000, 200_000)
MOST_ROWS = UPLOADED.rows
MOST_COLUMNS = 60
MOST_CELL = 10_000
# What is said of every date of an activity, in one cell.
MOST_CELL_OF_DATES = 120_000
MOST_FILE_DATES = UPLOADED.dates
# One date may go on for so many days.
LONGEST_STAY_DAYS = 62
# What begins in the evening may end in the night.
EARLIEST_EVENING, LATEST_NIGHT_END = time(18), time(6)
