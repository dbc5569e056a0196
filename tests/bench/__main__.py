"""``python -m tests.bench [SECONDS] [PART …]``: measure, print it and write it to docs/performance.md.

With parts only these are measured and printed, and nothing is written.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import measures, report
from tests.bench.browsing import first_and_second
from tests.bench.data import Folders
from tests.bench.polls import POLLS, WITHIN, top_of_the_hour
from tests.bench.report import Aim
from tests.bench.servers import CORES, KHCAL, ROOT, serving
from tests.bench.walls import fifty_screens

REPORT = ROOT / "docs" / "performance.md"
STORED, TIMES = 500_000, 6
AIM_HEADS = ("what", "measured", "to be", "met")


@dataclass
class Bench:
    """Where and how long is measured, and what came of it."""

    work: Path
    data: Folders
    seconds: float
    tables: list[str] = field(default_factory=list)

    def tell(self, table: str) -> None:
        """Print it and keep it."""
        print(table)
        self.tables.append(table)


def answers(bench: Bench) -> list[Aim]:
    """Kept answers and searches, beside others; what browsers load; memory."""
    rows = measures.rows(bench.data.few, bench.data.many, bench.seconds)
    bench.tell(report.table(report.ROW_HEADS, map(report.cells_of, rows)))
    with serving(KHCAL, **measures.khcal(bench.data.few)) as ours:
        aims = [
            *report.aims_of_rows(rows),
            report.aim_beside_radicale(
                *measures.beside_radicale(ours, bench.work / "radicale", bench.seconds)
            ),
            *report.aims_of_visits(*first_and_second(f"http://127.0.0.1:{ours.port}")),
        ]
        before, after = measures.memory_after_many(ours)
    return [*aims, Aim(f"memory after {measures.MANY:,} requests ({before:.0f} before)", after, 110, " MiB")]


def changes(bench: Bench) -> list[Aim]:
    """The first feed after a save."""
    dates, middle, most = measures.first_after_a_save(bench.data.large)
    return [Aim(f"first feed after one of {dates} dates was changed (at most {most:.0f})", middle, 20, " ms")]


def start(bench: Bench) -> list[Aim]:
    """A start, and what is installed."""
    cold = measures.cold_start(bench.data.many)
    return [
        Aim(f"from nothing to the first page, {STORED:,} dates stored", cold, 1, " s"),
        Aim("installed, with all that it runs on", measures.installed(), 140, " MiB"),
    ]


def walls(bench: Bench) -> list[Aim]:
    """Fifty screens while staff save."""
    found = fifty_screens(bench.data.few)
    return [
        Aim("95 of 100 changes on the wall, 50 screens asking, within", found.p95, 35, " s"),
        Aim(f"the latest of {len(found.seen)} changes on a screen in a browser", max(found.seen), 35, " s"),
        Aim("of a core for 50 screens that ask and report", found.core, 5, " %"),
    ]


def polls(bench: Bench) -> list[Aim]:
    """The top of the hour while staff save."""
    found = top_of_the_hour(bench.data.few)
    crowd = f"{POLLS:,} polls within {WITHIN:.0f} s"
    return [
        Aim(f"{crowd} ({found.known:.0f} % of them 304) while staff save, errors", found.errors, 0),
        Aim(f"{crowd}, answered after", found.seconds, WITHIN + 1, " s"),
        Aim(f"{crowd}, p99", 1000 * found.polls_p99, 1000, " ms"),
        Aim(f"{len(found.saves)} saves meanwhile, p99", 1000 * found.saves_p99, 500, " ms"),
    ]


PARTS: dict[str, Callable[[Bench], list[Aim]]] = {
    part.__name__: part for part in (answers, changes, start, walls, polls)
}


def main() -> None:
    seconds, names = _asked(sys.argv[1:])
    os.sched_setaffinity(0, CORES[-1:])
    text = report.head(seconds, CORES)
    print(text)
    with TemporaryDirectory(prefix="khcal-bench-") as folder:
        work = Path(folder)
        bench = Bench(work, Folders(work, STORED, TIMES), seconds)
        aims = [aim for name in names or PARTS for aim in PARTS[name](bench)]
        bench.tell(report.table(AIM_HEADS, [aim.cells for aim in aims]))
    if not names:
        REPORT.write_text(text + "\n".join(bench.tables), encoding="utf-8")


def _asked(words: list[str]) -> tuple[float, list[str]]:
    """How long each round is, and which parts are wanted."""
    names = [word for word in words if word.isalpha()]
    if unknown := set(names) - set(PARTS):
        sys.exit(f"Det finns ingen del {', '.join(sorted(unknown))}. De heter {', '.join(PARTS)}.")
    seconds = [float(word) for word in words if not word.isalpha()]
    return (seconds or [0.5])[0], names


if __name__ == "__main__":
    main()
