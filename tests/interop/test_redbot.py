"""HTTP as an independent checker sees it: REDbot finds nothing bad on feed, page and snapshot."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import time_machine

from tests import databases
from tests.browser.server import serving
from tests.moments import INSTANT

ROOT = Path(__file__).parents[2]
PATHS = (
    *("/sjuharad.ics", "/sjuharad/diskret.ics", "/sjuharad/aktivitet/oppet-hus.ics", "/alla.ics"),
    *("/sjuharad/", "/skarm/sjuharad/program.json", "/robots.txt"),
)
# What it notes and we mean, with the reason.
MEANT = {
    # Said for those who read the head of an answer: a feed may lie in caches that many share.
    "STORE_PUBLIC_UNNECESSARY",
    # A page answers otherwise where a part of it is asked for in place.
    "VARY_COMPLEX",
}
# On a busy machine: here the server's clock stands still while REDbot's runs.
OF_THE_TEST = {"DATE_INCORRECT"}


def test_redbot_finds_nothing_bad(
    sample_file: Path, tmp_path: Path, frozen_clock: time_machine.Traveller
) -> None:
    moment = INSTANT + timedelta(hours=1)
    with serving(tmp_path, databases.copy_of(sample_file, tmp_path)) as address:
        # The programme was brought in at the tests' moment, when no time tells yet that one has it all.
        frozen_clock.move_to(moment)
        command = [sys.executable, "-m", "tests.interop.redbot_notes", moment.isoformat()]
        command += [f"{address}{path}" for path in PATHS]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = {where.removeprefix(address): each for where, each in json.loads(done.stdout).items()}
    assert {path: each["status"] for path, each in found.items()} == dict.fromkeys(PATHS, 200)
    noted = {name for each in found.values() for name in each["notes"]}
    assert {"INM_304", "IMS_304", "CONNEG_GZIP_GOOD"} <= set(found["/sjuharad.ics"]["notes"])
    assert noted >= MEANT
    faults = [
        (path, name, words)
        for path, each in found.items()
        for name, (level, words) in each["notes"].items()
        if level in {"bad", "warning"} and name not in MEANT | OF_THE_TEST
    ]
    assert not faults, faults
