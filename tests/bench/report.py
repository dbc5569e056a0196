"""What was measured as tables, each number beside what it is to be."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.bench.browsing import Visit
from tests.bench.load import READERS, Load
from tests.bench.measures import ROUNDS, TURNS, Row

HEAD = """# How fast, measured

Written by `bin/bench` on {day} ({machine}; load {load} when it began).
For each number of the first table {rounds} rounds of {seconds:g} s in {turns} turns, and of a search in one
turn of four times that. The servers are started anew for each round; the middle one of all turns counts.
{readers} readers at once, {pinned}.
Absolute numbers do not travel from machine to machine; ratios do. With a load above 0.5 others used the
machine too and all numbers are rough: measure again when it is quiet.

"""


@dataclass(frozen=True, slots=True)
class Aim:
    """One number and its bound: at least, or at most."""

    what: str
    value: float
    bound: float
    unit: str = ""
    is_least: bool = False

    @property
    def is_met(self) -> bool:
        return self.value >= self.bound if self.is_least else self.value <= self.bound

    @property
    def cells(self) -> tuple[str, ...]:
        sign = "≥" if self.is_least else "≤"
        value, bound = _short(self.value), _short(self.bound)
        if value == bound and not self.is_met:
            value = f"{self.value:.4g}"
        numbers = f"{value}{self.unit}", f"{sign} {bound}{self.unit}"
        return (self.what, *numbers, "yes" if self.is_met else "**no**")


def table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table whose first column is text and the others numbers."""
    rule = ["---", *("---:" for _ in heads[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rule, *lines)) + "\n"


def head(seconds: float, cores: Sequence[int]) -> str:
    """When, where and how."""
    pinned = "the server on one core, they on another" if len(cores) > 1 else "all on one core"
    return HEAD.format(
        day=date.today(),
        machine=machine(),
        load=f"{os.getloadavg()[0]:.1f}",
        rounds=ROUNDS,
        turns=TURNS,
        seconds=seconds,
        readers=READERS,
        pinned=pinned,
    )


def machine() -> str:
    """Processor, cores, Python."""
    named = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    processor = named[1] if named else platform.machine()
    return f"{processor}, {os.cpu_count()} cores, Python {platform.python_version()}"


ROW_HEADS = ("answer", "form", "bytes", "khcal /s", "p99 ms", "bare /s", "p99 ms", "ratio", "500,000 : 580")


def cells_of(row: Row) -> tuple[str, ...]:
    """One line of the first table."""
    speeds = (f"{row.ours.rate:,.0f}", f"{row.ours.p99:.1f}", f"{row.bare.rate:,.0f}", f"{row.bare.p99:.1f}")
    return (row.name, row.form, f"{row.size:,}", *speeds, f"{row.ratio:.2f}", f"{row.growth:.2f}")


def aims_of_rows(rows: Sequence[Row]) -> list[Aim]:
    """The slowest of each kind is what counts."""
    kept = [row for row in rows if row.is_kept]
    return [
        *(
            Aim(
                f"kept answers, {form}, of a bare waitress with the same bytes",
                min(row.ratio for row in kept if row.form == form),
                0.80,
                is_least=True,
            )
            for form in dict.fromkeys(row.form for row in kept)
        ),
        Aim(
            "a search, never kept, of the same",
            min(row.ratio for row in rows if not row.is_kept),
            0.03,
            is_least=True,
        ),
        Aim(
            "kept answers with 500,000 dates stored, of those with 580",
            min(row.growth for row in kept),
            0.90,
            is_least=True,
        ),
        Aim(
            "a search with 500,000 dates stored, of one with 580",
            min(row.growth for row in rows if not row.is_kept),
            0.90,
            is_least=True,
        ),
    ]


def aim_beside_radicale(ours: Load, theirs: Load) -> Aim:
    what = f"the same feed from Radicale ({theirs.rate:.0f}/s), times as fast"
    return Aim(what, ours.rate / theirs.rate, 50, is_least=True)


def aims_of_visits(first: Visit, second: Visit) -> list[Aim]:
    """What a browser loads."""
    return [
        Aim(
            "first visit in a browser, without the font",
            first.kilobytes - first.font,
            38,
            " kB",
        ),
        Aim("first visit, requests with font and icon", first.requests, 5),
        Aim("second visit, requests", second.requests, 1),
        Aim("scripts on a first visit", first.script, 30, " ms"),
    ]


def _short(number: float) -> str:
    return f"{number:.2f}" if number < 2 else f"{number:.1f}" if number < 100 else f"{number:,.0f}"
