"""How much, how long and how late: what forms, sheets and quick entry agree on."""

from __future__ import annotations

from datetime import time

# What one table may hold.
MOST_ROWS = 2_000
MOST_COLUMNS = 60
MOST_CELL = 10_000
# What is said of every date of an activity, in one cell.
MOST_CELL_OF_DATES = 120_000
# How many dates all activities of one file may have together.
MOST_FILE_DATES = 20_000
# One date may go on for so many days.
LONGEST_STAY_DAYS = 62
# What begins in the evening may end in the night.
EARLIEST_EVENING, LATEST_NIGHT_END = time(18), time(6)
