"""A reader with two programs: vdirsyncer fetches a feed into a folder, khal shows what lies there."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from flask import Flask

from khcal.calendaring.terms import Status
from khcal.models import Event, Occurrence
from tests.databases import PUBLIC_URL
from tests.interop.feeds import entry_of, rows_of

FETCHING = """
[general]
status_path = "{folder}/status"
[pair feed]
a = "web"
b = "folder"
collections = null
conflict_resolution = "a wins"
[storage web]
type = "http"
url = "{feed}"
[storage folder]
type = "filesystem"
path = "{folder}/feed"
fileext = ".ics"
"""
SHOWING = """
[calendars]
[[feed]]
path = {folder}/feed
readonly = True
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Europe/Stockholm
default_timezone = Europe/Stockholm
[sqlite]
path = {folder}/khal.db
"""
LINE = "{start}|{end}|{status}|{url}|{title}"


class Shown(NamedTuple):
    """A date as khal shows it; whole days have no time, the last one counts in.

    vdirsyncer gives each date a uid of its own, made from its bytes: which date it is tells its page.
    """

    start: str
    end: str
    status: str
    page: str
    title: str


def shown_of(app: Flask, house: str) -> set[Shown]:
    """All that khal must show of a house's feed: straight from the tables."""
    with app.app_context():
        return {_shown(occurrence, event) for occurrence, event in rows_of(house)}


def _shown(occurrence: Occurrence, event: Event) -> Shown:
    entry = entry_of(occurrence, event)
    is_withdrawn = occurrence.status is Status.WITHDRAWN
    page = f"{PUBLIC_URL}/{event.chapter.slug}/tillfalle/{occurrence.id}"
    if isinstance(entry.start, datetime):
        start, end = (f"{moment:%Y-%m-%d %H:%M}" for moment in (entry.start, entry.end))
    else:
        start, end = f"{entry.start}", f"{entry.end - timedelta(days=1)}"
    return Shown(start, end, entry.status, "" if is_withdrawn else page, entry.summary)


@dataclass(frozen=True)
class Folder:
    """Where one feed is synchronised to, from the web address ``feed``."""

    folder: Path
    feed: str

    def prepare(self) -> None:
        """Write the settings of both programs."""
        (self.folder / "feed").mkdir()
        for name, settings in (("vdirsyncer", FETCHING), ("khal", SHOWING)):
            text = settings.format(folder=self.folder, feed=self.feed)
            (self.folder / f"{name}.conf").write_text(text)
        self._run("vdirsyncer", "discover")

    def sync(self) -> set[Shown]:
        """Fetch what is new, and read all that khal shows."""
        self._run("vdirsyncer", "sync")
        lines = self._run("khal", "list", "--once", "-df", "", "-f", LINE, "2026-01-01", "2029-01-01")
        shown = [Shown(*(part.strip() for part in line.split("|", 4))) for line in lines.splitlines()]
        assert len(shown) == len(set(shown))
        return set(shown)

    def _run(self, program: str, *words: str) -> str:
        """In a process of its own, with the machine's true clock."""
        command = [sys.executable, "-m", program, "-c", str(self.folder / f"{program}.conf"), *words]
        home = {"HOME": str(self.folder), "PATH": "", "LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, env=home, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout
