"""``python -m tests.bench SECONDS``: measure everything, print it and write it to docs/performance.md."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import measures, report
from tests.bench.browsing import first_and_second
from tests.bench.data import make_databases
from tests.bench.report import Aim
from tests.bench.servers import CORES, KHCAL, ROOT, serving
from tests.bench.walls import fifty_screens

REPORT = ROOT / "docs" / "performance.md"
STORED, TIMES = 500_000, 6
AIM_HEADS = ("what", "measured", "to be", "met")


def main() -> None:
    seconds = float(sys.argv[1]) if sys.argv[1:] else 0.5
    os.sched_setaffinity(0, CORES[-1:])
    text = report.head(seconds, CORES)
    print(text)
    with TemporaryDirectory(prefix="khcal-bench-") as work:
        text += _measured(Path(work), seconds)
    REPORT.write_text(text, encoding="utf-8")


def _measured(work: Path, seconds: float) -> str:
    few, many, large = make_databases(work, STORED, TIMES)
    with serving(KHCAL, **measures.khcal(few)) as ours:
        with serving(KHCAL, **measures.khcal(many)) as grown:
            rows = list(measures.rows(ours, grown, seconds))
        first = report.table(report.ROW_HEADS, map(report.cells_of, rows))
        print(first)
        aims = [
            *report.aims_of_rows(rows),
            report.aim_beside_radicale(*measures.beside_radicale(ours, work / "radicale", seconds)),
            *report.aims_of_visits(*first_and_second(f"http://127.0.0.1:{ours.port}")),
        ]
        before, after = measures.memory_after_many(ours)
    dates, middle, most = measures.first_after_a_save(large)
    aims += [
        Aim(f"first feed after one of {dates} dates was changed (at most {most:.0f})", middle, 20, " ms"),
        Aim(f"memory after {measures.MANY:,} requests ({before:.0f} before)", after, 110, " MiB"),
        Aim(f"from nothing to the first page, {STORED:,} dates stored", measures.cold_start(many), 1, " s"),
        Aim("installed, with all that it runs on", measures.installed(), 140, " MiB"),
    ]
    walls = fifty_screens(few)
    aims += [
        Aim("95 of 100 changes on the wall, 50 screens asking, within", walls.p95, 35, " s"),
        Aim(f"the latest of {len(walls.seen)} changes on a screen in a browser", max(walls.seen), 35, " s"),
        Aim("of a core for 50 screens that ask and report", walls.core, 5, " %"),
    ]
    second = report.table(AIM_HEADS, [aim.cells for aim in aims])
    print(second)
    return f"{first}\n{second}"


if __name__ == "__main__":
    main()
